public import Tensors

/// A transposed convolution over rows and columns: each cell becomes a window of a larger map.
///
/// `[N, inputs, H, W]` → `[N, outputs, H', W']`; extents as `Tensors.transposedConvolution` says.
/// Kernel 2 with stride 2 doubles both sides.
public final class TransposedConv2D: Layer, CustomStringConvertible {
  /// The weights, `[inputs, outputs, rows, columns]`.
  public let weight: Parameter
  /// `[outputs]`, or nil.
  public let bias: Parameter?
  /// Cells between the windows of neighbours.
  public let stride: Int
  /// Cells cut off on each side of the result.
  public let padding: Int

  /// A square transposed convolution with fresh weights drawn by `initializer`, for the fan-in of
  /// the convolution that it reverses, as in PyTorch; bias zero unless the initializer draws biases.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    hasBias: Bool = true, initializer: Initializer = .he, using generator: inout SplitMix64
  ) {
    weight = Parameter(
      initializer.weights([inputs, outputs, kernel, kernel], using: &generator))
    bias =
      hasBias
      ? Parameter(
        initializer.biases(outputs, fanIn: outputs * kernel * kernel, using: &generator)) : nil
    (self.stride, self.padding) = (stride, padding)
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let result = transposedConvolution(
      input, weight.value, bias: bias?.value, stride: [stride, stride],
      padding: [padding, padding])
    return watched(result)
  }

  /// The layer as its own source would write it.
  public var description: String {
    let shape = weight.shape
    let extras =
      (stride == 1 ? "" : ", stride \(stride)") + (padding == 0 ? "" : ", padding \(padding)")
    return "TransposedConv2D(\(shape[0]) → \(shape[1]), \(shape[2])×\(shape[3])\(extras))"
  }
}
