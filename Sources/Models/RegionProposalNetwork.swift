public import Layers
public import Tensors

/// Says for every anchor of a feature map how likely it holds an object, and where that object would be.
///
/// ## Shapes
/// `[N, channels, H, W]` → `[N, A]` and `[N, A, 4]` with A = H · W · `anchorsPerCell`, in the order of
/// `AnchorGenerator`: row by row, the anchors of a cell together.
///
/// Source: Ren et al., "Faster R-CNN", NIPS 2015, section 3.1.
public final class RegionProposalNetwork: Layer {
  /// Looks at a cell and its eight neighbours.
  public let hidden: Conv2D
  /// One number for each anchor of a cell.
  public let objectness: Conv2D
  /// Four numbers for each anchor of a cell.
  public let offsets: Conv2D

  /// A network with fresh weights whose first predictions are near zero.
  public init(channels: Int, anchorsPerCell: Int, using generator: inout SplitMix64) {
    hidden = Conv2D(channels, channels, kernel: 3, padding: 1, using: &generator)
    objectness = Conv2D(
      channels, anchorsPerCell, kernel: 1, initializer: .normal(0.01), using: &generator)
    offsets = Conv2D(
      channels, 4 * anchorsPerCell, kernel: 1, initializer: .normal(0.01), using: &generator)
  }

  /// The logits alone.
  public func callAsFunction(_ map: Tensor) -> Tensor { predictions(map).logits }

  /// Logits and offsets of every anchor.
  public func predictions(_ map: Tensor) -> (logits: Tensor, offsets: Tensor) {
    let shared = hidden(map).relu
    let count = map.shape[0]
    return (
      objectness(shared).permuted([0, 2, 3, 1]).reshaped([count, -1]),
      offsets(shared).permuted([0, 2, 3, 1]).reshaped([count, -1, 4])
    )
  }
}
