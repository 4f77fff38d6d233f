extension RunLengths {
  /// The runs as COCO's string of printable characters.
  ///
  /// From the fourth on, a run is written as its difference from the run two before it, which is short
  /// where an object's columns resemble each other. A number is cut into groups of 5 bits, the lowest
  /// first; a character is 48 + group, plus 32 if more groups follow, and bit 4 of the last group is
  /// the sign.
  public var compressed: String {
    var text: [UInt8] = []
    for (index, count) in counts.enumerated() {
      var rest = index > 2 ? count - counts[index - 2] : count
      var hasMore = true
      while hasMore {
        let group = rest & 31
        rest >>= 5
        hasMore = rest != (group & 16 == 0 ? 0 : -1)
        text.append(UInt8(48 + group + (hasMore ? 32 : 0)))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads COCO's string.
  public init(width: Int, height: Int, compressed: String) throws(RunLengthError) {
    var counts: [Int] = []
    var number = 0
    var shift = 0
    for character in compressed.utf8 {
      guard 48..<112 ~= character else {
        throw RunLengthError(
          found: "the character code \(character)", expected: "codes from 48 to 111")
      }
      guard shift < 60 else {
        throw RunLengthError(found: "a number of more than 60 bits", expected: "shorter ones")
      }
      let group = Int(character) - 48
      number |= (group & 31) << shift
      shift += 5
      if group & 32 != 0 { continue }
      if group & 16 != 0 { number |= -1 << shift }
      let (count, overflow) =
        counts.count > 2
        ? number.addingReportingOverflow(counts[counts.count - 2]) : (number, false)
      guard !overflow else {
        throw RunLengthError(found: "a run beyond all bounds", expected: "shorter ones")
      }
      counts.append(count)
      (number, shift) = (0, 0)
    }
    guard shift == 0 else {
      throw RunLengthError(
        found: "an end in the middle of a number", expected: "its last character")
    }
    try self.init(width: width, height: height, counts: counts)
  }
}

extension RunLengths: Codable {
  private enum CodingKeys: String, CodingKey { case size, counts }

  /// Reads COCO's JSON, compressed or in plain numbers.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let size = try container.decode([Int].self, forKey: .size)
    guard size.count == 2 else {
      throw RunLengthError(found: "a size of \(size.count) numbers", expected: "height and width")
    }
    if let text = try? container.decode(String.self, forKey: .counts) {
      try self.init(width: size[1], height: size[0], compressed: text)
    } else {
      let counts = try container.decode([Int].self, forKey: .counts)
      try self.init(width: size[1], height: size[0], counts: counts)
    }
  }

  /// Writes COCO's JSON, compressed.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode([height, width], forKey: .size)
    try container.encode(compressed, forKey: .counts)
  }
}
