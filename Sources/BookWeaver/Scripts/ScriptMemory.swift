import Glibc

/// The memory of one script engine, and the limits of what runs in it.
///
/// The engine has no clock and no quota of its own, but asks here for every piece of memory: past a
/// limit it gets none, and the script fails. (A loop that needs no memory, or catches every failure, is
/// not stopped.)
final class ScriptMemory {
  enum Limit { case bytes, time }

  /// The limit that the running script has reached.
  private(set) var reached: Limit?
  private let mostBytes: Int
  private var bytes = 0
  private var deadline: ContinuousClock.Instant?

  /// In front of each piece stands its size, in as much room as keeps the piece aligned.
  private static let header = 16

  init(mostBytes: Int) { self.mostBytes = mostBytes }

  /// Applies the limits while `run` runs; outside, memory is always given, since the engine can
  /// report a failure only to a running script.
  func limited<Result>(to time: Duration, _ run: () -> Result) -> Result {
    deadline = .now + time
    defer { deadline = nil }
    return run()
  }

  func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    guard size > 0, permits(size) else { return nil }
    return placed(malloc(size + ScriptMemory.header), size, change: size)
  }

  func reallocate(_ piece: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
    guard let piece else { return allocate(size) }
    guard size > 0 else {
      free(piece)
      return nil
    }
    let old = sizeOf(piece)
    guard size <= old || permits(size - old) else { return nil }
    return placed(
      realloc(piece - ScriptMemory.header, size + ScriptMemory.header), size, change: size - old)
  }

  func free(_ piece: UnsafeMutableRawPointer?) {
    guard let piece else { return }
    bytes -= sizeOf(piece)
    Glibc.free(piece - ScriptMemory.header)
  }

  private func permits(_ more: Int) -> Bool {
    guard let deadline else { return true }
    if bytes + more > mostBytes { reached = .bytes }
    if ContinuousClock.now > deadline { reached = .time }
    return reached == nil
  }

  private func placed(
    _ block: UnsafeMutableRawPointer?, _ size: Int, change: Int
  ) -> UnsafeMutableRawPointer? {
    guard let block else { return nil }
    bytes += change
    block.storeBytes(of: size, as: Int.self)
    return block + ScriptMemory.header
  }

  private func sizeOf(_ piece: UnsafeMutableRawPointer) -> Int {
    (piece - ScriptMemory.header).load(as: Int.self)
  }
}
