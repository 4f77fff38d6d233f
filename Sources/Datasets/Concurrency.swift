import Dispatch
import Synchronization

/// Makes `count` values on all cores, in index order, and reports progress.
///
/// - Parameters:
///   - progress: called with the number of finished values and `count`, one call at a time, from
///     any thread.
///   - make: called once per index, from any thread. Its first error ends the work.
/// - Throws: the error with the lowest index among those met.
func concurrentMap<Value: Sendable>(
  count: Int, progress: (@Sendable (Int, Int) -> Void)?,
  _ make: @Sendable (Int) throws(DatasetError) -> Value
) throws(DatasetError) -> [Value] {
  let state = Mutex(ConcurrentWork<Value>(values: Array(repeating: nil, count: count)))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    guard state.withLock({ $0.failure == nil }) else { return }
    let result = Result { () throws(DatasetError) in try make(index) }
    state.withLock { state in
      switch result {
      case .success(let value):
        state.values[index] = value
        state.done += 1
        progress?(state.done, count)
      case .failure(let error):
        if index < state.failure?.index ?? .max { state.failure = (index, error) }
      }
    }
  }
  let end = state.withLock { $0 }
  if let failure = end.failure { throw failure.error }
  return end.values.map { $0! }
}

/// How far a `concurrentMap` is.
private struct ConcurrentWork<Value: Sendable>: Sendable {
  var values: [Value?]
  var done = 0
  var failure: (index: Int, error: DatasetError)?
}
