/// Something in the book's text or settings that is not as it should be, and where.
///
/// Found while a page is made; the page's last good version stays, the other pages go on.
package struct WeaveProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, relative to the package.
  package var file: String
  /// The line, from 1; nil where the whole file is meant.
  package var line: Int?
  /// What is wrong and what to do next, in sentences.
  package var message: String

  package init(file: String, line: Int?, _ message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  package var description: String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}
