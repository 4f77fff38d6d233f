public import Tensors

/// The largest value under each window of rows and columns.
public final class MaxPool2D: Layer, CustomStringConvertible {
  private let window: Window

  /// Square windows; they touch without overlap unless `stride` says otherwise.
  public init(_ kernel: Int, stride: Int? = nil, padding: Int = 0) {
    window = Window(kernel, stride: stride ?? kernel, padding: padding)
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor { input.maxPooled(window) }

  /// The layer as its own source would write it.
  public var description: String {
    "MaxPool2D(\(window.kernel[0]), stride \(window.stride[0]))"
  }
}

/// The largest value of each channel: `[N, C, H, W]` → `[N, C, 1, 1]`.
public final class GlobalMaxPool2D: Layer, CustomStringConvertible {
  /// A pooling of whole maps; it holds nothing.
  public init() {}

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let extents = Array(input.shape.suffix(2))
    return input.maxPooled(Window(kernel: extents, stride: [1, 1], padding: [0, 0]))
  }

  /// The layer as its own source would write it.
  public var description: String { "GlobalMaxPool2D()" }
}
