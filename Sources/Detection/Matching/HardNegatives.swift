/// The background anchors of one picture whose loss is to count: those that the network gets most wrong
/// (hard-negative mining; Liu and others 2016, section 2.2).
///
/// Most anchors are background and easily told, and their many small losses would drown the few objects.
/// A picture without objects contributes none.
///
/// - Parameters:
///   - losses: The classification loss of each anchor. Equal losses: the first counts; NaN last.
///   - isObject: Whether each anchor is to find an object.
///   - perObject: Background anchors for each one that is to find an object.
/// - Returns: The indices of the chosen anchors, rising.
public func hardNegatives(losses: [Float], isObject: [Bool], perObject: Int = 3) -> [Int] {
  require(
    losses.count == isObject.count,
    "hardNegatives: \(losses.count) losses but \(isObject.count) anchors; give one loss for each")
  require(perObject >= 0, "hardNegatives: perObject is \(perObject); it cannot be negative")
  let backgrounds = isObject.indices.filter { !isObject[$0] }
  let wanted = perObject * (isObject.count - backgrounds.count)
  guard wanted < backgrounds.count else { return backgrounds }
  return rankedByScore(backgrounds.map { losses[$0] }).prefix(wanted)
    .map { backgrounds[$0] }.sorted()
}
