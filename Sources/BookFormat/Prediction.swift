/// A picture that a chapter is to look at (`--predict`), and where what it finds goes.
package struct PictureTask: Codable, Equatable, Sendable {
  /// The picture's file, an absolute path, as are the others.
  package var picture: String
  /// The picture with what was found drawn on it, a PNG.
  package var drawing: String
  /// What was found, JSON in COCO's form.
  package var detections: String

  package init(picture: String, drawing: String, detections: String) {
    self.picture = picture
    self.drawing = drawing
    self.detections = detections
  }
}

/// What became of a picture.
package struct PictureOutcome: Codable, Equatable, Sendable {
  package var task: PictureTask
  /// The objects that are drawn, such as `banana 0.97`, the surest first.
  package var objects: [String]
  /// Why there is no result; nil where there is one.
  package var failure: String?

  package init(_ task: PictureTask, objects: [String] = [], failure: String? = nil) {
    self.task = task
    self.objects = objects
    self.failure = failure
  }
}
