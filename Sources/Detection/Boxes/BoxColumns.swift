/// Boxes stored by column, so that one box is compared with many at the processor's vector width.
struct BoxColumns {
  private var x0: [Float]
  private var y0: [Float]
  private var x1: [Float]
  private var y1: [Float]
  private var area: [Float]

  init(_ boxes: [Box]) {
    x0 = boxes.map(\.x0)
    y0 = boxes.map(\.y0)
    x1 = boxes.map(\.x1)
    y1 = boxes.map(\.y1)
    area = boxes.map(\.area)
  }

  var count: Int { area.count }

  /// Makes every overlap with a box without area NaN, so that none passes a threshold.
  mutating func disregardBoxesWithoutArea() {
    for i in area.indices where !(x1[i] > x0[i] && y1[i] > y0[i]) { area[i] = .nan }
  }

  /// Writes the intersection over union of `box` with every stored box into `overlaps`.
  ///
  /// Invariant: `overlaps` has `count` elements, checked once before the loop.
  func writeOverlaps(with box: Box, into overlaps: UnsafeMutableBufferPointer<Float>) {
    require(overlaps.count == count, "writeOverlaps: room for \(overlaps.count) of \(count)")
    let boxArea = box.area
    x0.withUnsafeBufferPointer { x0 in
      y0.withUnsafeBufferPointer { y0 in
        x1.withUnsafeBufferPointer { x1 in
          y1.withUnsafeBufferPointer { y1 in
            area.withUnsafeBufferPointer { area in
              for i in 0..<overlaps.count {
                let shared =
                  sharedLength(box.x0, box.x1, x0[i], x1[i])
                  * sharedLength(box.y0, box.y1, y0[i], y1[i])
                overlaps[i] = shared / (boxArea + area[i] - shared)
              }
            }
          }
        }
      }
    }
  }
}
