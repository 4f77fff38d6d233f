public import Tensors

/// A convolution over rows and columns with trained weights and bias.
///
/// `[N, inputs, H, W]` → `[N, outputs, H', W']`; extents as `Tensors.Window` says.
public final class Conv2D: Layer, CustomStringConvertible {
  /// The weights, `[outputs, inputs / groups, rows, columns]`.
  public let weight: Parameter
  /// `[outputs]`, or nil where a normalisation that follows would undo it.
  public let bias: Parameter?
  /// Cells between neighbouring windows.
  public let stride: Int
  /// Cells of zeros around the map.
  public let padding: Int
  /// Distance between neighbouring taps.
  public let dilation: Int
  /// Parts into which inputs and outputs are split, each output seeing its part only.
  public let groups: Int

  /// A square convolution with fresh weights drawn by `initializer`, and bias zero unless the
  /// initializer draws biases too.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, hasBias: Bool = true, initializer: Initializer = .he,
    using generator: inout SplitMix64
  ) {
    require(
      groups > 0 && inputs % groups == 0 && outputs % groups == 0,
      "Conv2D: \(groups) groups do not divide \(inputs) inputs and \(outputs) outputs")
    let seen = inputs / groups
    weight = Parameter(
      initializer.weights([outputs, seen, kernel, kernel], using: &generator))
    bias =
      hasBias
      ? Parameter(
        initializer.biases(outputs, fanIn: seen * kernel * kernel, using: &generator)) : nil
    (self.stride, self.padding, self.dilation) = (stride, padding, dilation)
    self.groups = groups
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let result = convolution(
      input, weight.value, bias: bias?.value, stride: [stride, stride],
      padding: [padding, padding], dilation: [dilation, dilation], groups: groups)
    return watched(result)
  }

  /// The layer as its own source would write it.
  public var description: String {
    let shape = weight.shape
    let extras =
      (stride == 1 ? "" : ", stride \(stride)") + (padding == 0 ? "" : ", padding \(padding)")
      + (dilation == 1 ? "" : ", dilation \(dilation)")
      + (groups == 1 ? "" : ", groups \(groups)")
    return "Conv2D(\(shape[1] * groups) → \(shape[0]), \(shape[2])×\(shape[3])\(extras))"
  }
}
