/// Ends the cell before and begins the one named `name`.
///
/// Stands alone on its line, at column 0: what follows, up to the next cell, is one piece on the
/// chapter's page, with what it prints, shows and records.
/// - Parameter name: small letters, digits and single hyphens, such as `"loss-curve"`; unique.
public func cell(_ name: StaticString, line: UInt = #line) {
  Session.current.begin(cell: "\(name)", line: line)
}
