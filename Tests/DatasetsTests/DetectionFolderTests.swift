import Datasets
import Detection
import Foundation
import Images
import Testing

@Suite struct DetectionFolderTests {
  @Test func `a right folder gives files, boxes in pixels, and names`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    let folder = try fixture.read()
    #expect(folder.training.count == 2)
    #expect(folder.validation.count == 1)
    #expect(folder.training.classNames == ["fruit"])
    #expect((folder.training.height, folder.training.width) == (8, 12))
    #expect(
      folder.training.samples[0].pixelLabels == [LabeledBox(box: Box(1, 2, 5, 6), classIndex: 0)])
    #expect(folder.training.samples[1].file.lastPathComponent == "1.png")
    #expect(try folder.training.image(at: 0).width == 12)
  }

  @Test func `several lines for one picture are several objects`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows("1.png,1,0,0,3,3", "0.png,0,1,1,4,4", "1.png,0,2,2,6,6")
    let training = try fixture.read().training
    #expect(training.samples.map(\.pixelLabels.count) == [2, 1])
    #expect(training.samples[0].pixelLabels.map(\.classIndex) == [1, 0])
    #expect(training.classNames == ["fruit 0", "fruit 1"])
  }

  @Test func `a picture without a line has no objects and is counted`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows("1.png,0,0,0,3,3")
    let training = try fixture.read().training
    #expect(training.samples.map(\.file.lastPathComponent) == ["1.png", "0.png"])
    #expect(training.samples[1].pixelLabels.isEmpty)
    #expect(training.emptyPictureCount == 1)
  }

  @Test func `names of classes allow gaps in the numbers`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows("0.png,2,1,2,5,6")
    #expect(try fixture.read(classNames: ["a", "b", "c"]).training.classNames.count == 3)
  }

  @Test func `a folder that is not there`() {
    let root = URL(filePath: "/no/such/folder")
    #expect {
      try DetectionFolder(contentsOf: root)
    } throws: {
      ($0 as? DatasetError)?.problem == .missingFolder && "\($0)".contains("/no/such/folder")
    }
  }

  @Test func `an empty folder`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.remove("fruit_train")
    try fixture.remove("fruit_val")
    #expect(fixture.complaint()?.problem == .emptyFolder)
  }

  @Test func `a folder without one of the parts`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.remove("fruit_val")
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .missingFolder)
    #expect(complaint.found == "no folder named *_val")
  }

  @Test func `two folders for one part`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try FileManager.default.createDirectory(
      at: fixture.root.appending(path: "other_train"), withIntermediateDirectories: true)
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .ambiguousFolder)
    #expect(complaint.found == "fruit_train, other_train")
  }

  @Test func `a part without pictures, or without its folder of pictures`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows()
    try fixture.remove("fruit_train/images/0.png")
    try fixture.remove("fruit_train/images/1.png")
    #expect(fixture.complaint()?.problem == .emptyFolder)
    try fixture.remove("fruit_train/images")
    #expect(fixture.complaint()?.problem == .missingFolder)
  }

  @Test func `a missing table`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.remove("fruit_train/label.csv")
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .missingTable)
    #expect(complaint.file.hasSuffix("fruit_train/label.csv"))
  }

  @Test(arguments: [
    ("0.png,0,8,2,5,6", "inside-out"), ("0.png,0,1,7,5,6", "inside-out"),
    ("0.png,0,5,2,5,6", "empty"), ("0.png,0,-1,2,5,6", "outside"),
    ("0.png,0,1,2,12.5,6", "outside"), ("0.png,0,1,2,5,9", "outside"),
  ])
  func `a box that is no part of its picture`(row: String, fault: String) throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows("1.png,0,0,0,3,3", row)
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .wrongBox)
    #expect(complaint.line == 3)
    #expect(complaint.found.contains(fault))
    #expect(complaint.expected == "0 ≤ xmin < xmax ≤ 12 and 0 ≤ ymin < ymax ≤ 8")
  }

  @Test func `a class out of range`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows("0.png,0,1,2,5,6", "1.png,-1,0,0,3,3")
    #expect(fixture.complaint()?.problem == .classOutOfRange)
    #expect(fixture.complaint()?.line == 3)
    // Without names, a gap shows that the numbers are not class indices.
    try fixture.trainingRows("0.png,0,1,2,5,6", "1.png,2,0,0,3,3")
    #expect(fixture.complaint()?.problem == .classOutOfRange)
    #expect(fixture.complaint(classNames: ["a", "b"])?.expected == "0 to 1 (a, b)")
  }

  @Test func `a class that only the validation pictures have`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.table("fruit_val", [fixture.header, "0.png,1,3,3,7,7"])
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .classOutOfRange)
    #expect(complaint.file.hasSuffix("fruit_val/label.csv"))
  }

  @Test func `a picture that is named but absent`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows("0.png,0,1,2,5,6", "7.png,0,0,0,3,3")
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .missingPicture)
    #expect(complaint.line == 3)
    #expect(complaint.found.contains("7.png"))
  }

  @Test func `a picture of another size`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.picture("fruit_val/images/0.png", height: 9, width: 12)
    let complaint = try #require(fixture.complaint())
    #expect(complaint.problem == .wrongPictureSize)
    #expect(complaint.file.hasSuffix("fruit_val/images/0.png"))
    #expect(complaint.found == "a picture 12 wide and 9 high")
  }

  @Test func `the description names place, finding, expectation and remedy`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.trainingRows("0.png,0,1,2,5,six")
    let path = fixture.root.appending(path: "fruit_train/label.csv").path
    #expect(
      fixture.complaint()?.description
        == "\(path):2: found “six” as ymax; expected a number of pixels; "
        + "correct the value or remove the line")
  }
}
