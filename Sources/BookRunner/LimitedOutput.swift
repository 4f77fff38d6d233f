import BookFormat
import Foundation

/// What a cell puts out, with the middle of too much text left out.
struct LimitedOutput {
  /// How much text is kept from the beginning and from the end, and in the file that has the whole.
  struct Limits {
    var head = 64 << 10
    var tail = 64 << 10
    var file = 16 << 20
  }

  enum Item {
    case text(TextStream, Data)
    case figure(FigureEntry)

    var byteCount: Int {
      if case .text(_, let bytes) = self { bytes.count } else { 0 }
    }
  }

  /// Pieces of the tail, small enough to be let go one by one.
  private static let pieceBytes = 4096

  private let limits: Limits
  private var head: [Item] = []
  private var headBytes = 0
  private var tail: [Item] = []
  private var tailBytes = 0
  private(set) var omittedBytes = 0
  private let file: URL?
  private var whole: FileHandle?
  private var wholeBytes = 0

  /// - Parameter file: where the whole text goes if it becomes too long for the transcript.
  init(limits: Limits = Limits(), file: URL?) {
    self.limits = limits
    self.file = file
  }

  mutating func append(_ figure: FigureEntry) {
    if tail.isEmpty { head.append(.figure(figure)) } else { tail.append(.figure(figure)) }
  }

  mutating func append(_ stream: TextStream, _ bytes: Data) {
    guard !bytes.isEmpty else { return }
    let headPart = bytes.prefix(tail.isEmpty ? limits.head - headBytes : 0)
    if !headPart.isEmpty {
      Self.join(.text(stream, headPart), to: &head)
      headBytes += headPart.count
    }
    let rest = Data(bytes.dropFirst(headPart.count))
    guard !rest.isEmpty else { return }
    keepWhole(rest)
    for start in stride(from: 0, to: rest.count, by: Self.pieceBytes) {
      let piece = rest[start..<min(start + Self.pieceBytes, rest.count)]
      if case .text(stream, let last)? = tail.last, last.count + piece.count <= Self.pieceBytes {
        tail[tail.count - 1] = .text(stream, last + piece)
      } else {
        tail.append(.text(stream, Data(piece)))
      }
    }
    tailBytes += rest.count
    letGo()
  }

  /// Lets the beginning of a tail go that is too long; figures in it stay.
  private mutating func letGo() {
    var first = 0
    var kept: [Item] = []
    while tailBytes - tail[first].byteCount >= limits.tail {
      if case .text(_, let bytes) = tail[first] {
        tailBytes -= bytes.count
        omittedBytes += bytes.count
      } else {
        kept.append(tail[first])
      }
      first += 1
    }
    tail.removeSubrange(..<first)
    head += kept
  }

  private mutating func keepWhole(_ bytes: Data) {
    guard let file else { return }
    if whole == nil, wholeBytes == 0 {
      let temporary = Self.temporary(file)
      try? FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try? Data().write(to: temporary)
      whole = try? FileHandle(forWritingTo: temporary)
      for case .text(_, let earlier) in head { write(earlier) }
    }
    write(bytes)
  }

  private mutating func write(_ bytes: Data) {
    let part = bytes.prefix(limits.file - wholeBytes)
    guard !part.isEmpty, let whole else { return }
    do { try whole.write(contentsOf: part) } catch { self.whole = nil }
    wholeBytes += part.count
  }

  private static func temporary(_ file: URL) -> URL {
    file.deletingLastPathComponent().appending(path: ".\(file.lastPathComponent).\(getpid())")
  }

  /// What goes into the transcript; puts the file with the whole text in its place.
  mutating func finish() -> [CellOutput] {
    if wholeBytes > 0, let file {
      try? whole?.close()
      whole = nil
      let temporary = Self.temporary(file)
      if omittedBytes == 0 || rename(temporary.path, file.path) != 0 {
        try? FileManager.default.removeItem(at: temporary)
      }
    }
    var items = head
    guard omittedBytes > 0 else {
      for item in tail { Self.join(item, to: &items) }
      return items.map(Self.output)
    }
    var last: [Item] = []
    for item in tail { Self.join(item, to: &last) }
    let name = file.map {
      "\($0.deletingLastPathComponent().lastPathComponent)/\($0.lastPathComponent)"
    }
    return items.map(Self.output) + [.omitted(bytes: omittedBytes, file: name ?? "")]
      + last.map(Self.output)
  }

  private static func join(_ item: Item, to items: inout [Item]) {
    if case .text(let stream, let bytes) = item, case .text(stream, let last)? = items.last {
      items[items.count - 1] = .text(stream, last + bytes)
    } else {
      items.append(item)
    }
  }

  private static func output(_ item: Item) -> CellOutput {
    switch item {
    case .text(let stream, let bytes):
      .text(stream: stream, text: String(decoding: bytes, as: UTF8.self))
    case .figure(let figure): .figure(entry: figure)
    }
  }
}
