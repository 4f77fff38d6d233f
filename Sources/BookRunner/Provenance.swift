package import BookFormat
package import Foundation
import Glibc

extension Provenance {
  /// That of a run that begins now.
  package static func now(_ surroundings: RunSurroundings) -> Provenance {
    let processor = Processor.current
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let environment = surroundings.environment
    let limit = ["ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"].lazy.compactMap { environment[$0] }.first
    return Provenance(
      toolchain: surroundings.toolchain.version.split(separator: ";").first.map(String.init) ?? "",
      processor: processor.name, instructionSet: limit ?? processor.instructionSet, cores: cores,
      threads: environment["OMP_NUM_THREADS"].flatMap { Int($0) } ?? cores,
      commit: commit(of: surroundings.folders.root))
  }

  /// The commit that a folder is at, with a note where files in it differ; nil outside git.
  package static func commit(of folder: URL) -> String? {
    let git = ["git", "-C", folder.path]
    guard let (found, hash) = try? outputOf(git + ["rev-parse", "--short", "HEAD"]), found == 0,
      let (compared, changes) = try? outputOf(git + ["status", "--porcelain", "--", "."]),
      compared == 0
    else { return nil }
    let short = hash.trimmingCharacters(in: .whitespacesAndNewlines)
    return changes.isEmpty ? short : short + " + changes"
  }
}

/// A processor, as Linux describes it.
package struct Processor: Equatable, Sendable {
  package var name: String
  /// The widest instructions for numbers that it has; nil where the description does not say.
  package var instructionSet: String?

  private static let instructionSets = [
    ("avx512f", "AVX-512"), ("avx2", "AVX2"), ("avx", "AVX"), ("sse4_2", "SSE4.2"),
    ("sve", "SVE"), ("asimd", "NEON"),
  ]

  /// The processor that `/proc/cpuinfo` describes.
  package init(cpuinfo: String, architecture: String) {
    func value(_ names: Set<String>) -> String? {
      cpuinfo.split(separator: "\n").lazy.map { $0.split(separator: ":", maxSplits: 1) }
        .first { $0.count == 2 && names.contains($0[0].trimmingCharacters(in: .whitespaces)) }
        .map { $0[1].trimmingCharacters(in: .whitespaces) }
    }
    name = value(["model name"]) ?? architecture
    let flags = Set((value(["flags", "Features"]) ?? "").split(separator: " ").map(String.init))
    instructionSet = Self.instructionSets.first { flags.contains($0.0) }?.1
  }

  package static var current: Processor {
    var system = utsname()
    uname(&system)
    let machine = withUnsafeBytes(of: system.machine) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    let cpuinfo = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    return Processor(cpuinfo: cpuinfo, architecture: machine)
  }
}
