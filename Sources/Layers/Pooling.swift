public import Tensors

/// The largest value under each window of rows and columns.
public final class MaxPool2D: Layer, CustomStringConvertible {
  private let window: Window

  /// Square windows; they touch without overlap unless `stride` says otherwise.
  public init(_ kernel: Int, stride: Int? = nil, padding: Int = 0) {
    window = Window(kernel, stride: stride ?? kernel, padding: padding)
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor { watched(input.maxPooled(window)) }

  /// The layer as its own source would write it.
  public var description: String { "MaxPool2D(\(window.kernel[0]), stride \(window.stride[0]))" }
}

/// The mean under each window of rows and columns; padding counts as zeros.
public final class AveragePool2D: Layer, CustomStringConvertible {
  private let window: Window

  /// Square windows; they touch without overlap unless `stride` says otherwise.
  public init(_ kernel: Int, stride: Int? = nil, padding: Int = 0) {
    window = Window(kernel, stride: stride ?? kernel, padding: padding)
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor { watched(input.averagePooled(window)) }

  /// The layer as its own source would write it.
  public var description: String {
    "AveragePool2D(\(window.kernel[0]), stride \(window.stride[0]))"
  }
}

/// The largest value of each channel: `[N, C, H, W]` → `[N, C, 1, 1]`.
public final class GlobalMaxPool2D: Layer, CustomStringConvertible {
  /// A pooling of whole maps; it holds nothing.
  public init() {}

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    watched(input.adaptiveMaxPooled(rows: 1, columns: 1))
  }

  /// The layer as its own source would write it.
  public var description: String { "GlobalMaxPool2D()" }
}

/// The mean of each of rows × columns parts of the map, whatever its extents:
/// `[N, C, H, W]` → `[N, C, rows, columns]`; one part, the mean of each channel, unless told.
public final class AdaptiveAveragePool2D: Layer, CustomStringConvertible {
  private let (rows, columns): (Int, Int)

  /// A pooling into rows × columns parts.
  public init(rows: Int = 1, columns: Int = 1) { (self.rows, self.columns) = (rows, columns) }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    watched(input.adaptiveAveragePooled(rows: rows, columns: columns))
  }

  /// The layer as its own source would write it.
  public var description: String { "AdaptiveAveragePool2D(\(rows)×\(columns))" }
}
