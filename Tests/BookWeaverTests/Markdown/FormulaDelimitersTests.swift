import Testing

@testable import BookWeaver

struct FormulaDelimitersTests {
  /// The TeX of a page's formulas, as MathML keeps it.
  private func formulas(_ text: String) -> [String] {
    Pages.render(text).html.matches(of: /application\/x-tex">([^<]*)</).map { String($0.1) }
  }

  @Test(arguments: [
    ("a $x$ b", ["x"]), ("$x_1$, $y$.", ["x_1", "y"]), ("$a\nb$", ["a\nb"]),
    ("$\\$5$", ["\\$5"]), ("**$x$** and *$y$*", ["x", "y"]), ("$a`b$ `$c$`", ["a`b"]),
    ("| $|x|$ |\n|---|\n| $|y|$ |", ["|x|", "|y|"]), ("> $a\n> b$", ["a\nb"]),
    ("[$x$](a.html)", ["x"]), ("$$x$$", ["x"]), ("a $$x$$ b", ["x"]),
    ("$$\na\n= b\n- c\n$$", ["a\n= b\n- c"]), ("> $$\n> a\n> = b\n> $$", ["a\n= b"]),
    ("- $$x$$", ["x"]), ("Term\n: $x$", ["x"]),
  ])
  func `formulas are found`(text: String, expected: [String]) {
    #expect(formulas(text) == expected)
  }

  @Test(arguments: [
    "$20,000 and $30,000", "\\$x\\$", "`$x$`", "``` \n$x$\n```", "    $x$", "a $ b $ c",
    "<a title=\"$x$\">a</a>", "<!-- $x$ $ y -->", "<div>$x$</div>", "costs $5.", "($20)",
    "<https://a.b/$x$>", "```\n$$\nx\n$$\n```", "> ```\n> $x$\n> ```", "- ```\n  $x$\n  ```",
  ])
  func `what is no formula stays as it is`(text: String) {
    let page = Pages.render(text)
    #expect(!page.html.contains("katex") && page.problems == [])
    #expect(page.html.contains("$"))
  }

  @Test func `an unfinished formula is a problem of its line, and the rest is still read`() {
    #expect(
      Pages.problems("a\nb $x + 1\n\nc\n\n$$\nx\n\ny") == [
        "Chapters/ssd/ssd.md:2: this formula does not end: write `$` behind it, in the same paragraph; "
          + "`\\$` is a dollar sign",
        "Chapters/ssd/ssd.md:6: this formula does not end: write `$$` behind it, without an empty line "
          + "before; `\\$` is a dollar sign",
      ])
    #expect(
      Pages.problems("$$ $$") == [
        "Chapters/ssd/ssd.md:1: there is no formula between `$$` and `$$`"
      ])
  }

  @Test func `what TeX does not know is a problem of the line within the formula`() {
    let problems = Pages.problems("a\n\n$$\nx\n+ \\foo\n$$\n\n$\\bar{x$ $y$")
    #expect(problems.count == 2)
    #expect(
      problems[0] == "Chapters/ssd/ssd.md:5: the formula “x + \\foo” is not TeX that KaTeX knows: "
        + "Undefined control sequence: \\foo")
    #expect(
      problems[1].hasPrefix(
        "Chapters/ssd/ssd.md:8: the formula “\\bar{x” is not TeX that KaTeX knows: "))
  }

  @Test func `a formula with a label is numbered and can be referred to`() {
    let page = Pages.render("$$x$$ {#eq-x}\n\n$$y$$\n\n$$\nz\n$$ {#eq-z}", chapter: "8")
    #expect(page.labels.map(\.number) == ["8.1", "8.2"])
    #expect(
      page.html.contains(
        "<div class=\"equation\" id=\"eq-z\" role=\"group\" aria-label=\"Equation 8.2\" tabindex=\"0\">"
      ))
    #expect(page.html.contains("<span class=\"equation-number\">(8.2)</span></div>"))
    #expect(page.html.contains("aria-label=\"Formula\""))
  }
}
