import CDuktape

/// Runs JavaScript: libraries that exist in no other language, such as KaTeX and lunr.
///
/// One engine is used by one thread at a time. It speaks ECMAScript 5, without a document, network
/// or files: a script sees what it is given.
package final class ScriptEngine {
  private let context: OpaquePointer
  private let memory: ScriptMemory
  private let timeLimit: Duration
  private let memoryLimit: Int

  /// - Parameters:
  ///   - memoryLimit: the most bytes that scripts may hold.
  ///   - timeLimit: the longest that one call may take; looked at whenever the script needs memory.
  package init(memoryLimit: Int = 256 << 20, timeLimit: Duration = .seconds(60)) {
    self.memoryLimit = memoryLimit
    self.timeLimit = timeLimit
    memory = ScriptMemory(mostBytes: memoryLimit)
    guard
      let context = duk_create_heap(
        { owner, size in scriptMemory(owner).allocate(size) },
        { owner, piece, size in scriptMemory(owner).reallocate(piece, size) },
        { owner, piece in scriptMemory(owner).free(piece) },
        Unmanaged.passUnretained(memory).toOpaque(),
        { _, message in
          fatalError("the script engine stopped: \(message.map { String(cString: $0) } ?? "")")
        })
    else { fatalError("no memory to start a script engine") }
    self.context = context
  }

  deinit { duk_destroy_heap(context) }

  /// Runs a script.
  ///
  /// - Parameters:
  ///   - source: the script's text.
  ///   - file: its name, for messages.
  /// - Returns: the value of its last statement as a string.
  @discardableResult
  package func evaluate(_ source: String, file: String) throws(ScriptError) -> String {
    try checkIsUsable()
    push(source)
    push(file)
    // Two values are on the stack: the source and the file's name.
    let flags = 2 | DUK_COMPILE_EVAL | DUK_COMPILE_SAFE
    let status = memory.limited(to: timeLimit) {
      let compiled = duk_compile_raw(context, nil, 0, flags)
      return compiled == DUK_EXEC_SUCCESS ? duk_pcall(context, 0) : compiled
    }
    return try result(status)
  }

  /// Calls a function that a script has defined.
  ///
  /// - Parameters:
  ///   - function: its name among the global variables.
  ///   - arguments: strings; it parses what is not one.
  /// - Returns: what it returns, as a string.
  package func call(_ function: String, _ arguments: String...) throws(ScriptError) -> String {
    try checkIsUsable()
    guard duk_get_global_lstring(context, function, duk_size_t(function.utf8.count)) != 0 else {
      duk_set_top(context, 0)
      throw ScriptError(message: "no script has defined “\(function)”")
    }
    for argument in arguments { push(argument) }
    let status = memory.limited(to: timeLimit) { duk_pcall(context, duk_idx_t(arguments.count)) }
    return try result(status)
  }

  private func push(_ text: String) {
    let bytes = ScriptText.bytes(of: text)
    bytes.withUnsafeBytes {
      _ = duk_push_lstring(
        context, $0.baseAddress?.assumingMemoryBound(to: CChar.self), duk_size_t($0.count))
    }
  }

  /// Takes the value on top of the stack and empties it.
  private func result(_ status: duk_int_t) throws(ScriptError) -> String {
    defer { duk_set_top(context, 0) }
    try checkIsUsable()
    var count: duk_size_t = 0
    let start = duk_safe_to_lstring(context, -1, &count)
    let text = UnsafeRawPointer(start).map {
      ScriptText.text(of: .init(start: $0.assumingMemoryBound(to: UInt8.self), count: count))
    }
    guard status == DUK_EXEC_SUCCESS else { throw ScriptError(message: text ?? "failed") }
    return text ?? ""
  }

  /// A script that was stopped may have left anything half done: the engine does no more.
  private func checkIsUsable() throws(ScriptError) {
    switch memory.reached {
    case nil: break
    case .bytes: throw ScriptError(message: "the script needs more than \(memoryLimit >> 20) MB")
    case .time: throw ScriptError(message: "the script took longer than \(timeLimit)")
    }
  }
}

/// Why a script failed.
package struct ScriptError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What the script threw, or the limit that it reached.
  package var message: String

  package var description: String { message }
}

private func scriptMemory(_ owner: UnsafeMutableRawPointer?) -> ScriptMemory {
  Unmanaged<ScriptMemory>.fromOpaque(owner!).takeUnretainedValue()
}
