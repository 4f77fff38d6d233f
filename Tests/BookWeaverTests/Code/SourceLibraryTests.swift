import Testing

@testable import BookWeaver

struct SourceLibraryTests {
  private let code: TemporaryCode

  init() throws {
    code = try TemporaryCode([
      "Sources/Detection/Box.swift": """
      /// A box.
      ///
      /// Half open.
      public struct Box {
        var x0 = 0

        // The area.
        func area() -> Int {
          1
        }

        func moved(by x: Int) {}
        func moved(to x: Int) {}
        static func == (a: Box, b: Box) -> Bool { true }
      }
      """,
      "Sources/Detection/Deep/Extra.swift": """
      extension Box {
        enum Corner { case top }
      }
      func joined(_ box: Box) {}
      """,
      "Sources/Figures/Axis.swift": "struct Axis {}",
    ])
  }

  private var library: SourceLibrary {
    SourceLibrary(folders: code.folders, highlighter: code.highlighter(.shared))
  }

  @Test func `a member comes with its comment, without its indentation`() throws {
    #expect(
      try library.quoted("Detection.Box.area")
        == QuotedSource(
          file: "Sources/Detection/Box.swift", line: 8,
          code: "// The area.\nfunc area() -> Int {\n  1\n}"))
  }

  @Test func `a type is quoted where it is declared, not where it is extended`() throws {
    let quoted = try #require(try library.quoted("Detection.Box"))
    #expect(quoted.line == 4)
    #expect(quoted.code.hasPrefix("/// A box.\n///\n/// Half open.\npublic struct Box {\n  var"))
  }

  @Test(arguments: [
    ("Detection.joined", 4), ("Detection.joined(_:)", 4), ("Detection.Box.Corner", 2),
    ("Detection.Box.Corner.top", 2), ("Detection.Box.moved(to:)", 13), ("Detection.Box.==", 14),
    ("Detection.Box.x0", 5),
  ])
  func `functions, nested types, overloads and operators are found by name`(
    name: String, line: Int
  ) throws {
    #expect(try library.quoted(name)?.line == line)
  }

  @Test(arguments: [
    (
      "Detection.Box.moved",
      "“Detection.Box.moved” has several meanings: Detection.Box.moved(by:), "
        + "Detection.Box.moved(to:)"
    ),
    (
      "Detection.Box.aera",
      "Detection declares no “Box.aera”; did you mean “Detection.Box.area”?"
    ),
    (
      "Detection.Box.moved(ot:)",
      "Detection declares no “Box.moved(ot:)”; did you mean “Detection.Box.moved(to:)”?"
    ),
    ("Detections.Box", "there is no module “Detections” in Sources; did you mean “Detection”?"),
    ("Box", "“Box” names no declaration; write Module.function or Module.Type"),
    ("../Box.swift", "“../Box.swift” names no declaration; write Module.function or Module.Type"),
  ])
  func `a name that is unknown or ambiguous is explained`(name: String, message: String) {
    #expect(throws: SourceMistake(message)) { try library.quoted(name) }
  }

  @Test func `without a server nothing is quoted, and nothing fails`() throws {
    let library = SourceLibrary(folders: code.folders, highlighter: code.highlighter(.missing))
    #expect(try library.quoted("Detection.Box") == nil)
  }
}
