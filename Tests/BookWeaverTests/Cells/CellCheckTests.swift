import BookFormat
import Testing

@testable import BookWeaver

struct CellCheckTests {
  private func later(_ source: String) throws -> [String] {
    try CellCheck(SampleChapter(source).material).laterNames.map { problem in
      let name = problem.message.firstMatch(of: /mentions “(.+?)”/)
      return "\(problem.line ?? 0) \(name.map { String($0.1) } ?? problem.message)"
    }
  }

  /// A program whose first cell is `first`, and whose second defines `later`, `Later` and `value`.
  private func program(_ first: String) -> String {
    """
    cell("first")
    \(first)
    cell("second")
    let value = 1
    func later(_ x: Int) -> Int { x + value }
    struct Later { var inner = 0 }
    """
  }

  @Test(arguments: [
    "print(value)", "let x = later(1)", "func f() -> Later { Later() }",
    "print(\"so \\(later(2))\")", "print(#\"so \\#(\"in \\(value)\")\"#)",
    "let s = \"\"\"\n  \\(value)\n  \"\"\"", "let r = 0...value", "f(x, value)",
    "let a = [value: 1]", "f(a: value)", "f { $0 + value }", "extension Later {}",
    "if let value { print(1) }", "guard let a = value else { fatalError() }",
    "switch 1 { case value: break; default: break }", "let b = true ? value : 2",
    "f(true ? value : 2)", "func g(x: Int = value) {}", "let k = \\Later.inner",
    "for i in 0..<value {}", "func f() { do { let value = 1; _ = value }; later(1) }",
    "x.value(value)", "repeat {} while value > 1", "let (a, b) = (1, value)",
    "func f<T>(_ t: T) where T: Later {}", "let c: [Later?] = []",
    "let d = a < value", "if a > 1, value > 2 {}",
  ])
  func `a mention of what comes later is found`(first: String) throws {
    let found = try later(program(first))
    #expect(found.count == 1, "\(found)")
  }

  @Test(arguments: [
    "print(x.value, x?.value, x!.value, .value, \\.value)", "f(value: 1, later: 2)",
    "func f(value: Int) -> Int { value }", "func f(by value: Int) { print(value) }",
    "func f(value other: Int) {}", "f { value in value + 1 }", "f { (a: Int, value) in value }",
    "f { [value = 3] in value }", "f { (value: Int) -> Int in value }",
    "func f() { let value = 1; print(value) }", "func f() { var a = 1, value = 2; print(value) }",
    "for value in 0..<3 { print(value) }", "for (i, value) in x.enumerated() { print(value) }",
    "for case let .some(value) in x { print(value) }", "if let value = x { print(value) }",
    "if case .some(let value) = x { print(value) }", "while let value = x() { print(value) }",
    "func f() { guard let value = x else { return }; print(value) }",
    "switch x { case let .a(value): print(value); case .b(let later): later() }",
    "do { try f() } catch let value { print(value) }",
    "struct A { let value: Int; func f() -> Int { value } }",
    "class A { func f() -> Int { value }\n  var value: Int { 1 } }",
    "struct A { var value = 1 }\nextension A { func f() -> Int { value } }",
    "enum E { case value, later(Int)\n  func f() -> E { later(1) } }",
    "struct A<Later> { var a: Later }", "func f<Later>(_ x: Later) {}",
    "struct A { init(value: Int) { print(value) } }",
    "struct A { subscript(value: Int) -> Int { value } }",
    "protocol P { func f(value: Int)\n  func g(later: Int)\n  var value: Int { get } }",
    "f(a: 1) { 2 } value: { 3 }", "let g = f(value:later:)", "m[value: 1]",
    "let t = (value: 1, later: 2)", "func f() -> (value: Int, later: Int) { (1, 2) }",
    "value: for i in 0..<3 { continue value }", "// value\n/* later(1) */",
    "print(\"value \\\\(later)\", #\"\\(value)\"#)", "import struct Foo.Later",
    "func f() { func later() {}; later() }", "@value func f() {}", "let `in` = #value",
    "func f() { let (value, later) = (1, 2); print(value, later) }",
    "func f() { if let value { } else if let later = x { later() } }\nfunc g(value: Int?) {}",
    "typealias A = Int\nfunc f(_ value: A) { g { value } }",
  ])
  func `what only looks like it is left alone`(first: String) throws {
    let isShorthand = first.contains("if let value { }")
    #expect(try later(program(first)) == (isShorthand ? ["2 value"] : []))
  }

  @Test func `a name that an earlier cell defines, too, is no later name`() throws {
    let source = """
      cell("a")
      func mean(_ x: Int) {}
      let (p, q) = (1, 2)
      let r = 1, s = 2
      cell("b")
      print(mean(p), q, r, s)
      cell("c")
      func mean(_ x: Double) {}
      """
    #expect(try later(source) == [])
  }

  @Test func `within a cell the order is the program's own matter`() throws {
    #expect(try later("cell(\"a\")\nprint(mean(1))\nfunc mean(_ x: Int) {}") == [])
  }

  @Test func `what braces enclose at the top level is no top-level name`() throws {
    let source = """
      cell("a")
      print(x, y)
      cell("b")
      for x in 0..<3 { let y = x }
      if let x = z { print(x) }
      do { let y = 2 }
      """
    #expect(try later(source) == [])
  }

  @Test func `the message names the cells, the lines and what to do`() throws {
    let problem = try #require(
      try CellCheck(SampleChapter(program("_ = value")).material)
        .laterNames.first)
    #expect(
      problem.description
        == "Chapters/ssd/main.swift:2: the cell “first” mentions “value”, which “second” defines "
        + "later, in line 4; move the definition up or the mention down")
  }

  @Test func `a figure without words is a problem`() throws {
    var entry = FigureEntry.sample("curves-1")
    entry.alt = " "
    let cells = [
      CellTranscript(name: "curves", line: 6, state: .fresh, outputs: [.figure(entry: entry)])
    ]
    let problems = try CellCheck(SampleChapter(cells: cells).material)
      .problems(page: "", pageFile: "ssd.md")
    #expect(
      problems.map(\.description) == [
        "Chapters/ssd/main.swift:6: the figure “curves-1” has no alt text: what does it say?"
      ])
  }

  @Test(
    arguments: [
      (
        "It reaches 0.931 now.", ["“0.931” is typed, but measured: write {{#record ssd.ap50 %.3f}}"]
      ),
      ("That is 93 % of all.", []),
      (
        "That is 93.1% of all.",
        [
          "“93.1” is typed, but measured: write {{#record ssd.ap50 %.1f percent}}"
        ]
      ),
      ("(5,444 anchors)", ["“5,444” is typed, but measured: write {{#record ssd.anchors %.0f}}"]),
      ("It reaches 0.94, 0.9 or {{#record ssd.ap50 %.3f}}, `0.931`, $0.931$, [x](0.931).", []),
      ("```\n0.931\n```\n", []), ("version 10.931.0, x0.931, 0.9314", []),
    ] as [(String, [String])])
  func `a number that was measured is not typed`(page: String, messages: [String]) throws {
    var material = try SampleChapter().material
    for (name, value) in [("ap50", 0.93125), ("anchors", 5444)] {
      material.records["ssd.\(name)"] = RecordEntry(
        name: name, value: value, unit: "", profile: .full, cell: "last")
    }
    material.records["yolo.ap50"] = RecordEntry(
      name: "ap50", value: 0.94, unit: "", profile: .full, cell: "last")
    let problems = CellCheck(material).problems(page: page, pageFile: "ssd.md")
    #expect(problems.map(\.message) == messages)
  }
}
