public import Tensors

/// All axes behind the first as one: `[N, …]` → `[N, rest]`.
public final class Flatten: Layer, CustomStringConvertible {
  /// A change of shape; it holds nothing.
  public init() {}

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    watched(input.reshaped([input.shape[0], input.shape.dropFirst().reduce(1, *)]))
  }

  /// The layer as its own source would write it.
  public var description: String { "Flatten()" }
}

/// Maps `scale` times as high and wide.
public final class Upsample2D: Layer, CustomStringConvertible {
  private let scale: Int
  private let interpolation: Interpolation

  /// A magnification by a whole number.
  public init(_ scale: Int, _ interpolation: Interpolation = .nearest) {
    (self.scale, self.interpolation) = (scale, interpolation)
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    require(input.rank == 4, "Upsample2D: the input \(input.shape) must be [N, C, H, W]")
    return watched(
      input.resized(
        rows: input.shape[2] * scale, columns: input.shape[3] * scale, interpolation))
  }

  /// The layer as its own source would write it.
  public var description: String { "Upsample2D(\(scale), \(interpolation))" }
}
