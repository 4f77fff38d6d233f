public import Tensors

/// Twice convolution and normalisation, added to the input: the layers learn what to change.
///
/// `[N, inputs, H, W]` → `[N, outputs, H / stride, W / stride]`, rounded up. Where the shape
/// changes, a 1×1 convolution and a normalisation take the input along.
///
/// Source: He et al., "Deep residual learning for image recognition", CVPR 2016, §3.3, figure 5
/// left.
public final class ResidualBlock: Layer, CustomStringConvertible {
  /// Convolution, normalisation, ReLU, convolution, normalisation.
  public let body: Sequential
  /// The way around `body`; nil where the input itself is added.
  public let shortcut: Sequential?

  /// A block whose first convolution has `stride`.
  public init(
    _ inputs: Int, _ outputs: Int, stride: Int = 1, initializer: Initializer = .he,
    using generator: inout SplitMix64
  ) {
    body = Sequential(
      Conv2D(
        inputs, outputs, kernel: 3, stride: stride, padding: 1, hasBias: false,
        initializer: initializer, using: &generator),
      BatchNorm2D(outputs), ReLU(),
      Conv2D(
        outputs, outputs, kernel: 3, padding: 1, hasBias: false, initializer: initializer,
        using: &generator),
      BatchNorm2D(outputs))
    shortcut =
      stride == 1 && inputs == outputs
      ? nil
      : Sequential(
        Conv2D(
          inputs, outputs, kernel: 1, stride: stride, hasBias: false, initializer: initializer,
          using: &generator),
        BatchNorm2D(outputs))
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    (body(input) + (shortcut.map { $0(input) } ?? input)).relu
  }

  /// The layer as its own source would write it.
  public var description: String {
    "ResidualBlock(\n  body: \(indented(body))\n"
      + (shortcut.map { "  shortcut: \(indented($0))\n" } ?? "") + ")"
  }
}
