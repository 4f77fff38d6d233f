import BookWeaver
import Testing

struct SourceKitServerTests {
  @Test func `the toolchain's server tells tokens in UTF-16 columns`() throws {
    let source = "let 🍌 = \"é\" // why"
    let tokens = try #require(SourceKitServer.shared.tokens(of: source))
    let kinds = tokens.map { "\($0.kind) \($0.line):\($0.column)+\($0.length)" }
    #expect(kinds == ["keyword 0:0+3", "identifier 0:4+2", "string 0:9+3", "comment 0:13+6"])
  }

  @Test func `declarations come with their labels, members and lines`() throws {
    let source = """
      struct Box {
        func area(
          scale: Int) -> Int { 1 }
      }
      extension Box {}
      """
    let declarations = try #require(SourceKitServer.shared.declarations(of: source))
    #expect(declarations.map(\.name) == ["Box", "Box"])
    #expect(declarations.map(\.isExtension) == [false, true])
    #expect(declarations[0].lines == 0...3)
    #expect(declarations[0].members.map(\.name) == ["area(scale:)"])
    #expect(declarations[0].members[0].lines == 1...2)
  }

  @Test func `a server that is missing leaves a reason, not an error`() {
    let server = SourceKitServer.missing
    #expect(server.failure == nil)
    #expect(server.tokens(of: "let x = 1") == nil)
    #expect(server.failure == "no-such-server: it ended")
  }

  @Test func `a server that says nothing is given up after its time, and not asked again`() {
    let server = SourceKitServer(command: ["sleep", "60"], timeLimit: .milliseconds(50))
    #expect(server.tokens(of: "let x = 1") == nil)
    #expect(server.failure == "sleep: it did not answer within 0.05 seconds")
    #expect(server.declarations(of: "let x = 1") == nil)
  }

  @Test(arguments: ["HTTP/1.1 200 OK\\r\\n\\r\\n", "Content-Length: 3\\r\\n\\r\\n{]}"])
  func `a server that talks nonsense is given up`(speech: String) {
    let server = SourceKitServer(
      command: ["sh", "-c", "printf '\(speech)'; exec sleep 60"], timeLimit: .seconds(20))
    #expect(server.tokens(of: "let x = 1") == nil)
    #expect(server.failure?.contains("it did not") == false)
  }
}
