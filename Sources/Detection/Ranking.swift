/// Positions of `scores` from the highest to the lowest; equal scores in the order given, NaN last.
///
/// NaN ranks with −∞. A radix sort: linear in the number of scores, and stable.
func rankedByScore(_ scores: [Float]) -> [Int] {
  var entries = scores.enumerated().map { RankedEntry(key: fallingKey($1), index: UInt32($0)) }
  var other = entries
  for shift in stride(from: 0, to: 32, by: digitBits) {
    scatter(entries, into: &other, shift: shift)
    swap(&entries, &other)
  }
  return entries.map { Int($0.index) }
}

private struct RankedEntry {
  var key: UInt32
  var index: UInt32
}

/// Bits of a key that are sorted at once: three passes over 32 bits.
private let digitBits = 11

/// A whole number that falls where the score rises.
private func fallingKey(_ score: Float) -> UInt32 {
  // Adding zero turns −0 into +0, its equal.
  let bits = (score.isNaN ? -Float.infinity : score + 0).bitPattern
  // The bits of positive numbers rise with them, those of negative numbers fall.
  return bits >> 31 == 0 ? ~(bits | 1 << 31) : bits
}

/// One stable counting sort by the digit at `shift`.
private func scatter(_ entries: [RankedEntry], into sorted: inout [RankedEntry], shift: Int) {
  let mask: UInt32 = 1 << digitBits - 1
  var starts = [Int](repeating: 0, count: 1 << digitBits + 1)
  for entry in entries { starts[Int(entry.key >> shift & mask) + 1] += 1 }
  for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
  for entry in entries {
    let digit = Int(entry.key >> shift & mask)
    sorted[starts[digit]] = entry
    starts[digit] += 1
  }
}
