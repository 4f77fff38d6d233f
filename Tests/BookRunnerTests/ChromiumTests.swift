import BookFormat
import Foundation
import Testing

@testable import BookRunner

/// A script plays the browser: what it prints is the real browser's matter.
struct ChromiumTests {
  private let folder: TemporaryBook

  init() throws { folder = try TemporaryBook() }

  private var root: URL { folder.folders.root }

  private func browser(_ script: String, named name: String = "chromium") throws -> Chromium {
    try folder.write(script: script, to: "bin/\(name)")
    return try Chromium(environment: ["PATH": "/nowhere:\(root.path)/bin"])
  }

  /// Writes its last argument into the file of `--print-to-pdf`.
  private let printing = """
    for last; do case "$last" in --print-to-pdf=*) file=${last#*=};; esac; done
    printf '%%PDF-1.4 %s' "$last" > "$file"
    """

  @Test(arguments: ["chromium", "chromium-browser", "google-chrome"])
  func `a browser is found on the search path by each of its names`(name: String) throws {
    #expect(try browser("", named: name).executable.lastPathComponent == name)
  }

  @Test func `a machine without a browser is told what to install`() {
    let error = #expect(throws: RunError.self) {
      try Chromium(environment: ["PATH": "\(root.path)/bin"])
    }
    #expect(error?.description.contains("sudo apt-get install chromium") == true)
  }

  @Test func `the sandbox is left out for root only, the network always`() {
    let profile = URL(filePath: "/p")
    #expect(Chromium.arguments(profile: profile, isRoot: true).contains("--no-sandbox"))
    let arguments = Chromium.arguments(profile: profile, isRoot: false)
    #expect(!arguments.contains("--no-sandbox"))
    #expect(arguments.contains("--host-resolver-rules=MAP * ~NOTFOUND"))
  }

  @Test func `a page is printed to a file in a folder that may be new`() throws {
    let file = root.appending(path: "new/book.pdf")
    try browser(printing).print(URL(filePath: "/book/print.html"), to: file)
    #expect(
      try String(contentsOf: file, encoding: .utf8) == "%PDF-1.4 file:///book/print.html")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "new").path)
        == ["book.pdf"])
  }

  @Test(arguments: [
    "echo 'no such page' >&2; exit 7", "echo 'no such page'",
    "for a; do case $a in --print-to-pdf=*) echo html > ${a#*=};; esac; done; echo no such page",
  ])
  func `a page that is not printed leaves the file from before`(script: String) throws {
    try folder.write("%PDF-old", to: "book.pdf")
    let chromium = try browser(script)
    let error = #expect(throws: RunError.self) {
      try chromium.print(
        URL(filePath: "/book/print.html"), to: root.appending(path: "book.pdf"))
    }
    #expect(error?.description.contains("no such page") == true)
    #expect(try folder.text(of: "book.pdf") == "%PDF-old")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
        == ["bin", "book.pdf"])
  }
}
