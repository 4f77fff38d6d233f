import Foundation
import Testing

@testable import BookWeaver

struct IncludeExpanderTests {
  private let files = [
    "Chapters/ssd/part.md": "one\ntwo $x$\nthree\n",
    "Sources/code.swift": """
    let a = 1
    // ANCHOR: pair
    let b = 2
    // ANCHOR: inner
    let c = 3
    // ANCHOR_END: inner
    // ANCHOR_END: pair
    // ANCHOR: open
    """,
    "Chapters/ssd/loop.md": "a\n{{#include ../ssd/again.md}}",
    "Chapters/ssd/again.md": "\n\n{{#include loop.md}}",
    "Chapters/ssd/wrong.md": "\nfine\n$open\n",
  ]

  private func expand(_ text: String) throws -> (lines: [SourceLine], problems: [String]) {
    let folder = try TextFolder(files)
    var expander = IncludeExpander(root: folder.root)
    let lines = expander.expand(text, file: "Chapters/ssd/ssd.md")
    return (lines, expander.problems.map(\.description))
  }

  private func text(_ text: String) throws -> String {
    let (lines, problems) = try expand(text)
    #expect(problems == [])
    return lines.map(\.text).joined(separator: "\n")
  }

  @Test func `a file is put in, and each line knows where it was written`() throws {
    let lines = try expand("before\nin {{#include part.md}} behind\nlast").lines
    #expect(lines.map(\.text) == ["before", "in one", "two $x$", "three behind", "last"])
    #expect(lines.map(\.number) == [1, 1, 2, 3, 3])
    #expect(lines.map { $0.file.hasSuffix("part.md") } == [false, true, true, true, false])
  }

  @Test(arguments: [
    ("part.md:2", "two $x$"), ("part.md:2:", "two $x$\nthree"), ("part.md::2", "one\ntwo $x$"),
    ("part.md:1:2", "one\ntwo $x$"), (" part.md : 3 ", "three"),
    ("../../Sources/code.swift:pair", "let b = 2\nlet c = 3"),
    ("../../Sources/code.swift:inner", "let c = 3"),
    ("../../Sources/code.swift", "let a = 1\nlet b = 2\nlet c = 3"),
  ])
  func `a part is taken by lines or by anchor, without the anchors' lines`(
    path: String, expected: String
  ) throws {
    #expect(try text("{{#include \(path)}}") == expected)
  }

  @Test func `lines within a quotation or an indented list stay there`() throws {
    #expect(try text("> {{#include part.md::2}}") == "> one\n> two $x$")
    #expect(try text("- a\n\n  {{#include part.md::2}}") == "- a\n\n  one\n  two $x$")
  }

  @Test func `code is included in fences, and an escaped include is shown there`() {
    #expect(
      Pages.html("```\n\\{{#include a.swift}}\n```\n`\\{{#include b}}`")
        == "<pre tabindex=\"0\"><code>{{#include a.swift}}\n</code></pre>\n"
        + "<p><code>{{#include b}}</code></p>\n")
    #expect(Pages.html("\\{{#include b}}") == "<p>{{#include b}}</p>\n")
  }

  @Test(arguments: [
    (
      "{{#include none.md}}",
      "there is no file Chapters/ssd/none.md to include; paths begin at this file's folder"
    ),
    ("{{#include part.md:7}}", "part.md has 3 lines, not the lines 7 to 7"),
    ("{{#include part.md:3:2}}", "part.md has 3 lines, not the lines 3 to 2"),
    (
      "{{#include ../../Sources/code.swift:other}}",
      "../../Sources/code.swift has no anchor “other”; it has pair, inner, open"
    ),
    (
      "{{#include part.md:other}}",
      "part.md has no anchor “other”; mark the lines with “ANCHOR: other” and “ANCHOR_END: other” in "
        + "comments"
    ),
    (
      "{{#include ../../Sources/code.swift:open}}",
      "the anchor “open” in ../../Sources/code.swift, line 8, does not end: write “ANCHOR_END: open” "
        + "below its lines"
    ),
    (
      "{{#include ../../../etc/passwd}}",
      "../../../etc/passwd lies outside the book's folder; only files within are included"
    ),
    (
      "{{#include /etc/passwd}}",
      "/etc/passwd begins at the disk's root; paths begin at this file's folder"
    ),
    ("{{#include part.md", "this include does not end: write `}}` on the same line"),
    (
      "{{#include }}",
      "`{{#include }}` names no lines: write {{#include file}}, {{#include file:anchor}} or {{#include "
        + "file:3:5}}"
    ),
  ])
  func `an include that fails says why`(text: String, reason: String) throws {
    #expect(try expand("first\n" + text).problems == ["Chapters/ssd/ssd.md:2: \(reason)"])
  }

  @Test func `a loop of includes is a problem of the place that closes it`() throws {
    #expect(
      try expand("{{#include loop.md}}").problems == [
        "Chapters/ssd/again.md:3: this include is without end: Chapters/ssd/loop.md includes "
          + "Chapters/ssd/again.md includes Chapters/ssd/loop.md; take one of them away"
      ])
    #expect(
      try expand("{{#include ssd.md}}").problems == [
        "Chapters/ssd/ssd.md:1: this include is without end: Chapters/ssd/ssd.md includes "
          + "Chapters/ssd/ssd.md; take one of them away"
      ])
  }

  @Test func `a page knows the files that it includes, and its text with them`() throws {
    let folder = try TextFolder(files)
    let text = "a\n{{#include part.md:1}}"
    #expect(
      Pages.render(text, root: folder.root).includedFiles == ["Chapters/ssd/part.md"])
    let renderer = PageRenderer(
      root: folder.root, math: MathRenderer(cache: WeaveCache(folder: folder.root)))
    #expect(renderer.expanded(text, file: "Chapters/ssd/ssd.md") == "a\none")
  }

  @Test func `a link in an included text knows its file`() throws {
    let folder = try TextFolder(["Chapters/ssd/part.md": "\n[a](b.md)"])
    let page = Pages.render("[c](d.md)\n\n{{#include part.md}}", root: folder.root)
    #expect(
      page.links == [
        .init(target: "d.md", line: 1, isImage: false),
        .init(target: "b.md", line: 2, isImage: false, includedFrom: "Chapters/ssd/part.md"),
      ])
  }

  @Test func `includes that multiply are stopped`() throws {
    let folder = try TextFolder([
      "a.txt": String(repeating: "x", count: 1000),
      "b.md": String(repeating: "{{#include a.txt}}\n", count: 1000),
      "c.md": String(repeating: "{{#include b.md}}\n", count: 1000),
    ])
    var expander = IncludeExpander(root: folder.root)
    let lines = expander.expand("{{#include c.md}}", file: "d.md")
    #expect(lines.reduce(0) { $0 + $1.text.utf8.count } <= TextFile.mostBytes)
    #expect(
      expander.problems.map(\.message) == [
        "with this the page includes more than 4 MB; include the lines that it shows"
      ])
  }

  @Test func `a problem in an included text names that file and line`() throws {
    let folder = try TextFolder(files)
    try folder.write(Data([0x61, 0x0A, 0xFF]), to: "Chapters/ssd/latin.md")
    let page = Pages.render(
      "{{#include wrong.md}}\n\n{{#include latin.md}}\n\n[@x]", root: folder.root)
    #expect(
      page.problems.map { "\($0.file):\($0.line ?? 0)" } == [
        "Chapters/ssd/latin.md:2", "Chapters/ssd/ssd.md:5", "Chapters/ssd/wrong.md:3",
      ])
  }
}
