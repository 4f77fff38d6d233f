import Images
import Tensors

extension View {
  /// The value of all channels where the window reaches beyond the picture.
  static let ground: Float = 127

  /// Writes the window's pixels as three planes (3, height, width), 0…255.
  ///
  /// Bytes become planes here for every picture of every step: the loops run over plain pointers.
  func render(_ image: Image, into target: UnsafeMutableBufferPointer<Float>) {
    let (height, width) = (image.height, image.width)
    require(target.count == 3 * height * width, "View: the target holds \(target.count) values")
    let planes = target.baseAddress!
    image.pixels.withUnsafeBufferPointer { bytes in
      // `Image` holds exactly 3 · height · width bytes, and never none.
      let source = bytes.baseAddress!
      if abs(side.x) == 1, abs(side.y) == 1, origin == pointwiseMax(-side, .zero) {
        copy(source, height: height, width: width, into: planes)
      } else {
        resample(source, height: height, width: width, into: planes)
      }
    }
    if colors != ColorMap() { colors.apply(to: planes, count: height * width) }
  }

  /// The whole picture, mirrored or not: every pixel is one of the source's.
  private func copy(
    _ source: UnsafePointer<UInt8>, height: Int, width: Int,
    into planes: UnsafeMutablePointer<Float>
  ) {
    let plane = height * width
    let stride = side.x > 0 ? 3 : -3
    for y in 0..<height {
      let row = side.y > 0 ? y : height - 1 - y
      let from = source + 3 * (row * width + (side.x > 0 ? 0 : width - 1))
      let to = planes + y * width
      for x in 0..<width { to[x] = Float(from[x * stride]) }
      for x in 0..<width { to[plane + x] = Float(from[x * stride + 1]) }
      for x in 0..<width { to[2 * plane + x] = Float(from[x * stride + 2]) }
    }
  }

  /// The source positions that one row or column of the window lies between.
  private struct Tap {
    var first: Int
    var second: Int
    /// The second one's share.
    var share: Float
    var isInside: Bool
  }

  private static func taps(count: Int, origin: Float, side: Float) -> [Tap] {
    (0..<count).map { i in
      // Centres of pixels lie at half numbers, in the window as in the picture.
      let place = (origin + side * (Float(i) + 0.5) / Float(count)) * Float(count) - 0.5
      let floor = place.rounded(.down)
      let first = min(max(Int(floor), 0), count - 1)
      let second = min(max(Int(floor) + 1, 0), count - 1)
      return Tap(
        first: first, second: second, share: place - floor,
        isInside: place > -0.5 && place < Float(count) - 0.5)
    }
  }

  /// A part of the picture, or more than the picture, bilinearly.
  private func resample(
    _ source: UnsafePointer<UInt8>, height: Int, width: Int,
    into planes: UnsafeMutablePointer<Float>
  ) {
    let plane = height * width
    let columns = Self.taps(count: width, origin: origin.x, side: side.x)
    let rows = Self.taps(count: height, origin: origin.y, side: side.y)
    columns.withUnsafeBufferPointer { columns in
      for y in 0..<height {
        let row = rows[y]
        let top = source + 3 * row.first * width
        let bottom = source + 3 * row.second * width
        for x in 0..<width {
          let column = columns[x]
          let (left, right) = (3 * column.first, 3 * column.second)
          let isInside = row.isInside && column.isInside
          for channel in 0..<3 {
            let upper = mix(
              Float(top[left + channel]), Float(top[right + channel]), column.share)
            let lower = mix(
              Float(bottom[left + channel]), Float(bottom[right + channel]), column.share)
            planes[channel * plane + y * width + x] =
              isInside ? mix(upper, lower, row.share) : Self.ground
          }
        }
      }
    }
  }
}
