import Tensors

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
  let total = labels.count * count
  let assignment = AnchorAssignment(anchors: anchors, overlapThreshold: overlapThreshold)
  var mask: [Float] = []
  var classes: [Int32] = []
  let offsets = [Float](unsafeUninitializedCapacity: 4 * total) { offsets, offsetCount in
    mask = [Float](unsafeUninitializedCapacity: 4 * total) { mask, maskCount in
      classes = [Int32](unsafeUninitializedCapacity: total) { classes, classCount in
        // A thread a range of pictures, each with buffers of its own.
        inParallel(labels.count, smallest: 2) { pictures in
          var assignment = assignment
          for picture in pictures {
            assignment.assign(labels[picture])
            let anchorRows = picture * count..<(picture + 1) * count
            let numbers = 4 * anchorRows.lowerBound..<4 * anchorRows.upperBound
            var targets = PictureTargets(
              offsets: .init(rebasing: offsets[numbers]), mask: .init(rebasing: mask[numbers]),
              classes: .init(rebasing: classes[anchorRows]))
            targets.write(assignment.groundTruthOfAnchor, labels[picture], anchors, coder)
          }
        }
        classCount = total
      }
      maskCount = 4 * total
    }
    offsetCount = 4 * total
  }
  return MultiboxTargets(
    pictureCount: labels.count, anchorCount: count, offsets: offsets, mask: mask, classes: classes)
}

/// Where the targets of one picture go, uninitialized at first.
private struct PictureTargets {
  let offsets: UnsafeMutableBufferPointer<Float>
  let mask: UnsafeMutableBufferPointer<Float>
  let classes: UnsafeMutableBufferPointer<Int32>

  /// Writes every element; `groundTruthOfAnchor` holds −1 for background.
  mutating func write(
    _ groundTruthOfAnchor: [Int32], _ groundTruths: [LabeledBox], _ anchors: [Box],
    _ coder: OffsetCoder
  ) {
    offsets.initialize(repeating: 0)
    mask.initialize(repeating: 0)
    classes.initialize(repeating: 0)
    for anchor in anchors.indices where groundTruthOfAnchor[anchor] >= 0 {
      let truth = groundTruths[Int(groundTruthOfAnchor[anchor])]
      let offset = coder.offset(of: truth.box, from: anchors[anchor])
      classes[anchor] = Int32(truth.classIndex + 1)
      let first = 4 * anchor
      offsets[first] = offset.x
      offsets[first + 1] = offset.y
      offsets[first + 2] = offset.width
      offsets[first + 3] = offset.height
      mask[first..<first + 4].update(repeating: 1)
    }
  }
}
