package import BookFormat
package import Foundation

/// Builds a chapter in release.
package struct ChapterBuild {
  package var folders: BookFolders
  package var chapter: String
  package var toolchain: Toolchain
  package var cells: [Cell]

  package init(folders: BookFolders, chapter: String, toolchain: Toolchain, cells: [Cell]) {
    self.folders = folders
    self.chapter = chapter
    self.toolchain = toolchain
    self.cells = cells
  }

  /// The program that a build makes.
  package var executable: URL { folders.root.appending(path: ".build/release/\(chapter)") }

  /// Builds, and tells each step of the build tool, such as `[12/40] Compiling Tensors Tensor.swift`.
  ///
  /// - Throws: `RunError` with the compiler's errors, each with the cell it is in.
  package func callAsFunction(onStep: (String) -> Void) throws {
    let (process, pipe) = try start(
      ["swift", "build"] + toolchain.flags + ["--product", chapter], in: folders.root)
    var text = ""
    var pending = Data()
    while case let bytes = pipe.fileHandleForReading.availableData, !bytes.isEmpty {
      pending.append(bytes)
      while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: pending[pending.startIndex..<end], as: UTF8.self)
        pending = Data(pending[(end + 1)...])
        text += line + "\n"
        if line.hasPrefix("[") || line.hasPrefix("Build") { onStep(line) }
      }
    }
    text += String(decoding: pending, as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw RunError(
        "\(chapter) does not build:\n"
          + buildErrors(text, sourcePath: folders.sourcePath(of: chapter), cells: cells))
    }
  }
}

/// The errors in a compiler's output, each once, with the cell where it is in the chapter's source;
/// the end of the output where it holds none.
package func buildErrors(_ output: String, sourcePath: String, cells: [Cell]) -> String {
  var seen: Set<Substring> = []
  let errors = output.split(separator: "\n").filter {
    !$0.hasPrefix(" ") && $0.contains("error: ") && !$0.contains("emit-module command failed")
      && seen.insert($0).inserted
  }
  guard !errors.isEmpty else {
    return output.split(separator: "\n").suffix(20).joined(separator: "\n")
  }
  return errors.map { error in
    guard let range = error.range(of: sourcePath + ":"),
      let line = Int(error[range.upperBound...].prefix { $0.isNumber }),
      let cell = cells.last(where: { $0.lines.contains(line) }), !cell.name.isEmpty
    else { return "  \(error)" }
    return "  \(sourcePath):\(error[range.upperBound...])  (cell “\(cell.name)”)"
  }.joined(separator: "\n")
}
