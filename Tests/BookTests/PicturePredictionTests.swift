import BookFormat
import Detection
import Foundation
import Images
import Tensors
import Testing

@testable import Book

/// Predictions of made-up detectors, for a network of 8×8 pixels.
struct PicturePredictionTests {
  private let folder: URL
  private let prediction = PicturePrediction(classNames: ["banana", "pear"], height: 8, width: 8)

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "predict-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  private func task(_ name: String) -> PictureTask {
    let file = folder.appending(path: name).path
    return PictureTask(
      picture: file, drawing: file + ".ssd.png", detections: file + ".ssd.json")
  }

  /// Writes a gray picture and says what to do with it.
  private func picture(height: Int, width: Int, _ name: String = "a.png") throws -> PictureTask {
    let pixels = [UInt8](repeating: 90, count: 3 * height * width)
    try Image(height: height, width: width, pixels: pixels)
      .writePNG(to: folder.appending(path: name))
    return task(name)
  }

  private func found(_ box: Box, class index: Int = 0, _ score: Float = 0.9) -> DetectedObject {
    DetectedObject(ScoredBox(box: box, classIndex: index, score: score))
  }

  private func json(_ task: PictureTask) throws -> CocoPrediction {
    let data = try Data(contentsOf: URL(filePath: task.detections))
    return try JSONDecoder().decode(CocoPrediction.self, from: data)
  }

  private func drawing(_ task: PictureTask) throws -> Image {
    try Image(contentsOf: URL(filePath: task.drawing))
  }

  @Test func `the network sees the picture in its frame, and boxes come back in its own pixels`()
    throws
  {
    defer { remove() }
    // 40 wide and 20 high: a fifth of it fits, two rows below the frame's top.
    let task = try picture(height: 20, width: 40)
    let outcome = prediction(task) { pixels in
      #expect(pixels.shape == [1, 3, 8, 8])
      #expect(
        Array(pixels.scalars[..<24]) == Array(repeating: 127, count: 16)
          + Array(repeating: 90, count: 8))
      return [found(Box(1, 2, 3, 4))]
    }
    #expect(outcome == PictureOutcome(task, objects: ["banana 0.90"]))
    let made = try json(task)
    #expect(made.images == [.init(file_name: "a.png", width: 40, height: 20)])
    #expect(made.categories.map(\.name) == ["banana", "pear"])
    #expect(made.annotations.map(\.bbox) == [[5, 0, 10, 10]])
  }

  @Test func `boxes are cut at the picture's border, and what lies in the bars is nothing`() throws
  {
    defer { remove() }
    let task = try picture(height: 20, width: 40)
    _ = prediction(task) { _ in [found(Box(-3, 0, 2, 3)), found(Box(1, 0, 3, 2), class: 1)] }
    #expect(try json(task).annotations.map(\.bbox) == [[0, 0, 10, 5]])
  }

  @Test func `unsure objects are in the file but not drawn, and useless ones nowhere`() throws {
    defer { remove() }
    let task = try picture(height: 8, width: 8)
    let box = Box(1, 1, 5, 5)
    let outcome = prediction(task) { _ in
      [
        found(box, 0.3), found(box, class: 1, 0.6), found(box, 0.04), found(box, class: -1),
        found(box, .nan), found(Box(1, .nan, 5, 5)), found(box, class: 1, 0.5),
      ]
    }
    #expect(outcome.objects == ["pear 0.60", "pear 0.50"])
    #expect(try json(task).annotations.map(\.score) == [0.6, 0.5, 0.3])
    #expect(try json(task).annotations.map(\.category_id) == [2, 2, 1])
    #expect(try json(task).annotations.map(\.id) == [1, 2, 3])
  }

  @Test func `a shape is pasted at the picture's own size`() throws {
    defer { remove() }
    let task = try picture(height: 32, width: 32)
    // The left half of the box.
    let shape = (0..<4).flatMap { _ -> [Float] in [1, 1, 0, 0] }
    let outcome = prediction(task) { _ in
      [DetectedObject(ScoredBox(box: Box(2, 2, 6, 6), classIndex: 0, score: 0.8), shape: shape)]
    }
    #expect(outcome.failure == nil)
    let annotation = try #require(try json(task).annotations.first)
    let mask = Mask(try #require(annotation.segmentation))
    #expect((mask.width, mask.height) == (32, 32))
    #expect(mask[10, 16] && !mask[20, 16] && !mask[4, 16])
    #expect(annotation.area == Float(mask.area))
    #expect((100...160).contains(mask.area))
  }

  @Test func `a shape that reaches into the bars is cut with its box, not squeezed into it`() throws
  {
    defer { remove() }
    // Twice as wide as high: rows 2 to 6 of the frame. Of the box, the lower half is on the picture.
    let task = try picture(height: 32, width: 64)
    let shape: [Float] = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    _ = prediction(task) { _ in
      [DetectedObject(ScoredBox(box: Box(0, 0, 8, 4), classIndex: 0, score: 0.8), shape: shape)]
    }
    let annotation = try #require(try json(task).annotations.first)
    #expect(annotation.bbox == [0, 0, 64, 16])
    // The upper half of the box is the object, and that is beyond the picture.
    #expect(annotation.area < 2 * 64)
  }

  @Test(arguments: [(1, 1), (1, 3000), (3000, 1), (20, 40), (700, 1400)])
  func `a picture of any size gets a drawing that can be looked at`(height: Int, width: Int) throws
  {
    defer { remove() }
    let task = try picture(height: height, width: width)
    let outcome = prediction(task) { _ in
      [DetectedObject(found(Box(0, 0, 8, 8)).found, shape: [1, 1, 1, 1])]
    }
    #expect(outcome.failure == nil)
    let drawing = try drawing(task)
    #expect((640...1280).contains(max(drawing.height, drawing.width)))
    let box = [0, 0, Float(width), Float(height)]
    for (side, expected) in zip(try json(task).annotations[0].bbox, box) {
      #expect(abs(side - expected) <= 1e-3 * expected)
    }
  }

  @Test func `a JPEG is looked at upright`() throws {
    defer { remove() }
    let golden = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Goldens/jpeg.json")
    struct File: Decodable {
      struct Case: Decodable {
        let name: String
        let jpeg: Data
      }
      let decoding: [Case]
    }
    let cases = try JSONDecoder().decode(File.self, from: Data(contentsOf: golden)).decoding
    // Stored 8 wide and 5 high.
    for (name, width, height) in [("orientation 1", 8, 5), ("orientation 6", 5, 8)] {
      let jpeg = try #require(cases.first { $0.name == name }).jpeg
      try jpeg.write(to: folder.appending(path: "a.jpg"))
      #expect(prediction(task("a.jpg")) { _ in [] }.failure == nil)
      #expect(
        try json(task("a.jpg")).images == [.init(file_name: "a.jpg", width: width, height: height)])
    }
  }

  @Test func `what is no picture is named, and leaves no file`() throws {
    defer { remove() }
    try Data("hello".utf8).write(to: folder.appending(path: "notes.jpg"))
    let outcome = prediction(task("notes.jpg")) { _ in [] }
    #expect(outcome.failure?.contains("notes.jpg: not a PNG or JPEG picture") == true)
    #expect(prediction(task("none.png")) { _ in [] }.failure?.contains("no such file") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.jpg"])
  }

  @Test func `results replace those of an earlier time`() throws {
    defer { remove() }
    let task = try picture(height: 8, width: 8)
    for score: Float in [0.9, 0.7] {
      #expect(prediction(task) { _ in [found(Box(1, 1, 5, 5), score)] }.failure == nil)
      #expect(try json(task).annotations.map(\.score) == [score])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
  }

  @Test(arguments: ["a.png.ssd.png", "a.png.ssd.json"])
  func `where one file cannot be written, there is none of both`(blocked: String) throws {
    defer { remove() }
    let task = try picture(height: 8, width: 8)
    let obstacle = folder.appending(path: "\(blocked)/inside")
    try FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: true)
    let outcome = prediction(task) { _ in [] }
    #expect(outcome.failure?.contains("\(blocked): cannot be written") == true)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["a.png", blocked])
  }
}
