package import BookFormat
package import Foundation

/// Environment variables that change a chapter's numbers.
package let declaredEnvironment = [
  "OMP_NUM_THREADS", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA",
]

/// What every result of a chapter depends on, its own code left out: toolchain and flags, settings
/// and code of the libraries it links, profile, data, other chapters' results and declared
/// environment.
package struct SharedKey {
  package var surroundings: RunSurroundings
  package var profile: Profile
  package var dataFolder: URL?

  package init(_ surroundings: RunSurroundings, profile: Profile, dataFolder: URL?) {
    self.surroundings = surroundings
    self.profile = profile
    self.dataFolder = dataFolder
  }

  /// The key of a chapter with this source.
  package func callAsFunction(source: String) throws -> ReuseKey {
    let (folders, toolchain) = (surroundings.folders, surroundings.toolchain)
    var parts = [
      ReuseKey.Part(.toolchain, "version", toolchain.version),
      ReuseKey.Part(.toolchain, "flags", toolchain.flags.joined(separator: " ")),
    ]
    parts += try surroundings.libraries.keyParts(linkedBy: source)
    parts.append(ReuseKey.Part(.profile, "profile", profile.rawValue))
    parts += try dataParts()
    parts += chaptersRead(by: swiftTokens(source)).map { chapter in
      let folder = folders.output(of: chapter, profile)
      let digests = ([ResultFile.records] + ResultFile.detections(in: folder)).map {
        (try? Digest.hex(ofFile: folder.appending(path: $0))) ?? "none"
      }
      return ReuseKey.Part(.results, chapter, digests.joined(separator: " "))
    }
    parts += declaredEnvironment.map {
      ReuseKey.Part(.environment, $0, surroundings.environment[$0] ?? "unset")
    }
    return ReuseKey(parts)
  }

  private func dataParts() throws -> [ReuseKey.Part] {
    guard let dataFolder else { return [ReuseKey.Part(.data, "", "drawn by the book")] }
    return [ReuseKey.Part(.data, "", "the reader's own")]
      + (try files(in: dataFolder).map { path in
        let file = dataFolder.appending(path: path)
        guard let digest = try? Digest.hex(ofFile: file) else {
          throw RunError(
            "The data folder holds \(path), which cannot be read; remove it, or give --data the "
              + "folder that holds NAME_train and NAME_val.")
        }
        return ReuseKey.Part(.data, path, digest)
      })
  }
}

/// The chapters whose results a program reads: it declares them by `resultsFolder(of: "name")`.
package func chaptersRead(by tokens: [SwiftToken]) -> [String] {
  let call = ["resultsFolder", "(", "of", ":"]
  let names = tokens.indices.compactMap { start -> String? in
    guard start + call.count < tokens.count,
      tokens[start..<start + call.count].map(\.text) == call
    else { return nil }
    let name = tokens[start + call.count].text
    return name.hasPrefix("\"") ? String(name.dropFirst().dropLast()) : nil
  }
  return Set(names).sorted()
}

extension [Cell] {
  /// The part of a key that is all of the chapter's code.
  var keyParts: [ReuseKey.Part] {
    map { ReuseKey.Part(.cell, $0.name, Digest.hex(of: $0.canonicalText)) }
  }

  /// The part of a key that is the chapter's code up to and including the cell named `name`; all
  /// of it where there is no such cell.
  func keyParts(upTo name: String) -> [ReuseKey.Part] {
    let last = firstIndex { $0.name == name } ?? count - 1
    return Array(self[...last]).keyParts
  }
}
