import Foundation
import Synchronization

/// The toolchain's own language server, sourcekit-lsp: it tells the tokens and the declarations of
/// Swift source, as files or fragments, without building anything.
///
/// It is started by the first question and ends with the last owner. Where it is missing, silent or
/// ends early, it stays unavailable: the answers are nil, and `failure` says why.
package final class SourceKitServer: Sendable {
  private let command: [String]
  private let timeLimit: Duration
  private let connection = Mutex(Connection())

  private struct Connection {
    var server: LanguageServer?
    var tokenTypes: [String] = []
    var documents = 0
    var failure: String?
  }

  /// - Parameters:
  ///   - command: the server and its arguments; found on the search path.
  ///   - timeLimit: how long one answer may take.
  package init(command: [String] = ["sourcekit-lsp"], timeLimit: Duration = .seconds(20)) {
    self.command = command
    self.timeLimit = timeLimit
  }

  /// Why there are no answers; nil as long as there are.
  package var failure: String? { connection.withLock { $0.failure } }

  /// Whether the server has been started.
  package var isStarted: Bool { connection.withLock { $0.documents > 0 } }

  /// The tokens of `source` in order; nil where no server answers.
  package func tokens(of source: String) -> [SourceKitToken]? {
    connection.withLock { connection in
      let reply = ask(
        &connection, "textDocument/semanticTokens/full", source, as: TokenReply.self)
      return reply.map { decoded($0.data, legend: connection.tokenTypes) }
    }
  }

  /// The declarations of `source`; nil where no server answers.
  package func declarations(of source: String) -> [SourceKitDeclaration]? {
    connection.withLock { connection in
      ask(&connection, "textDocument/documentSymbol", source, as: [Symbol].self)
        .map { $0.map(\.declaration) }
    }
  }

  /// Opens `source` as a document of no folder, asks about it and closes it.
  private func ask<Answer: Decodable>(
    _ connection: inout Connection, _ method: String, _ source: String, as type: Answer.Type
  ) -> Answer? {
    guard connection.failure == nil else { return nil }
    connection.documents += 1
    // In a folder that is not there, so that the server looks for no package around it.
    let document = Document(uri: "file:///chapter/\(connection.documents).swift")
    do {
      if connection.server == nil { try start(&connection) }
      try connection.server?.notify(
        "textDocument/didOpen", Opening(textDocument: .init(uri: document.uri, text: source)))
      let answer = try connection.server?.ask(
        method, Question(textDocument: document), as: Answer.self)
      try connection.server?.notify("textDocument/didClose", Question(textDocument: document))
      return answer
    } catch {
      connection.server = nil
      connection.failure = "\(command[0]): \(error)"
      return nil
    }
  }

  private func start(_ connection: inout Connection) throws {
    connection.server = try LanguageServer(command: command, timeLimit: timeLimit)
    let reply = try connection.server?.ask("initialize", Initialization(), as: Greeting.self)
    connection.tokenTypes = reply?.capabilities.semanticTokensProvider.legend.tokenTypes ?? []
    try connection.server?.notify("initialized", Empty())
  }
}

/// A token as sourcekit-lsp tells it.
package struct SourceKitToken: Equatable, Sendable {
  /// Its kind, such as `keyword`, `comment` or `identifier`.
  package var kind: String
  /// Line and column from 0, the column in UTF-16 code units.
  package var line: Int
  package var column: Int
  /// In UTF-16 code units.
  package var length: Int
}

/// A declaration as sourcekit-lsp tells it.
package struct SourceKitDeclaration: Codable, Equatable, Sendable {
  /// Its name with labels, such as `level(_:block:)`.
  package var name: String
  package var isExtension: Bool
  /// The lines it takes, from 0, with its attributes but without its comment.
  package var lines: ClosedRange<Int>
  package var members: [SourceKitDeclaration]
}

/// Five numbers a token: lines and columns after the one before, length, kind, modifiers.
private func decoded(_ data: [Int], legend: [String]) -> [SourceKitToken] {
  var (line, column) = (0, 0)
  return stride(from: 0, to: data.count - 4, by: 5).map { start in
    column = data[start + 1] + (data[start] == 0 ? column : 0)
    line += data[start]
    let kind = data[start + 3]
    return SourceKitToken(
      kind: legend.indices.contains(kind) ? legend[kind] : "", line: line, column: column,
      length: data[start + 2])
  }
}

// MARK: What goes over the wire

private struct Empty: Encodable {}

private struct Initialization: Encodable {
  var processId: Int?
  var rootUri: String?
  var initializationOptions = Options()
  var capabilities = Capabilities()

  /// A flag that no compiler knows keeps the type checker away: code without its imports would make
  /// it search for minutes, and we have no use for what it finds.
  struct Options: Encodable {
    var fallbackBuildSystem = ["swiftCompilerFlags": ["-without-type-checking"]]
  }

  struct Capabilities: Encodable {
    var textDocument = TextDocument()
  }

  struct TextDocument: Encodable {
    var documentSymbol = ["hierarchicalDocumentSymbolSupport": true]
  }
}

private struct Greeting: Decodable {
  let capabilities: Capabilities

  struct Capabilities: Decodable { let semanticTokensProvider: Provider }
  struct Provider: Decodable { let legend: Legend }
  struct Legend: Decodable { let tokenTypes: [String] }
}

private struct Document: Encodable { let uri: String }

private struct Question: Encodable { let textDocument: Document }

private struct Opening: Encodable {
  let textDocument: Text

  struct Text: Encodable {
    let uri: String
    var languageId = "swift"
    var version = 1
    let text: String
  }
}

private struct TokenReply: Decodable { let data: [Int] }

private struct Symbol: Decodable {
  /// The protocol's number for a namespace, which is how the server calls an extension.
  private static let namespace = 3

  let name: String
  let kind: Int
  let range: Range
  let children: [Symbol]?

  struct Range: Decodable {
    let start: Position
    let end: Position
  }
  struct Position: Decodable { let line: Int }

  var declaration: SourceKitDeclaration {
    SourceKitDeclaration(
      name: name, isExtension: kind == Self.namespace,
      lines: range.start.line...max(range.start.line, range.end.line),
      members: (children ?? []).map(\.declaration))
  }
}
