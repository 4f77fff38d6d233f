import Foundation

/// Something that must hold on every page.
protocol PageCheck: Sendable {
  /// What it makes sure of, in a few words.
  var claim: String { get }

  /// What is wrong with the page; empty where nothing is.
  func findings(on page: BookPage, in browser: Browser) throws -> [String]
}
