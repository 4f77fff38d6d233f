import Foundation

/// Colours code for pages.
///
/// What it has coloured once comes from the cache: a rebuild with unchanged code starts no server.
package struct CodeHighlighter: Sendable {
  package let server: SourceKitServer
  let cache: WeaveCache
  private let toolchain: String

  /// - Parameter toolchain: the version of the toolchain whose server colours the code.
  package init(server: SourceKitServer, cache: WeaveCache, toolchain: String) {
    self.server = server
    self.cache = cache
    self.toolchain = toolchain
  }

  /// What the reader should know: that code is plain, and why; nil where it is coloured.
  package var note: String? {
    server.failure.map {
      "Code is shown without colours: \($0). sourcekit-lsp belongs to the Swift toolchain; see "
        + "whether “sourcekit-lsp --help” runs here."
    }
  }

  /// Swift code as HTML, escaped, without an element around it; plain where the server does not
  /// answer.
  package func html(_ code: String) -> String { colored(code) ?? HTMLText.escaped(code) }

  /// Swift code as a block, as Markdown's code is: what scrolls can be reached by key.
  func block(_ code: String) -> String {
    "<pre tabindex=\"0\"><code class=\"language-swift\">\(html(code))</code></pre>"
  }

  /// The declarations of a Swift file; nil where the server does not answer.
  func declarations(of source: String) -> [SourceKitDeclaration]? {
    try? cache.value(of: source, maker: "declarations 1, \(toolchain)") {
      () throws(NoAnswer) in
      guard let declarations = server.declarations(of: source) else { throw NoAnswer() }
      return declarations
    }
  }

  private func colored(_ code: String) -> String? {
    try? cache.value(of: code, maker: "highlighting 4, \(toolchain)") { () throws(NoAnswer) in
      guard let tokens = server.tokens(of: code) else { throw NoAnswer() }
      return SwiftMarkup(code, tokens: tokens).html
    }
  }

  /// Keeps what the server could not answer out of the cache.
  private struct NoAnswer: Error {}
}
