public import Tensors

/// A fully connected layer: each output is a weighted sum of all inputs, plus a bias.
///
/// `[…, inputs]` → `[…, outputs]`
public final class Linear: Layer, CustomStringConvertible {
  /// The weights, `[outputs, inputs]`.
  public let weight: Parameter
  /// `[outputs]`, or nil.
  public let bias: Parameter?

  /// A layer with fresh weights drawn by `initializer`, and bias zero unless the initializer draws
  /// biases too.
  public init(
    _ inputs: Int, _ outputs: Int, hasBias: Bool = true, initializer: Initializer = .he,
    using generator: inout SplitMix64
  ) {
    weight = Parameter(initializer.weights([outputs, inputs], using: &generator))
    bias =
      hasBias
      ? Parameter(initializer.biases(outputs, fanIn: inputs, using: &generator)) : nil
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    watched(linear(input, weight.value, bias: bias?.value))
  }

  /// The layer as its own source would write it.
  public var description: String { "Linear(\(weight.shape[1]) → \(weight.shape[0]))" }
}
