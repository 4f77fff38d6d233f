import BookFormat
import BookRunner

/// A measured number in a sentence: `{{#record ssd.ap50 %.3f}}`.
///
/// `percent` writes a share as a percentage, `unit` writes the record's unit behind it.
struct RecordText {
  let material: ChapterMaterial
  /// The names of all chapters, run or not.
  let chapters: [String]
  let directive: Directive

  /// What becomes of the directive, and what `chapter check` has to say of it.
  func html() throws(WeaveProblem) -> (html: String, problem: WeaveProblem?) {
    try directive.refuseOptions(except: ["percent", "unit"])
    guard directive.arguments.count == 2 else {
      throw directive.problem(
        "{{#record}} takes a name and a form: {{#record \(material.chapter).ap50 %.3f}}")
    }
    let (name, form) = (directive.arguments[0], directive.arguments[1])
    guard let format = NumberFormat(form) else {
      throw directive.problem(
        "“\(form)” is no form of a number; write %.3f, %'.0f (commas between thousands), %.2e, "
          + "%.3g or %.1f%%")
    }
    guard let record = material.records[name] else {
      let problem = try missing(name)
      return (
        "<span class=\"record is-missing\">—<span class=\"record-note\"> (not measured yet)</span>"
          + "</span>", problem
      )
    }
    let isPercentage = try directive.flag("percent")
    var html = format.html(isPercentage ? 100 * record.value : record.value)
    if isPercentage { html += "\u{a0}%" }
    if try directive.flag("unit") {
      guard !record.unit.isEmpty else { throw directive.problem("“\(name)” has no unit") }
      html += "\u{a0}\(HTMLText.escaped(record.unit))"
    }
    if record.profile == .quick {
      html += "<span class=\"record-note\"> (quick run)</span>"
    }
    return ("<span class=\"record\">\(html)</span>", nil)
  }

  /// What to say of a number that is not there.
  ///
  /// - Throws: where no run will bring it.
  private func missing(_ name: String) throws(WeaveProblem) -> WeaveProblem {
    let chapter = String(name.prefix { $0 != "." })
    let known = Set(chapters + [material.chapter])
    guard known.contains(chapter), chapter.count < name.count else {
      let nearest =
        nearestName(to: name, in: material.records.keys.sorted())
        ?? nearestName(to: chapter, in: known.sorted()).map {
          "\($0)\(name.dropFirst(chapter.count))"
        }
      throw directive.problem(
        "“\(name)” names no record; write chapter.name"
          + (nearest.map { ", such as “\($0)”" } ?? ""))
    }
    let ofChapter = material.records.keys.filter { $0.hasPrefix(chapter + ".") }.sorted()
    let isComing =
      ofChapter.isEmpty
      || (chapter == material.chapter && recordedNames.contains(name.dropFirst(chapter.count + 1)))
    guard isComing else {
      throw directive.problem(
        "“\(chapter)” records no “\(name.dropFirst(chapter.count + 1))”"
          + (nearestName(to: name, in: ofChapter).map { "; did you mean “\($0)”?" }
            ?? "; it records \(ofChapter.joined(separator: ", "))"))
    }
    return directive.problem(
      "“\(name)” is not measured yet; swift run chapter \(chapter) measures it")
  }

  /// The names in the `record("…", …)` of this chapter's program.
  private var recordedNames: [Substring] {
    let tokens = swiftTokens(material.source)
    return tokens.indices.dropLast(2).compactMap { index in
      guard tokens[index].text == "record", tokens[index + 1].text == "(" else { return nil }
      return tokens[index + 2].text.dropFirst().dropLast()
    }
  }
}
