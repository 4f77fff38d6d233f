import COneDNN

/// The window of a convolution or pooling over rows and columns.
///
/// Units: cells of the input map. Output extent = (input + 2·padding − dilation·(kernel − 1) − 1)
/// / stride + 1, rounded down.
public struct Window: Hashable, Sendable {
  /// Rows and columns the window covers.
  public var kernel: [Int]
  /// Cells between neighbouring windows.
  public var stride: [Int]
  /// Cells of border added on each side.
  public var padding: [Int]
  /// Distance between neighbouring taps; 1 = none left out.
  public var dilation: [Int]

  /// A square window.
  public init(_ kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1) {
    self.init(
      kernel: [kernel, kernel], stride: [stride, stride], padding: [padding, padding],
      dilation: [dilation, dilation])
  }

  /// A window with its own numbers for rows and columns.
  public init(kernel: [Int], stride: [Int], padding: [Int], dilation: [Int] = [1, 1]) {
    require(
      [kernel, stride, padding, dilation].allSatisfy { $0.count == 2 },
      "Window: give each of kernel, stride, padding and dilation as [rows, columns]")
    require(
      (kernel + stride + dilation).allSatisfy { $0 > 0 } && padding.allSatisfy { $0 >= 0 },
      "Window: kernel, stride and dilation must be at least 1 and padding at least 0")
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }

  /// Rows and columns of the map that comes out of a map of `rows` and `columns`.
  public func outputExtents(rows: Int, columns: Int) -> [Int] {
    zip([rows, columns], 0..<2).map { extent, axis in
      let reach = extent + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1
      require(
        reach >= 0, "a window of \(kernel) does not fit into \(rows)×\(columns) cells: \(self)")
      return reach / stride[axis] + 1
    }
  }

  /// oneDNN's form.
  var described: odn_window {
    func pair(_ values: [Int]) -> (Int64, Int64) { (Int64(values[0]), Int64(values[1])) }
    return odn_window(
      kernel: pair(kernel), stride: pair(stride), dilation: pair(dilation),
      padding_before: pair(padding), padding_after: pair(padding))
  }
}
