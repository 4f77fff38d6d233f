public import Tensors

// What the two stages of a detector say about a batch, picture by picture.

extension ProposalFilter {
  /// The proposals of each picture of a batch.
  ///
  /// ## Shapes
  /// - `logits`: `[N, A]`; `offsets`: `[N, A, 4]`
  ///
  /// - Parameters:
  ///   - anchors: The A anchors that all pictures share.
  ///   - height: The pictures' height, in the unit of the anchors.
  ///   - width: Their width.
  public func proposals(
    anchors: [Box], logits: Tensor, offsets: Tensor, height: Float, width: Float
  ) -> [[Proposal]] {
    require(
      logits.rank == 2 && logits.shape[1] == anchors.count && offsets.shape == logits.shape + [4],
      "proposals: logits \(logits.shape) and offsets \(offsets.shape) for \(anchors.count) anchors; "
        + "expected [N, A] and [N, A, 4]")
    let (logitValues, offsetValues) = (logits.scalars, offsets.scalars)
    return (0..<logits.shape[0]).map { picture in
      let own = picture * anchors.count..<(picture + 1) * anchors.count
      return self(
        anchors: anchors, logits: logitValues[own],
        offsets: offsetValues[4 * own.lowerBound..<4 * own.upperBound], height: height,
        width: width)
    }
  }
}

/// The detections of each picture of a batch, the surest first.
///
/// ## Shapes
/// K regions in all, of C classes.
/// - `logits`: `[K, C + 1]`, background first, before softmax; `offsets`: `[K, C, 4]`
///
/// - Parameters:
///   - regions: The regions of each picture, in pixels.
///   - height: The pictures' height, in pixels.
///   - width: Their width.
///   - options: Thresholds, limits and coder.
public func regionDetections(
  regions: [[Box]], logits: Tensor, offsets: Tensor, height: Float, width: Float,
  options: RegionDetectionOptions = RegionDetectionOptions()
) -> [[ScoredBox]] {
  let count = regions.reduce(0) { $0 + $1.count }
  require(
    logits.rank == 2 && offsets.shape == [count, logits.shape[1] - 1, 4]
      && logits.shape[0] == count,
    "regionDetections: logits \(logits.shape) and offsets \(offsets.shape) for \(count) regions; "
      + "expected [K, C + 1] and [K, C, 4]")
  let (probabilities, offsetValues) = (logits.softmax.scalars, offsets.scalars)
  let (outcomes, numbers) = (logits.shape[1], 4 * (logits.shape[1] - 1))
  var last = 0
  return regions.map { boxes in
    let own = last..<last + boxes.count
    last = own.upperBound
    return regionDetections(
      regions: boxes,
      probabilities: probabilities[outcomes * own.lowerBound..<outcomes * own.upperBound],
      offsets: offsetValues[numbers * own.lowerBound..<numbers * own.upperBound], height: height,
      width: width, options: options)
  }
}

extension Tensor {
  /// Offsets as rows, `[K, 4]`.
  public init(_ offsets: [BoxOffset]) {
    self.init(
      offsets.flatMap { [$0.x, $0.y, $0.width, $0.height] }, shape: [offsets.count, 4])
  }
}
