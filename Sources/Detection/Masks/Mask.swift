/// The pixels of one object in a picture.
public struct Mask: Hashable, Sendable {
  /// Pixels from left to right.
  public let width: Int
  /// Pixels from top to bottom.
  public let height: Int
  /// Whether each pixel belongs to the object, row by row from the top: pixel (x, y) is `bits[y · width + x]`.
  public private(set) var bits: [Bool]

  /// Makes a mask from its bits, row by row from the top.
  public init(width: Int, height: Int, bits: [Bool]) {
    require(
      width >= 0 && height >= 0 && bits.count == width * height,
      "Mask: \(bits.count) bits for \(width) × \(height) pixels; expected one for each pixel")
    self.width = width
    self.height = height
    self.bits = bits
  }

  /// Makes a mask without any pixel.
  public init(width: Int, height: Int) {
    self.init(
      width: width, height: height, bits: Array(repeating: false, count: max(0, width * height)))
  }

  /// Whether the pixel in column `x` and row `y`, both from 0, belongs to the object.
  public subscript(x: Int, y: Int) -> Bool {
    get { bits[index(x, y)] }
    set { bits[index(x, y)] = newValue }
  }

  private func index(_ x: Int, _ y: Int) -> Int {
    require(
      0..<width ~= x && 0..<height ~= y,
      "Mask: pixel (\(x), \(y)) lies outside of \(width) × \(height)")
    return y * width + x
  }

  /// The number of pixels of the object.
  public var area: Int { bits.reduce(0) { $0 + ($1 ? 1 : 0) } }

  /// The smallest half-open box around the object's pixels; nil where there are none.
  public var boundingBox: Box? {
    var (left, right) = (width, -1)
    var (top, bottom) = (height, -1)
    bits.withUnsafeBufferPointer { bits in
      for y in 0..<height {
        let row = bits[y * width..<(y + 1) * width]
        guard let first = row.firstIndex(of: true), let last = row.lastIndex(of: true) else {
          continue
        }
        left = min(left, first - row.startIndex)
        right = max(right, last - row.startIndex)
        top = min(top, y)
        bottom = y
      }
    }
    return right < 0
      ? nil : Box(x0: Float(left), y0: Float(top), x1: Float(right + 1), y1: Float(bottom + 1))
  }

  /// The pixels that belong to both masks.
  public func intersection(_ other: Mask) -> Mask {
    Mask(width: width, height: height, bits: zip(bits, sameSized(other).bits).map { $0 && $1 })
  }

  /// The number of pixels that belong to both masks.
  public func sharedArea(with other: Mask) -> Int {
    bits.withUnsafeBufferPointer { ours in
      sameSized(other).bits.withUnsafeBufferPointer { theirs in
        var count = 0
        for index in ours.indices { count += ours[index] && theirs[index] ? 1 : 0 }
        return count
      }
    }
  }

  /// `other`, which must be of this mask's size.
  private func sameSized(_ other: Mask) -> Mask {
    require(
      other.width == width && other.height == height,
      "Mask: \(width) × \(height) against \(other.width) × \(other.height); compare masks of one picture"
    )
    return other
  }
}
