public import Detection
public import Images

/// A picture and the objects in it.
public struct LabeledPicture: Sendable {
  /// The picture.
  public let image: Image
  /// The objects, in half-open **pixels** of the picture.
  public let pixelLabels: [LabeledBox]
  /// The pixels of each object that are seen; nil where only boxes are known.
  public let masks: [Mask]?
}
