/// Stops the program with `message` when `condition` is false, in every build.
///
/// `precondition` loses its text in release, and chapters run in release.
@inline(__always)
func require(
  _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String,
  file: StaticString = #fileID, line: UInt = #line
) {
  if !condition() { fatalError(message(), file: file, line: line) }
}
