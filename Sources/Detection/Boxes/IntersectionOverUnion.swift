/// The area two boxes share over the area they cover together (Jaccard index), from 0 to 1.
///
/// NaN when a coordinate is NaN or when both boxes have no area (0/0), so that no comparison with a
/// threshold holds.
public func intersectionOverUnion(_ a: Box, _ b: Box) -> Float {
  intersectionOverUnion(a, b, in: Float.self)
}

/// The intersection over union computed in the precision of `Scalar`.
///
/// COCO compares overlaps in double precision: 0.7 as a `Float` is less than the threshold 0.7.
@inline(__always)
func intersectionOverUnion<Scalar: BinaryFloatingPoint>(
  _ a: Box, _ b: Box, in _: Scalar.Type
) -> Scalar {
  let shared =
    sharedLength(Scalar(a.x0), Scalar(a.x1), Scalar(b.x0), Scalar(b.x1))
    * sharedLength(Scalar(a.y0), Scalar(a.y1), Scalar(b.y0), Scalar(b.y1))
  let areaA = (Scalar(a.x1) - Scalar(a.x0)) * (Scalar(a.y1) - Scalar(a.y0))
  let areaB = (Scalar(b.x1) - Scalar(b.x0)) * (Scalar(b.y1) - Scalar(b.y0))
  // A NaN coordinate makes its area NaN, and with it the quotient, whatever the comparisons said.
  return shared / (areaA + areaB - shared)
}

/// The length two intervals share, 0 when they do not meet.
///
/// Written with comparisons rather than `min` and `max`: these compile to one instruction each.
@inline(__always)
func sharedLength<Scalar: BinaryFloatingPoint>(
  _ a0: Scalar, _ a1: Scalar, _ b0: Scalar, _ b1: Scalar
) -> Scalar {
  let start = a0 > b0 ? a0 : b0
  let end = a1 < b1 ? a1 : b1
  return end > start ? end - start : 0
}
