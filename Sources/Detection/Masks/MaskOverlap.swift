/// The pixels two masks share over the pixels of either, from 0 to 1; 0 where they share none.
///
/// Counted exactly, as pycocotools does. Two empty masks share none.
public func intersectionOverUnion(_ a: Mask, _ b: Mask) -> Double {
  let shared = a.sharedArea(with: b)
  return shared == 0 ? 0 : Double(shared) / Double(a.area + b.area - shared)
}

/// The part of `detection` that lies on `crowd`, from 0 to 1: COCO's overlap with a crowd region.
///
/// A crowd is many objects marked as one, so a detection of a single one of them is not asked to fill it.
public func shareInside(_ detection: Mask, crowd: Mask) -> Double {
  let shared = detection.sharedArea(with: crowd)
  return shared == 0 ? 0 : Double(shared) / Double(detection.area)
}
