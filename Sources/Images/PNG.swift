internal import CPNG
public import Foundation

extension Image {
  /// Decodes the bytes of a PNG of any kind; `name` stands for the file in errors.
  ///
  /// Gray and palette pictures become RGB, 16 bits become 8, transparent pixels are laid over white
  /// (as browsers do, on sRGB values).
  public init(png bytes: Data, name: String = "PNG in memory") throws(ImageError) {
    guard PictureFormat(bytes) == .png else {
      throw ImageError(
        file: name, problem: .wrongFormat(start: hexadecimal(bytes.prefix(8)), expected: "PNG"))
    }
    var reader = png_image()
    reader.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&reader) }

    self = try [UInt8](bytes).withUnsafeBufferPointer { raw throws(ImageError) in
      guard png_image_begin_read_from_memory(&reader, raw.baseAddress, raw.count) != 0 else {
        throw ImageError(file: name, problem: .damaged(reader.reason))
      }
      let (height, width) = (Int(reader.height), Int(reader.width))
      guard height * width <= Image.largestPixelCount else {
        throw ImageError(file: name, problem: .tooLarge(height: height, width: width))
      }
      let hasAlpha = reader.format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0
      reader.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
      if hasAlpha { reader.format |= png_uint_32(PNG_FORMAT_FLAG_ALPHA) }
      // Without this, 16-bit files that name no gamma would be taken for linear light.
      reader.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      var isComplete = false
      let channels = hasAlpha ? 4 : 3
      let samples = [UInt8](unsafeUninitializedCapacity: channels * height * width) {
        isComplete = png_image_finish_read(&reader, nil, $0.baseAddress, 0, nil) != 0
        $1 = isComplete ? channels * height * width : 0
      }
      guard isComplete else { throw ImageError(file: name, problem: .damaged(reader.reason)) }
      return Image(
        height: height, width: width, pixels: hasAlpha ? laidOverWhite(samples) : samples)
    }
  }

  /// The picture as the bytes of an 8-bit RGB PNG, the same for the same pixels.
  public func pngData() throws(ImageError) -> Data {
    var writer = png_image()
    writer.version = png_uint_32(PNG_IMAGE_VERSION)
    writer.height = png_uint_32(height)
    writer.width = png_uint_32(width)
    writer.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    // A figure holds several photographs: the smallest file would cost seconds of every rerun.
    writer.flags = png_uint_32(PNG_IMAGE_FLAG_FAST)
    defer { png_image_free(&writer) }

    // Deflate expands what it cannot compress by far less than this.
    var byteCount = pixels.count + pixels.count / 8 + height + 4096
    var data = Data(count: byteCount)
    let isWritten = data.withUnsafeMutableBytes {
      png_image_write_to_memory(&writer, $0.baseAddress, &byteCount, 0, pixels, 0, nil) != 0
    }
    guard isWritten else {
      throw ImageError(file: "PNG in memory", problem: .unwritable(writer.reason))
    }
    return data.prefix(byteCount)
  }

  /// Writes the picture as an 8-bit RGB PNG, to a temporary name that is then renamed.
  ///
  /// Throws `ImageError` when the folder is absent or may not be written to; the file that was there
  /// before then stays as it was.
  public func writePNG(to url: URL) throws(ImageError) {
    let data = try pngData()
    do {
      try data.write(to: url, options: .atomic)
    } catch {
      throw ImageError(file: url.path, problem: .unwritable(error.localizedDescription))
    }
  }
}

extension png_image {
  /// The library's message, which it keeps in a fixed array of C characters.
  fileprivate var reason: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// Blends RGBA samples with white: `c · a + 255 · (1 − a)`, rounded.
private func laidOverWhite(_ samples: [UInt8]) -> [UInt8] {
  let count = samples.count / 4
  return [UInt8](unsafeUninitializedCapacity: 3 * count) { pixels, written in
    for index in 0..<count {
      let alpha = Int(samples[4 * index + 3])
      for channel in 0..<3 {
        let blended = Int(samples[4 * index + channel]) * alpha + 255 * (255 - alpha)
        pixels[3 * index + channel] = UInt8((blended + 127) / 255)
      }
    }
    written = 3 * count
  }
}
