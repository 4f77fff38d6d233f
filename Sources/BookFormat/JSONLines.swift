package import Foundation

/// JSON objects on lines of their own, as they come out of a stream in pieces.
package struct JSONLines {
  /// The longest line that is accepted, in bytes.
  package static let longestLine = 16 << 20

  private var pending = Data()

  package init() {}

  /// Adds bytes that have arrived and returns the lines they complete.
  ///
  /// - Throws: `JSONLinesError.lineTooLong` where no line ends within the limit.
  package mutating func append(_ bytes: Data) throws -> [Data] {
    pending.append(bytes)
    var lines: [Data] = []
    while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(Data(pending[pending.startIndex..<end]))
      pending = Data(pending[(end + 1)...])
    }
    if pending.count > Self.longestLine { throw JSONLinesError.lineTooLong }
    return lines
  }

  /// One value as a line, newline included.
  package static func encode(_ value: some Encodable) throws -> Data {
    var line = try bookEncoder().encode(value)
    line.append(UInt8(ascii: "\n"))
    return line
  }
}

/// What can be wrong with a stream of JSON lines.
package enum JSONLinesError: Error, CustomStringConvertible {
  case lineTooLong

  package var description: String {
    "a message between chapter and runner is longer than \(JSONLines.longestLine) bytes"
  }
}

/// The JSON of every file and message of the book: keys in order, so that equal values give equal
/// bytes, and numbers that JSON lacks written as words.
package func bookEncoder(pretty: Bool = false) -> JSONEncoder {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  return encoder
}

/// Reads what `bookEncoder` wrote.
package func bookDecoder() -> JSONDecoder {
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  return decoder
}
