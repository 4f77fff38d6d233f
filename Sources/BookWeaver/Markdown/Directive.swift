/// An instruction in a page's text, such as `{{#cell shapes hide-code caption="Maps"}}`.
package struct Directive: Equatable, Sendable {
  /// The word after `#`, such as `cell`, `source`, `record` or `ref`.
  package var name: String
  /// Words that are no options, such as the cell's name.
  package var arguments: [String]
  /// `caption="Maps"` and `label=fig-maps` by name; a bare word such as `hide-code` has the value "".
  package var options: [String: String]
  /// The file it stands in, relative to the package, and its line from 1.
  package var file: String
  package var line: Int

  package init(
    name: String, arguments: [String], options: [String: String] = [:], file: String, line: Int
  ) {
    self.name = name
    self.arguments = arguments
    self.options = options
    self.file = file
    self.line = line
  }

  /// A problem at this place.
  package func problem(_ message: String) -> WeaveProblem {
    WeaveProblem(file: file, line: line, message)
  }
}
