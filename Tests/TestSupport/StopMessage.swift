package import Testing

/// Records an issue unless the process of an exit test said `message` as it stopped.
package func expectStopped(
  _ result: ExitTest.Result?, saying message: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let result else { return }  // It did not stop, which the exit test has reported.
  let said = String(decoding: result.standardErrorContent, as: UTF8.self)
  if !said.contains(message) {
    Issue.record("stopped, but without '\(message)': \(said)", sourceLocation: sourceLocation)
  }
}
