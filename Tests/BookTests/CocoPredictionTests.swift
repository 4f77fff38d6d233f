import Detection
import Foundation
import Images
import Testing

@testable import Book

struct CocoPredictionTests {
  private let picture = Image(height: 2, width: 4, pixels: Array(repeating: 0, count: 24))

  private func text(_ objects: [DetectedObject]) throws -> String {
    let prediction = CocoPrediction(
      of: objects, in: picture, fileName: "a \"b\".jpg", classNames: ["pear"])
    return String(decoding: try prediction.json, as: UTF8.self)
  }

  private let frame =
    #""categories":[{"id":1,"name":"pear"}],"#
    + #""images":[{"file_name":"a \"b\".jpg","height":2,"id":1,"width":4}]}"#

  @Test func `a picture without objects has a file, too`() throws {
    #expect(try text([]) == #"{"annotations":[],"# + frame)
  }

  @Test func `a box is its corner, width and height`() throws {
    let box = ScoredBox(box: Box(1, 0, 3.5, 2), classIndex: 0, score: 0.75)
    #expect(
      try text([DetectedObject(box)]) == #"{"annotations":[{"area":5,"bbox":[1,0,2.5,2],"#
        + #""category_id":1,"id":1,"image_id":1,"iscrowd":0,"score":0.75}],"# + frame)
  }

  @Test func `a shape is COCO's compressed runs`() throws {
    let box = ScoredBox(box: Box(1, 0, 3, 2), classIndex: 0, score: 0.75)
    let object = DetectedObject(box, shape: [1, 1, 1, 1])
    let runs = RunLengths(try #require(object.mask(height: 2, width: 4)))
    #expect(runs.area > 0)
    #expect(
      try text([object])
        == #"{"annotations":[{"area":\#(runs.area),"bbox":[1,0,2,2],"category_id":1,"id":1,"#
        + #""image_id":1,"iscrowd":0,"score":0.75,"segmentation":{"counts":"\#(runs.compressed)","#
        + #""size":[2,4]}}],"# + frame)
  }
}
