import Glibc
import Synchronization

/// A block of memory on a 64-byte boundary, given back to a cache when its last user lets go.
///
/// Fresh pages are a large part of what a training step costs, and each step asks for the same
/// sizes again, so freed blocks wait in a list by size instead of returning to the system.
package final class Buffer {
  package let pointer: UnsafeMutableRawPointer
  private let capacity: Int

  /// Room for at least `byteCount` bytes, not initialised.
  package init(byteCount: Int) {
    capacity = Buffer.roundedCapacity(byteCount)
    pointer = BufferCache.take(capacity)
  }

  deinit { BufferCache.giveBack(pointer, capacity) }

  var floats: UnsafeMutablePointer<Float> { pointer.assumingMemoryBound(to: Float.self) }

  /// Sizes a little apart share a list: eight steps between powers of two waste at most an eighth.
  private static func roundedCapacity(_ byteCount: Int) -> Int {
    let least = max(byteCount, 64)
    let step = max(64, (1 << (Int.bitWidth - 1 - least.leadingZeroBitCount)) / 8)
    return (least + step - 1) / step * step
  }
}

/// Gives the memory of tensors that are gone back to the system; until then it waits to be used again.
///
/// Worth its time between two trainings of different shapes, not between steps.
public func releaseUnusedMemory() { BufferCache.empty() }

private enum BufferCache {
  /// Addresses of free blocks by capacity.
  ///
  /// Kept as integers, since pointers are not `Sendable`; an address is in the list exactly
  /// while no `Buffer` owns it.
  private struct Free {
    var blocks: [Int: [UInt]] = [:]
    var byteCount = 0
  }

  private static let free = Mutex(Free())
  /// Beyond this the cache empties itself: shapes have changed, and the old sizes will not return.
  private static let limit = 3 << 30
  private static let hugePage = 2 << 20
  private static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  static func take(_ capacity: Int) -> UnsafeMutableRawPointer {
    let cached = free.withLock { free -> UInt? in
      guard let address = free.blocks[capacity]?.popLast() else { return nil }
      free.byteCount -= capacity
      return address
    }
    if let cached, let pointer = UnsafeMutableRawPointer(bitPattern: cached) { return pointer }
    var pointer: UnsafeMutableRawPointer?
    let isLarge = capacity >= hugePage
    let status = posix_memalign(&pointer, isLarge ? hugePage : 64, capacity)
    guard status == 0, let pointer else {
      fatalError("out of memory: no room for a tensor of \(capacity) bytes; use a smaller batch")
    }
    if isLarge { madvise(pointer, capacity, MADV_HUGEPAGE) }
    return pointer
  }

  static func giveBack(_ pointer: UnsafeMutableRawPointer, _ capacity: Int) {
    let isOver = free.withLock { free in
      free.blocks[capacity, default: []].append(UInt(bitPattern: pointer))
      free.byteCount += capacity
      return free.byteCount > limit
    }
    if isOver { empty() }
  }

  static func empty() {
    let all = free.withLock { free in
      defer { free = Free() }
      return free.blocks
    }
    for (capacity, addresses) in all {
      for case let pointer? in addresses.map(UnsafeMutableRawPointer.init(bitPattern:)) {
        // The C library keeps what lies between other blocks; the pages themselves go at once.
        if capacity >= hugePage { madvise(pointer, capacity / pageSize * pageSize, MADV_DONTNEED) }
        Glibc.free(pointer)
      }
    }
  }
}
