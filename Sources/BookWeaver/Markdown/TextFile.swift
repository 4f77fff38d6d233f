package import Foundation

/// Reads the text files that a book is made of.
package enum TextFile {
  /// The most bytes that a text may have: some fifty times a long chapter.
  package static let mostBytes = 4 << 20

  /// The text of a file, with lines that end in `\n`.
  ///
  /// - Parameters:
  ///   - path: the file, relative to the package.
  ///   - root: the package's folder.
  /// - Throws: `WeaveProblem` where the file is missing, too large or not UTF-8.
  package static func read(_ path: String, root: URL) throws(WeaveProblem) -> String {
    func problem(_ message: String, line: Int? = nil) -> WeaveProblem {
      WeaveProblem(file: path, line: line, message)
    }
    let file = root.appending(path: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
      throw problem("there is no such file; look at its spelling, or write it")
    }
    guard !isFolder.boolValue else { throw problem("is a folder, where a text file is expected") }
    let data: Data
    do {
      let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      guard size <= mostBytes else {
        throw problem(
          "has \(size >> 20) MB; a text may have \(mostBytes >> 20) MB: divide it, or include the "
            + "lines that the page shows")
      }
      data = try Data(contentsOf: file)
    } catch let problem as WeaveProblem {
      throw problem
    } catch {
      throw problem("cannot be read: \(error.localizedDescription)")
    }
    guard var text = String(data: data, encoding: .utf8) else {
      throw problem(
        "is not UTF-8; save it as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8 turns most others into it)",
        line: firstInvalidLine(data))
    }
    if text.utf8.contains(UInt8(ascii: "\r")) {
      text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
  }

  private static func firstInvalidLine(_ data: Data) -> Int {
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return 1 + (lines.firstIndex { String(data: $0, encoding: .utf8) == nil } ?? 0)
  }
}
