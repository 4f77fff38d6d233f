/// A ground truth: a box and the class of the object in it.
public struct LabeledBox: Hashable, Sendable, Codable {
  /// Where the object is.
  public var box: Box
  /// What it is, counted from 0; −1 marks a padding row that holds no object.
  public var classIndex: Int

  /// Makes a ground truth.
  public init(box: Box, classIndex: Int) {
    self.box = box
    self.classIndex = classIndex
  }
}

/// A detection: a box, the class a detector gave it, and how sure the detector is.
public struct ScoredBox: Hashable, Sendable, Codable {
  /// Where the object is said to be.
  public var box: Box
  /// What it is said to be, counted from 0.
  public var classIndex: Int
  /// The detector's confidence, 0 to 1 where it is a probability.
  public var score: Float

  /// Makes a detection.
  public init(box: Box, classIndex: Int, score: Float) {
    self.box = box
    self.classIndex = classIndex
    self.score = score
  }
}
