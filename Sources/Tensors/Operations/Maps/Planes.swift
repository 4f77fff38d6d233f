import COneDNN

/// Maps `[N, C, H, W]` as loops over cells see them: planes of rows × columns cells, each cell the
/// neighbouring numbers of `lanes` channels.
struct Planes {
  let storage: Storage
  /// 1 in row-major order, 8 or 16 where channels lie in blocks.
  let lanes: Int

  private init(_ storage: Storage, lanes: Int) {
    self.storage = storage
    self.lanes = lanes
  }

  /// These maps as they lie if loops can follow their order, else in row-major order.
  init(_ storage: Storage) {
    let blocked = [16, 8].first {
      Layout.channelBlocks(storage.layout.shape, lanes: $0) == storage.layout
    }
    self = Planes(blocked == nil ? storage.rowMajor : storage, lanes: blocked ?? 1)
  }

  /// Room for maps of other extents in the same order.
  func like(rows: Int, columns: Int) -> Planes {
    let shape = storage.layout.shape[..<2] + [rows, columns]
    return Planes(Storage(layout(Array(shape))), lanes: lanes)
  }

  /// The maps of `other` in this order.
  func matching(_ other: Storage) -> Planes {
    Planes(other.converted(to: layout(other.layout.shape)), lanes: lanes)
  }

  private func layout(_ shape: [Int]) -> Layout {
    lanes == 1 ? .rowMajor(shape) : .channelBlocks(shape, lanes: lanes)
  }

  var rows: Int { storage.layout.shape[2] }
  var columns: Int { storage.layout.shape[3] }
  var count: Int {
    storage.layout.shape[0] * ((storage.layout.shape[1] + lanes - 1) / lanes)
  }

  /// The cells, plane after plane, each in row-major order.
  func cells<Kind: Cell>(_: Kind.Type) -> UnsafeMutablePointer<Kind> {
    storage.buffer.pointer.assumingMemoryBound(to: Kind.self)
  }

  /// Sets every number to zero.
  func clear() { storage.floats.initialize(repeating: 0, count: storage.paddedCount) }
}

/// What loops over planes compute with: one channel, or a block of them.
protocol Cell {
  static var zero: Self { get }
  static func + (a: Self, b: Self) -> Self
  static func * (a: Self, b: Float) -> Self
}

extension Float: Cell { static var zero: Float { 0 } }
extension SIMD8<Float>: Cell {}
extension SIMD16<Float>: Cell {}

/// A loop over planes that is compiled for each kind of cell.
protocol PlaneLoop {
  func run<Kind: Cell>(_ kind: Kind.Type)
}

extension Planes {
  /// Runs `loop` for this order's kind of cell.
  func run(_ loop: some PlaneLoop) {
    switch lanes {
    case 16: loop.run(SIMD16<Float>.self)
    case 8: loop.run(SIMD8<Float>.self)
    default: loop.run(Float.self)
    }
  }

  /// Calls `body` for each plane, in parallel.
  func eachPlane(_ body: (Int) -> Void) {
    inParallel(count, smallest: (1 << 12) / max(rows * columns * lanes, 1) + 1) { range in
      for plane in range { body(plane) }
    }
  }
}
