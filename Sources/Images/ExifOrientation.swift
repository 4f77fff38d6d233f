/// How a camera was held: what must be done with a JPEG's rows and columns to see it upright.
///
/// Source: CIPA DC-008, Exif 2.32, 4.6.4 (tag 274, Orientation) and 4.7.2 (the segment APP1); TIFF
/// 6.0, section 2.
enum ExifOrientation: Int, CaseIterable {
  case upright = 1
  case mirrored, upsideDown, flipped, transposed, turnedLeft, transversed, turnedRight

  /// Whether rows become columns.
  var swapsSides: Bool { rawValue >= ExifOrientation.transposed.rawValue }

  /// What a JPEG's Exif data says; upright where it says nothing that can be understood.
  init(jpeg bytes: [UInt8]) {
    var offset = 2
    // A segment is 0xFF, its kind, and two bytes of length that count themselves.
    while offset + 4 <= bytes.count, bytes[offset] == 0xFF {
      let kind = bytes[offset + 1]
      if kind == 0xFF {  // Padding.
        offset += 1
        continue
      }
      // Pixels begin, and Exif data stands before them.
      if kind == 0xDA || kind == 0xD9 { break }
      let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
      if length < 2 { break }
      let segment = bytes[(offset + 4)..<max(offset + 4, min(offset + 2 + length, bytes.count))]
      if kind == 0xE1, segment.starts(with: Array("Exif\0\0".utf8)) {
        self = Self.inTIFF(segment.dropFirst(6)) ?? .upright
        return
      }
      offset += 2 + length
    }
    self = .upright
  }

  /// The tag in the first directory of a TIFF structure; nil where there is none or anything is
  /// not as it should be.
  private static func inTIFF(_ tiff: ArraySlice<UInt8>) -> ExifOrientation? {
    let isLittle = tiff.starts(with: Array("II".utf8))
    guard isLittle || tiff.starts(with: Array("MM".utf8)) else { return nil }
    func number(at offset: Int, bytes count: Int) -> Int? {
      guard offset + count <= tiff.count else { return nil }
      let bytes = tiff[(tiff.startIndex + offset)...].prefix(count)
      return (isLittle ? Array(bytes.reversed()) : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
    }
    guard number(at: 2, bytes: 2) == 42, let directory = number(at: 4, bytes: 4),
      let entries = number(at: directory, bytes: 2)
    else { return nil }
    for entry in 0..<entries {
      let start = directory + 2 + 12 * entry
      guard let tag = number(at: start, bytes: 2) else { return nil }
      // One number of 16 bits, in the first two of the four bytes of its value.
      if tag == 274, number(at: start + 2, bytes: 2) == 3, number(at: start + 4, bytes: 4) == 1 {
        return number(at: start + 8, bytes: 2).flatMap(ExifOrientation.init)
      }
    }
    return nil
  }
}

extension Image {
  /// The picture upright.
  func turned(_ orientation: ExifOrientation) -> Image {
    // Where a pixel's right and lower neighbours lie in the stored picture, and the first pixel.
    let (row, last) = (width, height * width - 1)
    let (first, right, down) =
      switch orientation {
      case .upright: (0, 1, row)
      case .mirrored: (row - 1, -1, row)
      case .upsideDown: (last, -1, -row)
      case .flipped: (last - row + 1, 1, -row)
      case .transposed: (0, row, 1)
      case .turnedLeft: (last - row + 1, -row, 1)
      case .transversed: (last, -row, -1)
      case .turnedRight: (row - 1, row, -1)
      }
    if orientation == .upright { return self }
    let (height, width) = orientation.swapsSides ? (width, height) : (height, width)
    return Image(
      height: height, width: width,
      pixels: [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
        for y in 0..<height {
          for x in 0..<width {
            let (to, from) = (3 * (y * width + x), 3 * (first + y * down + x * right))
            for channel in 0..<3 { target[to + channel] = pixels[from + channel] }
          }
        }
        count = pixels.count
      })
  }
}
