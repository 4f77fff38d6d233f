import Dispatch
import Synchronization
import Testing

@testable import Tensors

struct InternedLayoutTests {
  @Test func `equal layouts are one object, also when threads make them at once`() {
    let found = Mutex<Set<[ObjectIdentifier]>>([])
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      let layouts = (1...2000).map { ObjectIdentifier(Layout.rowMajor([$0, 3, 977])) }
      found.withLock { _ = $0.insert(layouts) }
    }
    #expect(found.withLock { $0.count } == 1)
  }

  @Test func `permuting back gives the first layout`() {
    let layout = Layout.rowMajor([2, 3, 4])
    #expect(layout.permuted([2, 0, 1]).permuted([1, 2, 0]) == layout)
    #expect(layout.permuted([2, 0, 1]).isView && !layout.isView)
  }
}
