import BookFormat
import Testing

@testable import BookWeaver

struct RecordTextTests {
  private var chapter: SampleChapter

  init() throws {
    chapter = try SampleChapter(cells: [])
    for (name, value, unit) in [
      ("ssd.ap75", 0.93125, ""), ("ssd.seconds", 12345.678, "s"), ("ssd.error", 0.0000123, ""),
      ("ssd.change", -0.5, ""),
    ] {
      chapter.material.records[name] = RecordEntry(
        name: name, value: value, unit: unit, profile: .full, cell: "last")
    }
  }

  @Test(arguments: [
    (Directive.record("ssd.ap75", "%.3f"), "0.931"),
    (.record("ssd.ap75", "%.1f%%"), "0.9\u{a0}%"),
    (.record("ssd.ap75", "%.0f", options: ["percent": ""]), "93\u{a0}%"),
    (.record("ssd.seconds", "%.0f", options: ["unit": ""]), "12346\u{a0}s"),
    (.record("ssd.seconds", "%'.1f"), "12,345.7"),
    (.record("ssd.seconds", "%d"), "12346"),
    (.record("ssd.error", "%.1e"), "1.2\u{a0}·\u{a0}10<sup>−5</sup>"),
    (.record("ssd.change", "%.1f"), "−0.5"),
    (.record("ssd.ap75", "%+.2f"), "+0.93"),
    (.record("ssd.ap75", "%.2g"), "0.93"),
  ])
  func `a number is written in the form the sentence wants`(
    directive: Directive, text: String
  ) throws {
    #expect(
      try chapter.renderer().inline(directive) == "<span class=\"record\">\(text)</span>")
  }

  @Test func `a number of a quick run says so`() throws {
    var chapter = chapter
    chapter.material.records["ssd.ap75"]?.profile = .quick
    #expect(
      try chapter.renderer().inline(.record("ssd.ap75", "%.2f"))
        == "<span class=\"record\">0.93<span class=\"record-note\"> (quick run)</span></span>")
  }

  @Test(arguments: [
    (
      Directive.record("ssd.ap57", "%.3f"),
      "“ssd” records no “ap57”; did you mean “ssd.ap75”?"
    ),
    (
      .record("sdd.ap75", "%.3f"),
      "“sdd.ap75” names no record; write chapter.name, such as “ssd.ap75”"
    ),
    (
      .record("ssd.ap75", "%s"),
      "“%s” is no form of a number; write %.3f, %'.0f (commas between thousands), %.2e, %.3g or "
        + "%.1f%%"
    ),
    (
      .record("ssd.ap75", "%n%.3f"),
      "“%n%.3f” is no form of a number; write %.3f, %'.0f (commas between thousands), %.2e, %.3g "
        + "or %.1f%%"
    ),
    (
      .record("ssd.ap75"),
      "{{#record}} takes a name and a form: {{#record ssd.ap50 %.3f}}"
    ),
    (.record("ssd.ap75", "%.3f", options: ["unit": ""]), "“ssd.ap75” has no unit"),
    (
      .record("ssd.ap75", "%.3f", options: ["percents": ""]),
      "{{#record}} has no option “percents”; did you mean “percent”?"
    ),
  ])
  func `a wrong name or form is a problem`(directive: Directive, message: String) {
    #expect(throws: directive.problem(message)) { try chapter.renderer().inline(directive) }
  }

  @Test(arguments: ["yolo.ap50", "ssd.ap50"])
  func `a number that no run has measured is a dash, and a problem for the check only`(
    name: String
  ) throws {
    // “ssd.ap50” stands in the sample's program, but not among its records.
    let renderer = chapter.renderer()
    let html = try renderer.inline(.record(name, "%.3f"))
    #expect(html.contains("—<span class=\"record-note\"> (not measured yet)</span>"))
    #expect(renderer.checkProblems.last?.message.contains("“\(name)” is not measured yet") == true)
  }
}
