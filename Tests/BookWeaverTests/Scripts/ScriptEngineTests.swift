import Testing

@testable import BookWeaver

struct ScriptEngineTests {
  @Test func `a script is evaluated to the text of its last statement`() throws {
    let engine = ScriptEngine()
    #expect(try engine.evaluate("var a = 6; a * 7", file: "a.js") == "42")
    #expect(try engine.evaluate("a + 1", file: "b.js") == "7")
  }

  @Test func `a function is called with strings`() throws {
    let engine = ScriptEngine()
    try engine.evaluate("function joined(a, b) { return a + '|' + b }", file: "a.js")
    #expect(try engine.call("joined", "x", "") == "x|")
  }

  @Test func `letters beyond the first 65536 go in and out, and count as two`() throws {
    let engine = ScriptEngine()
    try engine.evaluate("function length(a) { return a + a.length }", file: "a.js")
    #expect(try engine.call("length", "e\u{301}𝔸😀") == "e\u{301}𝔸😀6")
    #expect(try engine.evaluate(#""\ud835\udd38\ud7ff""#, file: "a.js") == "𝔸\u{D7FF}")
    #expect(try engine.evaluate(#""\ud835!""#, file: "a.js") == "\u{FFFD}!")
  }

  @Test func `what a script throws is a Swift error, and the engine goes on`() throws {
    let engine = ScriptEngine()
    #expect(throws: ScriptError(message: "RangeError: too wide")) {
      try engine.evaluate("throw new RangeError('too wide')", file: "a.js")
    }
    #expect(throws: ScriptError(message: "no script has defined “render”")) {
      try engine.call("render", "x")
    }
    #expect(try engine.evaluate("1", file: "a.js") == "1")
  }

  @Test func `a mistake in a script names its file and line`() {
    let error = #expect(throws: ScriptError.self) {
      try ScriptEngine().evaluate("var a\nvar 1", file: "search.js")
    }
    #expect(error?.message.contains("line 2") == true, "\(error?.message ?? "")")
  }

  @Test func `a recursion without end is an error`() {
    let error = #expect(throws: ScriptError.self) {
      try ScriptEngine().evaluate("function f() { return f() + 1 }; f()", file: "a.js")
    }
    #expect(error?.message.hasPrefix("RangeError") == true, "\(error?.message ?? "")")
  }

  @Test func `a script that takes too much memory is stopped, and the engine with it`() {
    let engine = ScriptEngine(memoryLimit: 4 << 20)
    let expected = ScriptError(message: "the script needs more than 4 MB")
    #expect(throws: expected) {
      try engine.evaluate("var a = 'x'; while (true) { a += a }", file: "a.js")
    }
    #expect(throws: expected) { try engine.evaluate("1", file: "a.js") }
  }

  @Test func `a script that takes too long is stopped`() {
    let engine = ScriptEngine(timeLimit: .milliseconds(20))
    #expect(throws: ScriptError(message: "the script took longer than 0.02 seconds")) {
      try engine.evaluate("while (true) { var a = [] }", file: "a.js")
    }
  }
}
