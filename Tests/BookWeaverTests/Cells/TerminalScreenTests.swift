import BookFormat
import Testing

@testable import BookWeaver

struct TerminalScreenTests {
  private func shown(_ text: String) -> String {
    var screen = TerminalScreen()
    screen.print(text, to: .stdout)
    return screen.lines.map { line in line.map { String($0.scalar) }.joined() }
      .joined(separator: "\n")
  }

  @Test(arguments: [
    ("10 %\r50 %\r100 %\ndone\n", "100 %\ndone"),
    ("[##--]\r\u{1b}[2K[####]\n", "[####]"),
    ("a 1/2\nb 1/2\n\u{1b}[2Aa 2/2\n\u{1b}[1Bend", "a 2/2\nb 1/2\nend"),
    ("longer\rshort\u{1b}[K", "short"),
    ("abc\u{8}\u{8}X", "aXc"),
    ("a\tb", "a       b"),
    ("one\r\ntwo", "one\ntwo"),
    ("old\u{1b}[2J\u{1b}[Hnew", "new"),
    ("x\u{1b}[3Cy", "x   y"),
    ("abc\u{1b}[1Gz", "zbc"),
  ])
  func `bars and screens stand there in their last state`(text: String, last: String) {
    #expect(shown(text) == last)
  }

  @Test(arguments: [
    ("\u{1b}]8;;javascript:alert(1)\u{7}link\u{1b}]8;;\u{7}", "link"),
    ("\u{1b}]8;;javascript:alert(1)\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
    ("\u{9d}0;title\u{9c}text", "text"),
    ("\u{1b}]never ended\nnext", "\nnext"),
    ("\u{1b}P1;2q data\u{1b}\\text", "text"),
    ("a\u{0}b\u{7}c\u{7f}d\u{85}e", "abcde"),
    ("\u{202e}drow\u{202c} \u{2066}x\u{2069}", "drow x"),
    ("\u{1b}(Btext\u{1b}[?25l\u{1b}[5 q", "text"),
    ("cut off \u{1b}[38;5", "cut off "),
    ("\u{fffd}\u{fffd}", "\u{fffd}\u{fffd}"),
    ("<script>", "<script>"),
  ])
  func `links, titles and all other controls leave nothing`(text: String, rest: String) {
    #expect(shown(text) == rest)
  }

  @Test func `a program cannot make the screen large without printing`() {
    let screen = shown("\u{1b}[999999999Cx\u{1b}[999999999B\u{1b}[99999999999999999999Ay")
    #expect(screen == String(repeating: " ", count: 240) + "xy")
  }
}
