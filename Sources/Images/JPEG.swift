internal import CTurboJPEG
public import Foundation

extension Image {
  /// Decodes the bytes of a JPEG; `name` stands for the file in errors.
  ///
  /// Gray and CMYK pictures become RGB. The picture is turned upright as its Exif data says. A file
  /// in which the decoder misses or skips anything counts as damaged.
  public init(jpeg bytes: Data, name: String = "JPEG in memory") throws(ImageError) {
    guard PictureFormat(bytes) == .jpeg else {
      throw ImageError(
        file: name, problem: .wrongFormat(start: hexadecimal(bytes.prefix(8)), expected: "JPEG"))
    }
    guard let decoder = tjInitDecompress() else {
      throw ImageError(file: name, problem: .unreadable("no memory for the JPEG decoder"))
    }
    defer { tjDestroy(decoder) }
    func damage() -> ImageError {
      ImageError(file: name, problem: .damaged(String(cString: tjGetErrorStr2(decoder))))
    }

    let bytes = [UInt8](bytes)
    let (byteCount, flags) = (UInt(bytes.count), TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
    var (columns, rows, subsampling, colorspace): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard
      tjDecompressHeader3(
        decoder, bytes, byteCount, &columns, &rows, &subsampling, &colorspace) == 0
    else { throw damage() }
    let (height, width) = (Int(rows), Int(columns))
    guard height * width <= Image.largestPixelCount else {
      throw ImageError(file: name, problem: .tooLarge(height: height, width: width))
    }
    let hasInks = [TJCS_CMYK, TJCS_YCCK].contains { Int32($0.rawValue) == colorspace }
    let format = Int32(hasInks ? TJPF_CMYK.rawValue : TJPF_RGB.rawValue)
    var isComplete = false
    let sampleCount = (hasInks ? 4 : 3) * height * width
    let samples = [UInt8](unsafeUninitializedCapacity: sampleCount) {
      isComplete =
        tjDecompress2(
          decoder, bytes, byteCount, $0.baseAddress, columns, 0, rows, format, flags) == 0
      $1 = isComplete ? sampleCount : 0
    }
    guard isComplete else { throw damage() }
    self = Image(height: height, width: width, pixels: hasInks ? printed(samples) : samples)
      .turned(ExifOrientation(jpeg: bytes))
  }
}

/// RGB of cyan, magenta, yellow and black as printing programs store them: 255 is no ink.
private func printed(_ inks: [UInt8]) -> [UInt8] {
  let count = inks.count / 4
  return [UInt8](unsafeUninitializedCapacity: 3 * count) { pixels, written in
    for index in 0..<count {
      let light = Int(inks[4 * index + 3])
      for channel in 0..<3 {
        pixels[3 * index + channel] = UInt8((Int(inks[4 * index + channel]) * light + 127) / 255)
      }
    }
    written = 3 * count
  }
}
