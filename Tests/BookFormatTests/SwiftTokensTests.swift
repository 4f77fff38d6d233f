import Testing

import BookFormat

struct SwiftTokensTests {
  private func texts(_ source: String) -> [String] { swiftTokens(source).map(\.text) }

  private func isSame(_ a: String, _ b: String) -> Bool {
    canonicalText(swiftTokens(a)) == canonicalText(swiftTokens(b))
  }

  @Test(arguments: [
    ("let a = 1", "let  a\t= 1 // one"),
    ("f(a, b)", "f(\n  a,  // first\n  b)"),
    ("a\n.map { $0 }", "a\n\n  .map /* nested /* comment */ */ { $0 }"),
    ("a + b", "a\n  + b"),
    ("x = 1\r\ny = 2", "x = 1\ny = 2"),
  ])
  func `comments and blank space do not count`(a: String, b: String) {
    #expect(isSame(a, b))
  }

  @Test(arguments: [
    ("let a = 1", "let a = 2"), ("a - b", "a -b"), ("f(x)", "f\n(x)"), ("\"a b\"", "\"a  b\""),
    ("\"// no comment\"", "\"\""), ("ab", "a b"), ("a[0]", "a\n[0]"),
  ])
  func `what changes the program counts`(a: String, b: String) {
    #expect(!isSame(a, b))
  }

  @Test(arguments: [
    #""plain""#, #""with \" quote""#, #""in \(f("x", g(")")) /* " */) out""#,
    ##"#"raw " and \( here"#"##, ##"#"raw \#("a") in"#"##,
    "\"\"\"\n  two \"quotes\"\n  // no comment\n  \"\"\"", "##\"\"\"\n\"\"\"#\n\"\"\"##",
    #"#/a"b/#"#, "`a b`",
  ])
  func `a literal is one token, as it is written`(literal: String) {
    #expect(texts("a = \(literal) // end\nb") == ["a", "=", literal, "b"])
  }

  @Test func `a slash between values divides, a slash before one begins an expression`() {
    #expect(texts("a / b / c") == ["a", "/", "b", "/", "c"])
    #expect(texts("a/b/c") == ["a", "/", "b", "/", "c"])
    #expect(texts(#"f(/a"b/) "c""#) == ["f", "(", #"/a"b/"#, ")", #""c""#])
  }

  @Test func `tokens know their places`() {
    let tokens = swiftTokens("a\n  b \"\"\"\n x\n \"\"\" c")
    #expect(tokens.map(\.line) == [1, 2, 2, 4])
    #expect(tokens.map(\.column) == [0, 2, 4, 5])
    #expect(tokens.map(\.gap) == [.lineEnd, .lineEnd, .blank, .blank])
  }

  @Test(arguments: ["\"unfinished", "/* unfinished", "\"\"\"\nunfinished", "#/unfinished", "\"\\("])
  func `an unfinished literal or comment ends with the file`(source: String) {
    #expect(texts("a \(source)").first == "a")
  }
}
