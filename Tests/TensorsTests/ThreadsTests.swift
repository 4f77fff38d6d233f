import Foundation
import Synchronization
import Tensors
import Testing

struct ThreadsTests {
  @Test func `a thread count holds for the thread that set it`() {
    let usual = threadCount
    defer { setThreadCount(usual) }
    setThreadCount(usual + 1)
    #expect(threadCount == usual + 1)
    #expect(onAnotherThread { threadCount } == usual)
  }

  @Test(arguments: [0, 1, 100, 1 << 15, 100_003])
  func `work is handed out once, in whole grains`(count: Int) {
    let ranges = Mutex<[Range<Int>]>([])
    inParallel(count, grain: 16) { range in ranges.withLock { $0.append(range) } }
    let inOrder = ranges.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
    #expect(inOrder.flatMap { Array($0) } == Array(0..<count))
    #expect(inOrder.allSatisfy { $0.lowerBound % 16 == 0 })
  }

  /// What `body` returns on a fresh thread.
  private func onAnotherThread(_ body: @escaping @Sendable () -> Int) -> Int {
    let result = Result(body)
    let thread = Thread { result.compute() }
    thread.start()
    return result.wait()
  }

  private final class Result: Sendable {
    private let value = Mutex(0)
    private let done = DispatchSemaphore(value: 0)
    private let body: @Sendable () -> Int

    init(_ body: @escaping @Sendable () -> Int) { self.body = body }

    func compute() {
      value.withLock { $0 = body() }
      done.signal()
    }

    func wait() -> Int {
      done.wait()
      return value.withLock { $0 }
    }
  }
}
