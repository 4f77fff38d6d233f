/// What a detector with anchors is trained towards, for a batch of N pictures with A anchors each.
public struct MultiboxTargets: Sendable {
  /// Pictures in the batch, N.
  public let pictureCount: Int
  /// Anchors of each picture, A.
  public let anchorCount: Int
  /// Offsets to the assigned ground truths, `[N, A, 4]` in row-major order; 0 for background anchors.
  public let offsets: [Float]
  /// 1 for the four offsets of an anchor with an object, 0 for those of background, `[N, A, 4]`.
  public let mask: [Float]
  /// The class to predict, `[N, A]`: 0 for background, else the ground truth's class index plus 1.
  public let classes: [Int32]

  /// The share of wrong classes that predicting background everywhere would get.
  ///
  /// A class error means something only beside this number: few anchors hold an object.
  public var classErrorOfBackground: Double {
    Double(classes.count { $0 != 0 }) / Double(classes.count)
  }

  /// The mean absolute error, over all 4·N·A offsets, that predicting zero everywhere would get.
  public var boxErrorOfZeroOffsets: Double {
    offsets.reduce(0) { $0 + Double(abs($1)) } / Double(offsets.count)
  }
}

/// Assigns anchors to the ground truths of a batch of pictures, and encodes what to predict.
///
/// Anchors are assigned by ``assignedGroundTruths(anchors:groundTruths:overlapThreshold:)``, picture by
/// picture. Pictures may have different numbers of ground truths, none included; padding rows (class
/// −1) are not objects, whereas `multibox_target` of *Dive into Deep Learning* gives each an anchor.
///
/// - Parameters:
///   - anchors: The anchors all pictures share, in the unit of the labels.
///   - labels: The ground truths of each picture.
///   - overlapThreshold: The intersection over union from which on an anchor is an object; above 0.
///   - coder: How an offset is written.
public func multiboxTargets(
  anchors: [Box], labels: [[LabeledBox]], overlapThreshold: Float = 0.5,
  coder: OffsetCoder = .multibox
) -> MultiboxTargets {
  let count = anchors.count
  var offsets = [Float](repeating: 0, count: labels.count * count * 4)
  var mask = [Float](repeating: 0, count: labels.count * count * 4)
  var classes = [Int32](repeating: 0, count: labels.count * count)
  var assignment = AnchorAssignment(anchors: anchors, overlapThreshold: overlapThreshold)
  for (picture, groundTruths) in labels.enumerated() {
    assignment.assign(groundTruths)
    for (anchor, assigned) in assignment.groundTruthOfAnchor.enumerated() where assigned >= 0 {
      let truth = groundTruths[Int(assigned)]
      let offset = coder.offset(of: truth.box, from: anchors[anchor])
      let row = picture * count + anchor
      classes[row] = Int32(truth.classIndex + 1)
      offsets[4 * row] = offset.x
      offsets[4 * row + 1] = offset.y
      offsets[4 * row + 2] = offset.width
      offsets[4 * row + 3] = offset.height
      for part in 4 * row..<4 * row + 4 { mask[part] = 1 }
    }
  }
  return MultiboxTargets(
    pictureCount: labels.count, anchorCount: count, offsets: offsets, mask: mask, classes: classes)
}
