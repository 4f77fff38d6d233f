import Synchronization

/// Collects what a progress callback is told.
final class Reports: Sendable {
  private let calls = Mutex<[[Int]]>([])

  func add(_ done: Int, _ count: Int) { calls.withLock { $0.append([done, count]) } }

  /// Pairs of done and count, in the order of the calls.
  var all: [[Int]] { calls.withLock { $0 } }
}
