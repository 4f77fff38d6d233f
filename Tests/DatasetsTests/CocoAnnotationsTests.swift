import Detection
import Foundation
import Testing

@testable import Datasets

@Suite struct CocoAnnotationsTests {
  /// A right file for the two training pictures of the fixture.
  private let right = """
    {"info": {"year": 1}, "images": [
      {"id": 7, "file_name": "1.png", "width": 12, "height": 8, "license": 3},
      {"id": 4, "file_name": "0.png", "width": 12, "height": 8}],
     "categories": [{"id": 9, "name": "pear"}, {"id": 2, "name": "fig", "supercategory": "x"}],
     "annotations": [
      {"id": 5, "image_id": 4, "category_id": 9, "bbox": [1, 2, 4, 4.5], "area": 3, "iscrowd": 0,
       "segmentation": {"size": [8, 12], "counts": [10, 3, 83]}},
      {"id": 6, "image_id": 4, "category_id": 2, "bbox": [0, 0, 12, 8],
       "segmentation": [[0, 0, 12, 0, 12, 8]]},
      {"id": 8, "image_id": 4, "category_id": 2, "bbox": [0, 0, 3, 3], "iscrowd": 1}]}
    """

  private func read(
    _ json: String, validation: String? = nil, classNames: [String]? = nil
  ) throws -> DetectionFolder {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.remove("fruit_train/label.csv")
    try fixture.write(Data(json.utf8), to: "fruit_train/annotations.json")
    try fixture.remove("fruit_val/label.csv")
    let other = validation ?? #"{"images": [], "annotations": [], "categories": []}"#
    let images = #""images": [{"id": 1, "file_name": "0.png", "width": 12, "height": 8}]"#
    try fixture.write(
      Data(other.replacing("\"images\": []", with: images).utf8), to: "fruit_val/annotations.json")
    return try fixture.read(classNames: classNames)
  }

  private func refusal(of json: String, validation: String? = nil) -> DatasetError? {
    do {
      _ = try read(json, validation: validation)
      return nil
    } catch {
      return error as? DatasetError
    }
  }

  @Test func `pictures, boxes, classes by category number, and masks are read`() throws {
    let training = try read(right).training
    #expect(training.classNames == ["fig", "pear"])
    #expect(training.samples.map(\.file.lastPathComponent) == ["1.png", "0.png"])
    #expect(training.samples[0].pixelLabels.isEmpty)
    // The crowd is left out.
    #expect(
      training.samples[1].pixelLabels == [
        LabeledBox(box: Box(1, 2, 5, 6.5), classIndex: 1),
        LabeledBox(box: Box(0, 0, 12, 8), classIndex: 0),
      ])
    let masks = training.samples[1].masks
    #expect(masks[0]?.area == 3)
    #expect(masks[1] == nil)
    #expect(!training.hasMasks)
  }

  @Test func `given names say which category has which index`() throws {
    let training = try read(right, classNames: ["pear", "plum", "fig"]).training
    #expect(training.samples[1].pixelLabels.map(\.classIndex) == [0, 2])
  }

  @Test func `masks are refused where one is wanted and missing`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    let training = try fixture.read().training
    #expect {
      try training.decoded(withMasks: true)
    } throws: {
      ($0 as? DatasetError)?.problem == .wrongMask && "\($0)".contains("0.png, object 0")
    }
  }

  @Test(arguments: [
    ("[1, 2, 4, 4.5]", "[1, 2, 4]", DatasetError.Problem.wrongBox, "annotation 5"),
    ("[1, 2, 4, 4.5]", "[1, 2, 40, 4]", .wrongBox, "annotation 5"),
    ("[1, 2, 4, 4.5]", "[1, 2, -4, 4]", .wrongBox, "annotation 5"),
    ("[1, 2, 4, 4.5]", "\"all\"", .wrongJSON, "annotations[0].bbox"),
    ("[10, 3, 83]", "[10, 3, 8]", .wrongJSON, ""),
    (
      "[8, 12], \"counts\": [10, 3, 83]", "[8, 11], \"counts\": [5, 3, 80]", .wrongMask,
      "annotation 5"
    ),
    (
      "\"image_id\": 4, \"category_id\": 9", "\"image_id\": 5, \"category_id\": 9", .missingPicture,
      "annotation 5"
    ),
    ("\"category_id\": 9", "\"category_id\": 3", .classOutOfRange, "annotation 5"),
    ("\"id\": 5, ", "", .wrongJSON, "annotations[0]"),
    ("\"0.png\"", "\"7.png\"", .missingPicture, ""),
    ("\"0.png\"", "\"../0.png\"", .wrongFileName, "image 4"),
    ("\"0.png\"", "\"1.png\"", .wrongFileName, "image 4"),
    ("\"info\"", "info", .wrongJSON, ""),
  ])
  func `what is wrong is named with its entry`(
    old: String, new: String, problem: DatasetError.Problem, entry: String
  ) throws {
    #expect(right.contains(old))
    let complaint = try #require(refusal(of: right.replacing(old, with: new)))
    #expect(complaint.problem == problem)
    #expect(complaint.file.hasSuffix("fruit_train/annotations.json"))
    #expect(complaint.entry ?? "" == entry || entry.isEmpty)
    if !entry.isEmpty { #expect("\(complaint)".contains("annotations.json, \(entry): found")) }
  }

  @Test func `the other parts must keep to the categories of the training pictures`() throws {
    let foreign = """
      {"images": [], "categories": [{"id": 1, "name": "grape"}],
       "annotations": [{"id": 3, "image_id": 1, "category_id": 1, "bbox": [0, 0, 3, 3]}]}
      """
    let complaint = try #require(refusal(of: right, validation: foreign))
    #expect(complaint.problem == .classOutOfRange)
    #expect(complaint.file.hasSuffix("fruit_val/annotations.json"))
    #expect(complaint.found.contains("grape"))
  }

  @Test func `a table and a JSON file in one folder`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.write(Data(right.utf8), to: "fruit_train/annotations.json")
    #expect(fixture.complaint()?.problem == .ambiguousTable)
  }

  @Test func `what is written is read back`() throws {
    let runs = try RunLengths(width: 12, height: 8, counts: [10, 3, 83])
    let annotations = CocoAnnotations(
      images: [.init(id: 1, file_name: "0.png", width: 12, height: 8)],
      annotations: [
        .init(
          id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], area: 3, iscrowd: 0,
          segmentation: .runs(runs))
      ], categories: [.init(id: 1, name: "fig")])
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try JSONEncoder().encode(annotations).write(to: file)
    let entries = try CocoAnnotations(contentsOf: file).entries(file: "x", classNames: ["fig"])
    #expect(entries.map(\.object) == [LabeledBox(box: Box(1, 2, 4, 6), classIndex: 0)])
    #expect(entries[0].mask == runs)
  }
}
