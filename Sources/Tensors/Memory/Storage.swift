import COneDNN

/// The elements of a tensor.
///
/// Memory, and the order they lie in. Written once, when created.
final class Storage {
  let layout: Layout
  let buffer: Buffer
  /// Copies in other orders, made when an operation asked for them.
  ///
  /// They live as long as the original, so the forward and backward passes of a step share one.
  private var copies: [Layout: Storage] = [:]

  init(_ layout: Layout, buffer: Buffer? = nil) {
    self.layout = layout
    self.buffer = buffer ?? Buffer(byteCount: layout.byteCount)
  }

  var floats: UnsafeMutablePointer<Float> { buffer.floats }
  /// Elements in memory, including the zeros that pad a blocked axis.
  var paddedCount: Int { layout.byteCount / MemoryLayout<Float>.stride }

  /// These elements in row-major order.
  var rowMajor: Storage { converted(to: .rowMajor(layout.shape)) }

  /// These elements in `other`'s order; itself when that is its own.
  func converted(to other: Layout) -> Storage {
    if other == layout { return self }
    if let copy = copies[other] { return copy }
    let copy = Storage(other)
    Primitive.reorder(from: layout, to: other).run(
      (ODN_SOURCE, layout, buffer.pointer), (ODN_RESULT, other, copy.buffer.pointer))
    copies[other] = copy
    return copy
  }

  /// The same elements for a kernel that takes dense layouts as they are: views become row-major.
  var dense: Storage { layout.isView ? rowMajor : self }
}
