import COneDNN
import Synchronization

/// The order in which a tensor's elements lie in memory.
///
/// Row-major, blocked by channel, or a view with its axes renamed. Interned: equal layouts are
/// one object.
///
/// `@unchecked Sendable`: the handle points to a descriptor that nobody changes after `init`, and
/// that is never freed while the intern table holds this object, which is for ever.
final class Layout: @unchecked Sendable, Hashable {
  let shape: [Int]
  let byteCount: Int
  /// Axes were renamed, and no kernel but the reorder is fast on what came out.
  let isView: Bool
  let handle: OpaquePointer

  private init(shape: [Int], handle: OpaquePointer, isView: Bool) {
    self.shape = shape
    self.handle = handle
    self.isView = isView
    byteCount = odn_layout_bytes(handle)
  }

  static func == (a: Layout, b: Layout) -> Bool { a === b }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

  var isRowMajor: Bool { self === Layout.rowMajor(shape) }

  // MARK: Making

  /// The last axis varies fastest.
  static func rowMajor(_ shape: [Int]) -> Layout {
    if let known = table.withLock({ $0.rowMajor[shape] }) { return known }
    var strides = [Int64](repeating: 1, count: max(shape.count, 1))
    for axis in stride(from: shape.count - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * Int64(shape[axis + 1])
    }
    let made = interned(odn_layout_strided(rank(shape), dimensions(shape), strides), shape)
    table.withLock { $0.rowMajor[shape] = made }
    return made
  }

  /// Left to oneDNN: stands for "the fastest order" when a primitive is made.
  ///
  /// Holds no elements.
  static func any(_ shape: [Int]) -> Layout {
    interned(odn_layout_any(rank(shape), dimensions(shape)), shape)
  }

  /// `[N, C, H, W]` in blocks of `lanes` channels that lie side by side, C padded with zeros.
  ///
  /// What oneDNN's convolutions choose: 16 on AVX-512, 8 on AVX2.
  static func channelBlocks(_ shape: [Int], lanes: Int = 16) -> Layout {
    interned(odn_layout_channel_blocks(dimensions(shape), Int32(lanes)), shape)
  }

  /// The one object for the descriptor `handle`, which is freed if an equal one is known.
  static func interned(_ handle: OpaquePointer?, _ shape: [Int], isView: Bool = false) -> Layout {
    guard let handle else { fatalError("shape \(shape): \(String(cString: odn_last_error()))") }
    return table.withLock { table in
      if let found = table.layouts[shape]?.first(where: {
        odn_layout_equal($0.handle, handle) != 0
      }) {
        odn_layout_free(handle)
        return found
      }
      let made = Layout(shape: shape, handle: handle, isView: isView)
      table.layouts[shape, default: []].append(made)
      return made
    }
  }

  /// The same memory, with axis `axes[i]` of this layout as axis i of the result.
  func permuted(_ axes: [Int]) -> Layout {
    var places = [Int32](repeating: 0, count: axes.count)
    for (place, axis) in axes.enumerated() { places[axis] = Int32(place) }
    let shape = axes.map { self.shape[$0] }
    return Layout.interned(odn_layout_permuted(handle, places), shape, isView: true)
  }

  private struct Table {
    var layouts: [[Int]: [Layout]] = [:]
    var rowMajor: [[Int]: Layout] = [:]
  }

  private static let table = Mutex(Table())

  // oneDNN has no rank 0: a scalar is described as one element.
  private static func rank(_ shape: [Int]) -> Int32 { Int32(max(shape.count, 1)) }
  private static func dimensions(_ shape: [Int]) -> [Int64] {
    shape.isEmpty ? [1] : shape.map(Int64.init)
  }
}
