package import Foundation
import Glibc

/// The Chromium browser of this machine, run without a window and without a network.
package struct Chromium {
  package let executable: URL

  private static let names = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
  ]

  /// - Throws: `RunError` with the line that installs one, where the search path has none.
  package init(environment: [String: String]) throws {
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let found = Self.names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
      .first(where: FileManager.default.isExecutableFile(atPath:))
    guard let found else {
      throw RunError(
        """
        This machine has no Chromium (looked for \(Self.names.joined(separator: ", "))).
        On Debian and Ubuntu:

          sudo apt-get install chromium
        """)
    }
    executable = URL(filePath: found)
  }

  /// The arguments of every start, with the browser's own files in `profile`.
  package static func arguments(profile: URL, isRoot: Bool = geteuid() == 0) -> [String] {
    let arguments = [
      "--headless=new", "--user-data-dir=\(profile.path)", "--no-first-run", "--disable-gpu",
      "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync",
      "--disable-background-networking", "--disable-component-update",
      "--host-resolver-rules=MAP * ~NOTFOUND",
    ]
    // Chromium's sandbox refuses to run as root, as in a container; it opens nothing but the book.
    return isRoot ? arguments + ["--no-sandbox"] : arguments
  }

  /// Prints a page into a PDF file, which appears when it is complete.
  ///
  /// - Throws: `RunError` where the page is not printed; a file from before stays as it is.
  package func print(_ page: URL, to file: URL) throws {
    let files = FileManager.default
    let folder = file.deletingLastPathComponent()
    let profile = files.temporaryDirectory.appending(path: "chapter-pdf-\(UUID().uuidString)")
    let temporary = folder.appending(path: ".\(file.lastPathComponent).\(getpid()).pdf")
    defer {
      try? files.removeItem(at: profile)
      try? files.removeItem(at: temporary)
    }
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    let (process, pipe) = try start(
      [executable.path] + Self.arguments(profile: profile) + [
        "--no-pdf-header-footer", "--generate-pdf-document-outline",
        "--print-to-pdf=\(temporary.path)", page.absoluteString,
      ], in: nil)
    let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let isPDF =
      (try? FileHandle(forReadingFrom: temporary).read(upToCount: 5)) == Data("%PDF-".utf8)
    guard process.terminationStatus == 0, isPDF, rename(temporary.path, file.path) == 0 else {
      throw RunError(
        "\(executable.lastPathComponent) could not print \(page.path) to \(file.path):\n"
          + Self.complaints(String(decoding: text, as: UTF8.self)))
    }
  }

  /// The end of what a browser said; it also complains about desktop services that no one needs.
  private static func complaints(_ output: String) -> String {
    output.split(separator: "\n").filter { !$0.contains(":dbus/") }.suffix(5).joined(
      separator: "\n")
  }
}
