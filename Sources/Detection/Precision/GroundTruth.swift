/// An object that detections are measured against: its box or its mask, its class, and how it counts.
public struct GroundTruth<Shape: DetectableShape>: Sendable {
  /// How an object counts.
  public enum Standing: Hashable, Sendable, Codable {
    /// It is to be found.
    case counted
    /// Finding it is neither right nor wrong: PASCAL VOC's *difficult* objects.
    case ignored
    /// Many objects marked as one: COCO's *iscrowd*. Any number of detections may lie on it, and are
    /// neither right nor wrong.
    case crowd
  }

  /// Where the object is.
  public var shape: Shape
  /// What it is, counted from 0; −1 marks a padding row that holds no object.
  public var classIndex: Int
  /// How it counts.
  public var standing: Standing
  /// Its size, by which it is small, medium or large.
  ///
  /// COCO takes the area of the mask even where boxes are compared.
  public var area: Double

  /// Makes an object; `area` nil takes that of the shape.
  public init(
    shape: Shape, classIndex: Int, standing: Standing = .counted, area: Double? = nil
  ) {
    self.shape = shape
    self.classIndex = classIndex
    self.standing = standing
    self.area = area ?? shape.shapeArea
  }
}

extension GroundTruth<Box> {
  /// Makes an object to be found from a labelled box.
  public init(_ label: LabeledBox) {
    self.init(shape: label.box, classIndex: label.classIndex)
  }
}

/// A detection: the box or the mask, the class a detector gave it, and how sure the detector is.
public struct ScoredShape<Shape: DetectableShape>: Sendable {
  /// Where the object is said to be.
  public var shape: Shape
  /// What it is said to be, counted from 0.
  public var classIndex: Int
  /// The detector's confidence.
  public var score: Float

  /// Makes a detection.
  public init(shape: Shape, classIndex: Int, score: Float) {
    self.shape = shape
    self.classIndex = classIndex
    self.score = score
  }
}

extension ScoredShape<Box> {
  /// Makes a detection from a scored box.
  public init(_ found: ScoredBox) {
    self.init(shape: found.box, classIndex: found.classIndex, score: found.score)
  }
}
