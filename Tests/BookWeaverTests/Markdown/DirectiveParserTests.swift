import Testing

@testable import BookWeaver

struct DirectiveParserTests {
  private func parsed(_ text: String) throws -> Directive {
    try Directive(parsing: text, file: "a.md", line: 3)
  }

  @Test func `a name, arguments and options`() throws {
    #expect(
      try parsed("cell shapes hide-code caption=\"Maps \\\"of\\\"\nall = sizes\" label=fig-maps")
        == Directive(
          name: "cell", arguments: ["shapes"],
          options: ["hide-code": "", "caption": "Maps \"of\" all = sizes", "label": "fig-maps"],
          file: "a.md", line: 3))
    #expect(try parsed("record ssd.ap50 %.3f").arguments == ["ssd.ap50", "%.3f"])
    #expect(try parsed("source Detection.multiboxPrior").arguments == ["Detection.multiboxPrior"])
    #expect(try parsed("cell a caption=\"\" b=").options == ["caption": "", "b": ""])
  }

  @Test(arguments: [
    (
      " ",
      "“{{# }}” has no name: write {{#cell name}}, {{#source Type.member}}, {{#record name}}, {{#ref "
        + "label}} or {{#include file}}"
    ),
    ("cell a caption=\"b", "a quotation mark in “{{#cell a caption=\"b}}” is not closed"),
    ("cell a b c=1 b", "{{#cell}} has the option “b” twice"),
    (
      "cell a Caption=b",
      "“Caption” in {{#cell}} names no option: options are small letters and hyphens"
    ),
    ("record a b=c %.3f", "“%.3f” in {{#record}} stands behind an option"),
  ])
  func `what is written wrongly is named`(text: String, reason: String) {
    #expect(throws: DirectiveMistake(reason: reason)) { try parsed(text) }
  }
}
