import COneDNN
import Synchronization

/// A oneDNN operation compiled for given layouts, kept for the next call with the same ones.
///
/// `@unchecked Sendable`: immutable after `init`, and made in user-scratchpad mode, in which
/// oneDNN allows any thread to run it, several at once.
final class Primitive: @unchecked Sendable {
  typealias Argument = (role: odn_role, layout: Layout, pointer: UnsafeMutableRawPointer)

  private let handle: OpaquePointer
  private let scratchpad: Layout?

  private init(_ handle: OpaquePointer) {
    self.handle = handle
    scratchpad = odn_primitive_layout(handle, ODN_SCRATCHPAD).map {
      Layout.interned($0, [odn_layout_bytes($0)])
    }
  }

  /// What tells one primitive from another.
  ///
  /// The thread count is part of it: kernels divide their work when they are compiled.
  struct Key: Hashable {
    let operation: String
    let layouts: [Layout]
    let window: Window?
    let options: [Int]
    private let threads = threadCount

    init(operation: String, layouts: [Layout], window: Window? = nil, options: [Int] = []) {
      self.operation = operation
      self.layouts = layouts
      self.window = window
      self.options = options
    }
  }

  private static let cache = Mutex<[Key: Primitive]>([:])

  /// The cached primitive for `key`, or the one that `make` returns.
  static func cached(_ key: Key, make: () -> OpaquePointer?) -> Primitive {
    if let known = cache.withLock({ $0[key] }) { return known }
    guard let handle = make() else {
      let shapes = key.layouts.map { "\($0.shape)" }.joined(separator: ", ")
      fatalError("\(String(cString: odn_last_error())), for shapes \(shapes)")
    }
    let made = Primitive(handle)
    cache.withLock { $0[key] = made }
    return made
  }

  /// The order this primitive wants or makes `role` in.
  func layout(_ role: odn_role, _ shape: [Int]) -> Layout {
    Layout.interned(odn_primitive_layout(handle, role), shape)
  }

  /// The order of the notes that a forward pass leaves for its backward pass, if it leaves any.
  var workspace: Layout? {
    odn_primitive_layout(handle, ODN_WORKSPACE).map {
      Layout.interned($0, [odn_layout_bytes($0)])
    }
  }

  func run(_ arguments: Argument...) { run(arguments) }

  func run(_ arguments: [Argument]) {
    var arguments = arguments
    var scratch: Buffer?
    if let scratchpad {
      let buffer = Buffer(byteCount: scratchpad.byteCount)
      arguments.append((ODN_SCRATCHPAD, scratchpad, buffer.pointer))
      scratch = buffer
    }
    let roles = arguments.map(\.role)
    let layouts = arguments.map { Optional($0.layout.handle) }
    let pointers = arguments.map { Optional($0.pointer) }
    let failed = odn_execute(handle, Int32(arguments.count), roles, layouts, pointers)
    withExtendedLifetime(scratch) {
      if failed != 0 { fatalError(String(cString: odn_last_error())) }
    }
  }

  static func reorder(from source: Layout, to result: Layout) -> Primitive {
    cached(Key(operation: "reorder", layouts: [source, result])) {
      odn_reorder(source.handle, result.handle)
    }
  }
}
