public import Layers
public import Tensors

/// The features that all detectors of the R-CNN family in this book read: a small residual network.
///
/// `[N, 3, H, W]`, pixels from 0 to 255 → `[N, 128, H / 8, W / 8]`, rounded up. A cell of the map sees
/// 79 × 79 pixels of the picture.
///
/// Source: He et al., "Deep residual learning for image recognition", CVPR 2016, made smaller.
public final class Backbone: Layer {
  /// Pixels of the picture from one cell of the map to the next.
  public static let stride = 8
  /// Features of a cell.
  public static let channels = 128
  /// Features of a cell of the map halfway.
  public static let middleChannels = 64

  /// The first convolution, which halves rows and columns.
  public let stem: Sequential
  /// The residual blocks, of which two more halve them.
  public let blocks: Sequential

  /// A backbone with fresh weights.
  public init(initializer: Initializer = .he, using generator: inout SplitMix64) {
    stem = Sequential(
      Conv2D(
        3, 32, kernel: 3, stride: 2, padding: 1, hasBias: false, initializer: initializer,
        using: &generator),
      BatchNorm2D(32), ReLU())
    blocks = Sequential(
      ResidualBlock(32, 32, initializer: initializer, using: &generator),
      ResidualBlock(
        32, Backbone.middleChannels, stride: 2, initializer: initializer, using: &generator),
      ResidualBlock(
        Backbone.middleChannels, 128, stride: 2, initializer: initializer, using: &generator),
      ResidualBlock(128, Backbone.channels, initializer: initializer, using: &generator))
  }

  /// The feature map of `pictures`.
  public func callAsFunction(_ pictures: Tensor) -> Tensor { maps(pictures).last }

  /// The map halfway, `[N, 64, H / 4, W / 4]`, whose cells are half as wide, and the last one.
  public func maps(_ pictures: Tensor) -> (middle: Tensor, last: Tensor) {
    // About zero, with a spread of about one.
    let first = stem((pictures - 127) * (1 / 64))
    let middle = blocks.layers[..<2].reduce(first) { map, block in block(map) }
    return (middle, blocks.layers[2...].reduce(middle) { map, block in block(map) })
  }
}
