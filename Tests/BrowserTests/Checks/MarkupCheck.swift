import Foundation

/// What tidy says about the HTML, but for what the standard allows and tidy (5.6, of 2017) does not
/// know.
struct MarkupCheck: PageCheck {
  let claim = "the HTML is valid"

  private let tidy: URL

  /// Fails where the search path has no tidy.
  init?(environment: [String: String]) {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/tidy" }.first(
      where: FileManager.default.isExecutableFile(atPath:))
    guard let found else { return nil }
    tidy = URL(filePath: found)
  }

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    let copy = FileManager.default.temporaryDirectory.appending(
      path: "browser-test-\(UUID().uuidString).html")
    defer { try? FileManager.default.removeItem(at: copy) }
    // Names and values may stand in groups (https://html.spec.whatwg.org/#the-dl-element).
    let text = try String(contentsOf: page.url, encoding: .utf8)
      .replacing("<div><dt>", with: "<dt>").replacing("</dd></div>", with: "</dd>")
    try Data(text.utf8).write(to: copy)

    let process = Process()
    process.executableURL = tidy
    process.arguments = ["-e", "-q", "-utf8", copy.path]
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !Self.isAllowed($0) }
  }

  private static func isAllowed(_ line: String) -> Bool {
    // KaTeX leaves empty spans, and stretches signs with lengths that have units.
    line.contains("trimming empty <span>")
      || line.contains(/<svg> attribute "(width|height)" has invalid value "[0-9.]+em"/)
      || line.contains(/proprietary attribute "(loading|decoding|aria-current)"/)
  }
}
