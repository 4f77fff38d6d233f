import BookFormat
import Detection
import Foundation
import Images

/// What was found in a picture as a file in COCO's form: the picture, the classes, and each object
/// with its score.
///
/// Source: cocodataset.org, “Data format”; ids count from 1, boxes are x, y, width and height.
struct CocoPrediction: Codable, Equatable {
  struct Picture: Codable, Equatable {
    var id = 1
    var file_name: String
    var width: Int
    var height: Int
  }

  struct Category: Codable, Equatable {
    var id: Int
    var name: String
  }

  struct Annotation: Codable, Equatable {
    var id: Int
    var image_id = 1
    var category_id: Int
    var bbox: [Float]
    var area: Float
    var iscrowd = 0
    var score: Float
    var segmentation: RunLengths?
  }

  var images: [Picture]
  var categories: [Category]
  var annotations: [Annotation]

  /// Objects whose boxes are in pixels of the picture.
  init(of objects: [DetectedObject], in picture: Image, fileName: String, classNames: [String]) {
    images = [Picture(file_name: fileName, width: picture.width, height: picture.height)]
    categories = classNames.enumerated().map { Category(id: $0 + 1, name: $1) }
    annotations = objects.enumerated().map { number, object in
      let box = object.found.box
      let runs = object.mask(height: picture.height, width: picture.width).map(RunLengths.init)
      return Annotation(
        id: number + 1, category_id: object.found.classIndex + 1,
        bbox: [box.x0, box.y0, box.width, box.height],
        area: runs.map { Float($0.area) } ?? box.area, score: object.found.score,
        segmentation: runs)
    }
  }

  /// The file's content.
  var json: Data {
    get throws { try bookEncoder().encode(self) }
  }
}
