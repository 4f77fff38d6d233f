import COneDNN

/// Threads that operations use: by default one for each processor.
///
/// Results are the same bits for the same count. The count is the calling thread's, as OpenMP
/// keeps it: set it on the thread that computes, before a computation, not during one.
public var threadCount: Int { Int(odn_threads()) }

/// Makes operations that this thread calls use `count` threads from here on.
public func setThreadCount(_ count: Int) {
  require(count > 0, "setThreadCount: \(count) threads cannot compute anything")
  odn_set_threads(Int32(count))
}

/// Splits `0..<count` into one range a thread and runs `body` on each, in oneDNN's own team.
///
/// Ranges start at multiples of `grain`. Work below `smallest` stays on the calling thread.
package func inParallel(
  _ count: Int, grain: Int = 1, smallest: Int = 1 << 15, _ body: (Range<Int>) -> Void
) {
  let threads = threadCount
  guard count >= smallest, threads > 1 else { return body(0..<count) }
  withoutActuallyEscaping(body) { body in
    var job = ParallelJob(count: count, grain: grain, body: body)
    withUnsafeMutablePointer(to: &job) { job in
      odn_parallel(
        Int32(threads),
        { context, index, threads in
          let job = context!.assumingMemoryBound(to: ParallelJob.self).pointee
          let blocks = (job.count + job.grain - 1) / job.grain
          let first = blocks * Int(index) / Int(threads) * job.grain
          let last = min(blocks * (Int(index) + 1) / Int(threads) * job.grain, job.count)
          if first < last { job.body(first..<last) }
        }, job)
    }
  }
}

private struct ParallelJob {
  var count: Int
  var grain: Int
  var body: (Range<Int>) -> Void
}
