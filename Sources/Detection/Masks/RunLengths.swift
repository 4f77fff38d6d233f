/// A mask as COCO stores it: the lengths of its runs, column by column.
///
/// The first run counts pixels outside of the object (it may be 0), the next pixels inside, and so on in
/// turn. As JSON it is COCO's `{"size": [height, width], "counts": "…"}`; plain numbers in `counts`,
/// as the annotations of crowds have them, are read too.
public struct RunLengths: Hashable, Sendable {
  /// Pixels from left to right.
  public let width: Int
  /// Pixels from top to bottom.
  public let height: Int
  /// Lengths of runs outside and inside of the object in turn, down the columns from the left.
  public let counts: [Int]

  /// Takes runs that must fill the picture.
  public init(width: Int, height: Int, counts: [Int]) throws(RunLengthError) {
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard width >= 0, height >= 0, !overflow else {
      throw RunLengthError(
        found: "a size of \(width) × \(height)", expected: "a width and a height from 0 on")
    }
    if let negative = counts.first(where: { $0 < 0 }) {
      throw RunLengthError(found: "a run of length \(negative)", expected: "lengths from 0 on")
    }
    // Stops adding before the sum can overflow.
    var sum = 0
    for count in counts {
      guard count <= pixels - sum else {
        throw RunLengthError(
          found: "runs of more than \(pixels) pixels",
          expected: "runs that fill \(width) × \(height) pixels")
      }
      sum += count
    }
    guard sum == pixels else {
      throw RunLengthError(
        found: "runs of \(sum) pixels", expected: "runs that fill \(width) × \(height) pixels")
    }
    self.width = width
    self.height = height
    self.counts = counts
  }

  /// Counts the runs of a mask.
  public init(_ mask: Mask) {
    width = mask.width
    height = mask.height
    var counts: [Int] = []
    var current = false
    var length = 0
    mask.bits.withUnsafeBufferPointer { bits in
      for x in 0..<mask.width {
        for index in stride(from: x, to: bits.count, by: mask.width) {
          if bits[index] != current {
            counts.append(length)
            current.toggle()
            length = 0
          }
          length += 1
        }
      }
    }
    self.counts = counts + [length]
  }

  /// The number of pixels of the object.
  public var area: Int {
    stride(from: 1, to: counts.count, by: 2).reduce(0) { $0 + counts[$1] }
  }
}

extension Mask {
  /// Paints the runs.
  public init(_ runs: RunLengths) {
    self.init(width: runs.width, height: runs.height)
    var bits = bits
    var position = 0
    for (run, count) in runs.counts.enumerated() {
      if run % 2 == 1 {
        for pixel in position..<position + count {
          bits[pixel % height * width + pixel / height] = true
        }
      }
      position += count
    }
    self.init(width: width, height: height, bits: bits)
  }
}

/// Why runs are not those of a mask.
public struct RunLengthError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found.
  public let found: String
  /// What was expected.
  public let expected: String

  /// One sentence with both, and what to do.
  public var description: String {
    "run lengths of a mask: found \(found), expected \(expected);"
      + " write the mask anew with its own width and height"
  }
}
