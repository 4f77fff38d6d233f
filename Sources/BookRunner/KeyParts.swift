package import BookFormat
package import Foundation

/// Environment variables that change a chapter's numbers.
package let declaredEnvironment = [
  "OMP_NUM_THREADS", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA",
]

/// What every checkpoint of a chapter depends on, its own code left out: toolchain and flags,
/// settings and code of the libraries it links, profile, data and declared environment.
package struct SharedKey {
  package var root: URL
  package var toolchain: Toolchain
  package var profile: Profile
  package var dataFolder: URL?
  package var environment: [String: String]

  package init(
    root: URL, toolchain: Toolchain, profile: Profile, dataFolder: URL?,
    environment: [String: String]
  ) {
    self.root = root
    self.toolchain = toolchain
    self.profile = profile
    self.dataFolder = dataFolder
    self.environment = environment
  }

  /// The key of a chapter with this source.
  package func callAsFunction(source: String) throws -> CheckpointKey {
    let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    var parts = [
      CheckpointKey.Part(.toolchain, "version", toolchain.version),
      CheckpointKey.Part(.toolchain, "flags", toolchain.flags.joined(separator: " ")),
      CheckpointKey.Part(.manifest, "Package.swift", Digest.hex(of: settingsText(manifest))),
    ]
    for module in try linkedModules(of: source, root: root) {
      parts += try libraryParts(module)
    }
    parts.append(CheckpointKey.Part(.profile, "profile", profile.rawValue))
    parts += try dataParts()
    parts += declaredEnvironment.map {
      CheckpointKey.Part(.environment, $0, environment[$0] ?? "unset")
    }
    return CheckpointKey(parts)
  }

  private func libraryParts(_ module: String) throws -> [CheckpointKey.Part] {
    let folder = root.appending(path: "Sources/\(module)")
    return try files(in: folder).map { path in
      let file = folder.appending(path: path)
      let digest =
        path.hasSuffix(".swift")
        ? Digest.hex(
          of: canonicalText(swiftTokens(try String(contentsOf: file, encoding: .utf8))))
        : try Digest.hex(ofFile: file)
      return CheckpointKey.Part(.library, "Sources/\(module)/\(path)", digest)
    }
  }

  private func dataParts() throws -> [CheckpointKey.Part] {
    guard let dataFolder else { return [CheckpointKey.Part(.data, "", "drawn by the book")] }
    return [CheckpointKey.Part(.data, "", "the reader's own")]
      + (try files(in: dataFolder).map { path in
        let file = dataFolder.appending(path: path)
        guard let digest = try? Digest.hex(ofFile: file) else {
          throw RunError(
            "The data folder holds \(path), which cannot be read; remove it, or give --data the "
              + "folder that holds NAME_train and NAME_val.")
        }
        return CheckpointKey.Part(.data, path, digest)
      })
  }
}

/// The package's manifest without what no program's code depends on: comments, blank space, and
/// the table of chapters.
package func settingsText(_ manifest: String) -> String {
  var tokens = swiftTokens(manifest)
  if let range = chapterTable(tokens) { tokens.removeSubrange(range) }
  return canonicalText(tokens)
}

/// Where `let chapters = [ … ]` stands in a manifest.
func chapterTable(_ tokens: [SwiftToken]) -> Range<Int>? {
  let opening = ["let", "chapters", "=", "["]
  guard
    let start = tokens.indices.first(where: { tokens[$0...].prefix(4).map(\.text) == opening }),
    let end = tokens[start...].firstIndex(where: { $0.text == "]" })
  else { return nil }
  return start..<end + 1
}

extension [Cell] {
  /// The part of a key that is the chapter's code up to and including the cell named `name`; all
  /// of it where there is no such cell.
  func keyParts(upTo name: String) -> [CheckpointKey.Part] {
    let last = firstIndex { $0.name == name } ?? count - 1
    return self[...last].map {
      CheckpointKey.Part(.cell, $0.name, Digest.hex(of: $0.canonicalText))
    }
  }
}
