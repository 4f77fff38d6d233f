/// Positions of `scores` from the highest to the lowest; equal scores in the order given, NaN last.
func rankedByScore(_ scores: [Float]) -> [Int] {
  // NaN compares false with everything, which no sort survives.
  let keys = scores.map { $0.isNaN ? -Float.infinity : $0 }
  return keys.indices.sorted { keys[$0] != keys[$1] ? keys[$0] > keys[$1] : $0 < $1 }
}
