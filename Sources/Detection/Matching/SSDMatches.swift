/// Matches default boxes to ground truths as torchvision's SSD does (Liu and others 2016, section 2.2).
///
/// A default box takes the ground truth that it overlaps most, the first of equals, if the overlap is at
/// least `threshold`. Then each ground truth, in order, claims the box that overlaps it most, whatever
/// its overlap: where two claim the same box, the last keeps it and the other may go without.
/// An overlap of NaN counts as none; a ground truth with nothing else claims no box.
///
/// - Parameters:
///   - overlaps: `[ground truths, default boxes]`.
///   - threshold: The intersection over union from which on a box is an object.
public func ssdMatches(_ overlaps: OverlapMatrix, threshold: Float = 0.5) -> [AnchorMatch] {
  var matches = ThresholdMatcher(
    objectFrom: threshold, backgroundBelow: threshold, keepsBestAnchors: false
  ).matches(overlaps)
  for row in 0..<overlaps.rowCount {
    var claimed: (box: Int, overlap: Float)?
    for (box, overlap) in overlaps[row: row].enumerated()
    where overlap > (claimed?.overlap ?? -.infinity) {
      claimed = (box, overlap)
    }
    if let claimed { matches[claimed.box] = .object(row) }
  }
  return matches
}
