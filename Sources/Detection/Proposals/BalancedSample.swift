public import Tensors

/// Which of a picture's anchors or proposals take part in a loss.
///
/// Nearly all of them are background; without a sample of it, the few that hold an object would not be
/// heard.
public struct BalancedSample: Hashable, Sendable {
  /// Indices of those that hold an object, rising.
  public let positives: [Int]
  /// Indices of background, rising.
  public let negatives: [Int]

  /// Draws `count` of `matches` at random, of which at most the share `positiveShare` hold an object.
  ///
  /// Where there are fewer objects than that, background takes their places; where there is less of
  /// both, the sample is smaller. Ignored matches are never drawn.
  ///
  /// Source: Ren and others, "Faster R-CNN", NIPS 2015, section 3.1.3, and Girshick, "Fast R-CNN", ICCV
  /// 2015, section 2.3; numbers rounded as in torchvision.
  public init(
    of matches: [AnchorMatch], count: Int, positiveShare: Float, using generator: inout SplitMix64
  ) {
    require(count >= 0, "BalancedSample: count is \(count); it cannot be negative")
    require(
      0...1 ~= positiveShare, "BalancedSample: positiveShare is \(positiveShare); expected 0 to 1")
    let objects = matches.indices.filter { matches[$0].groundTruth != nil }
    let backgrounds = matches.indices.filter { matches[$0] == .background }
    positives = objects.drawn(Int(Float(count) * positiveShare), using: &generator)
    negatives = backgrounds.drawn(count - positives.count, using: &generator)
  }
}

extension [Int] {
  /// At most `count` of the elements, in their order, every choice equally likely.
  fileprivate func drawn(_ count: Int, using generator: inout SplitMix64) -> [Int] {
    count < self.count ? shuffled(using: &generator).prefix(count).sorted() : self
  }
}
