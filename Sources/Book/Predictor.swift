import BookFormat
public import Detection
import Foundation
public import Tensors

/// Says how this chapter's detector finds objects in a picture of the reader's own
/// (`swift run chapter ssd --predict picture.png`).
///
/// It stands behind the first cell that has both the trained weights and the function that looks. In
/// a prediction the program runs from the top to here: checkpoints restore what they keep, figures are
/// not drawn and numbers not recorded. Then the pictures are looked at, and the program ends, so that
/// evaluations and experiments, which stand further down, cost nothing. In all other runs nothing
/// happens here.
///
/// - Parameters:
///   - classNames: what the classes are called, by class index.
///   - height: rows of the pictures that the network was trained on.
///   - width: their columns. A picture of another shape is shown with bars of gray, not stretched.
///   - detect: takes the pixels, `[1, 3, height, width]`, 0…255, and returns boxes in those pixels.
public func predictor(
  classNames: [String], height: Int, width: Int, detect: (Tensor) -> [ScoredBox]
) {
  predictor(classNames: classNames, height: height, width: width) { pixels -> [DetectedObject] in
    detect(pixels).map { DetectedObject($0) }
  }
}

/// Says how this chapter's detector finds objects and their shapes; see
/// `predictor(classNames:height:width:detect:)`.
public func predictor(
  classNames: [String], height: Int, width: Int, detect: (Tensor) -> [DetectedObject]
) {
  let session = Session.current
  guard let tasks = session.run.pictures else { return }
  let prediction = PicturePrediction(classNames: classNames, height: height, width: width)
  let bar = ProgressBar(label: "pictures", total: tasks.count)
  for task in tasks {
    let outcome = prediction(task, detect: detect)
    _ = session.ask(.predicted(outcome))
    if tasks.count > 1 { bar.advance() }
  }
  exit(0)
}

/// An object that a detector has found in a picture.
public struct DetectedObject: Sendable {
  /// Where and what it is, in pixels of the picture that the network saw.
  public var found: ScoredBox
  /// How likely each cell of a square grid over the box belongs to the object, row after row; nil
  /// where the detector does not say.
  public var shape: [Float]?
  /// The box that the shape covers: whole where `found` is cut at a picture's border.
  var shapeBox: Box

  /// An object with or without a shape.
  public init(_ found: ScoredBox, shape: [Float]? = nil) {
    self.found = found
    self.shape = shape
    shapeBox = found.box
  }
}
