public import Canvas

/// The pixels of an object on a picture, to be tinted and outlined.
public struct PictureMask: Equatable, Sendable {
  /// Rows of the picture.
  public let height: Int
  /// Columns of the picture.
  public let width: Int
  /// Whether each pixel belongs to the object, row after row from the top left.
  public let bits: [Bool]
  /// The colour of the tint and the outline.
  public var role: ColorRole
  /// How strong the tint is, 0 (outline only) … 1.
  public var opacity: Double

  /// A mask; stops when there is not one bit for each pixel.
  public init(
    height: Int, width: Int, bits: [Bool], role: ColorRole = .series(0), opacity: Double = 0.25
  ) {
    require(
      bits.count == height * width,
      "PictureMask: \(bits.count) bits for \(height)×\(width) pixels")
    self.height = height
    self.width = width
    self.bits = bits
    self.role = role
    self.opacity = opacity
  }

  /// The edges between the object's pixels and others, one point a pixel, as closed loops.
  ///
  /// The object lies to the right of every edge, so that holes turn the other way round and stay
  /// empty when the path is filled.
  var outline: Path {
    var next = edges()
    var path = Path()
    for corner in next.keys.sorted() {
      while var end = next[corner]?.popLast() {
        var points = [point(corner)]
        while end != corner {
          append(point(end), to: &points)
          // Where two pixels meet in a corner only, any of the two ways closes its loop.
          guard let following = next[end]?.popLast() else { break }
          end = following
        }
        // The last point may lie on the line back to the first.
        append(points[0], to: &points)
        path.add(.polygon(Array(points.dropLast())))
      }
    }
    return path
  }

  /// For each corner of pixels, the corners that edges lead to from it.
  ///
  /// Corners are numbered row by row, with one more in a row than there are pixels.
  private func edges() -> [Int: [Int]] {
    var next: [Int: [Int]] = [:]
    func has(_ y: Int, _ x: Int) -> Bool {
      y >= 0 && y < height && x >= 0 && x < width && bits[y * width + x]
    }
    let row = width + 1
    for y in 0..<height {
      for x in 0..<width where bits[y * width + x] {
        let corner = y * row + x
        if !has(y - 1, x) { next[corner, default: []].append(corner + 1) }
        if !has(y, x + 1) { next[corner + 1, default: []].append(corner + row + 1) }
        if !has(y + 1, x) { next[corner + row + 1, default: []].append(corner + row) }
        if !has(y, x - 1) { next[corner + row, default: []].append(corner) }
      }
    }
    return next
  }

  private func point(_ corner: Int) -> Point {
    Point(Double(corner % (width + 1)), Double(corner / (width + 1)))
  }

  /// Adds a point; the one before it goes where both lie on one line with the one before that.
  private func append(_ point: Point, to points: inout [Point]) {
    if points.count >= 2 {
      let (a, b) = (points[points.count - 2], points[points.count - 1])
      if (a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y) { points.removeLast() }
    }
    points.append(point)
  }
}
