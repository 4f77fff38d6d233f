import Datasets
import Foundation
import Testing

@Suite struct LabelTableTests {
  @Test(arguments: [
    "img_name,label,xmin,ymin,xmax", "img_name,label,ymin,xmin,xmax,ymax", "0.png,0,1,2,5,6", "",
  ])
  func `another header`(header: String) throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.table("fruit_train", [header, "0.png,0,1,2,5,6"])
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .wrongHeader)
    #expect(complaint.line == 1)
    #expect(complaint.found == "the header “\(header)”")
  }

  @Test(arguments: ["0.png,0,1,2,5", "0.png,0,1,2,5,6,7", "0.png"])
  func `a missing or a spare column`(row: String) throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows("0.png,0,1,2,5,6", row)
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .wrongColumnCount)
    #expect(complaint.line == 3)
  }

  @Test(arguments: [
    ("0.png,banana,1,2,5,6", "label"), ("0.png,0.5,1,2,5,6", "label"),
    ("0.png,0,one,2,5,6", "xmin"), ("0.png,0,1,nan,5,6", "ymin"), ("0.png,0,1,2,inf,6", "xmax"),
    ("0.png,0,1,2,5,", "ymax"),
  ])
  func `a value that is no number`(row: String, column: String) throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows(row)
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .notANumber)
    #expect(complaint.line == 2)
    #expect(complaint.found.hasSuffix("as \(column)"))
  }

  @Test(arguments: [",0,1,2,5,6", "../0.png,0,1,2,5,6", "/etc/0.png,0,1,2,5,6", "..,0,1,2,5,6"])
  func `a name that leads out of the folder`(row: String) throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows(row)
    #expect(fixture.complaint()?.problem == .wrongFileName)
  }

  @Test func `bytes that are no text`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.write(Data([0xff, 0xfe, 0x00, 0xd8]), to: "fruit_train/label.csv")
    #expect(fixture.complaint()?.problem == .missingTable)
    #expect(fixture.complaint()?.found == "a file that is not text")
  }

  @Test func `Windows line ends, a byte order mark, spaces and blank lines are let pass`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.table(
      "fruit_train",
      ["\u{FEFF}" + fixture.header, " 0.png, 0, 1, 2, 5, 6 ", "", "1.png,0,0,0,3,x"],
      lineEnd: "\r\n")
    // The line of the error counts blank lines, as an editor does.
    #expect(fixture.complaint()?.line == 4)
    try fixture.table(
      "fruit_train", ["\u{FEFF}" + fixture.header, " 0.png, 0, 1, 2, 5, 6 ", "", ""],
      lineEnd: "\r\n")
    #expect(try fixture.read().training.samples[0].pixelLabels.count == 1)
  }
}
