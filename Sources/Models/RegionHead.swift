public import Layers
public import Tensors

/// Says of every region what it shows, and where that object would be, for each class.
///
/// ## Shapes
/// `[K, channels, cells, cells]` → `[K, classes + 1]`, background first, and `[K, classes, 4]`.
///
/// Source: Girshick, "Fast R-CNN", ICCV 2015, section 2.1, with fewer hidden numbers.
public final class RegionHead: Layer {
  /// From the cells of a region to hidden numbers.
  public let first: Linear
  /// From hidden numbers to as many.
  public let second: Linear
  /// One number for background and for each class.
  public let scores: Linear
  /// Four numbers for each class.
  public let offsets: Linear

  private let classes: Int

  /// A head with fresh weights whose first predictions are near zero.
  public init(
    channels: Int, cells: Int = 7, hidden: Int = 256, classes: Int,
    using generator: inout SplitMix64
  ) {
    self.classes = classes
    first = Linear(channels * cells * cells, hidden, using: &generator)
    second = Linear(hidden, hidden, using: &generator)
    scores = Linear(hidden, classes + 1, initializer: .normal(0.01), using: &generator)
    offsets = Linear(hidden, 4 * classes, initializer: .normal(0.001), using: &generator)
  }

  /// The logits alone.
  public func callAsFunction(_ regions: Tensor) -> Tensor { predictions(regions).logits }

  /// Logits and offsets of every region.
  public func predictions(_ regions: Tensor) -> (logits: Tensor, offsets: Tensor) {
    let count = regions.shape[0]
    let cells = regions.reshaped([count, first.weight.shape[1]])
    let features = second(first(cells).relu).relu
    return (scores(features), offsets(features).reshaped([count, classes, 4]))
  }
}
