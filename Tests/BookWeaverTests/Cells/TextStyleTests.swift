import Testing

@testable import BookWeaver

struct TextStyleTests {
  private func classes(_ sequences: String...) -> [String] {
    var style = TextStyle()
    for sequence in sequences { style.follow(sequence) }
    return style.classes
  }

  @Test(
    arguments: [
      ("31", ["ansi-red"]), ("92", ["ansi-green"]),
      ("1;4;35", ["ansi-bold", "ansi-underline", "ansi-magenta"]),
      ("3", ["ansi-italic"]), ("2", ["ansi-grey"]), ("9", ["ansi-struck"]), ("90", ["ansi-grey"]),
      ("41", ["ansi-on-red"]), ("37;104", ["ansi-on-blue"]), ("7", ["ansi-on-grey"]),
      ("7;33", ["ansi-on-yellow"]), ("4:0", []), ("4:3", ["ansi-underline"]),
      ("30", []), ("37", []), ("97", []), ("", []), ("99;1000", []),
      ("38;5;196", ["ansi-red"]), ("38;5;12", ["ansi-blue"]), ("38;5;244", ["ansi-grey"]),
      ("38;5;16", []), ("38;5;999", []), ("48;5;46;1", ["ansi-bold", "ansi-on-green"]),
      ("38;2;255;128;0", ["ansi-yellow"]), ("38;2;10;200;210", ["ansi-cyan"]),
      ("38:2::250:20:240", ["ansi-magenta"]), ("38:5:21", ["ansi-blue"]), ("38;2;1", []),
      ("38", []), ("38;2;99999;-4;0", ["ansi-red"]),
    ] as [(String, [String])])
  func `a sequence becomes classes of a fixed list`(sequence: String, classes: [String]) {
    #expect(self.classes(sequence) == classes)
  }

  @Test(arguments: ["0", "", "22;23;24;29;27;39;49"])
  func `styles end`(sequence: String) {
    #expect(classes("1;2;3;4;7;9;31;42", sequence) == [])
  }
}
