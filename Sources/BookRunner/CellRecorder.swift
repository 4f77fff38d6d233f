import BookFormat
import Foundation

/// Collects what each cell of a running chapter puts out, and the part of it that belongs to the
/// block of a checkpoint.
struct CellRecorder {
  private(set) var finished: [CellTranscript] = []
  private var current = CellTranscript(name: "", line: 1, state: .fresh)
  private var output: LimitedOutput
  private var began = ContinuousClock.now
  private var block:
    (output: LimitedOutput, records: [RecordEntry], began: ContinuousClock.Instant)?
  private let textFolder: URL?
  private let limits: LimitedOutput.Limits

  /// - Parameter textFolder: where text goes that is too long for a transcript; nil lets go of it.
  init(textFolder: URL?, limits: LimitedOutput.Limits) {
    self.textFolder = textFolder
    self.limits = limits
    self.output = LimitedOutput(limits: limits, file: textFolder?.appending(path: "start.txt"))
  }

  mutating func begin(cell name: String, line: Int) {
    finishCell()
    current = CellTranscript(name: name, line: line, state: .fresh)
    output = LimitedOutput(limits: limits, file: textFolder?.appending(path: "\(name).txt"))
    began = .now
  }

  /// Ends the running cell; what a chapter does before its first cell counts only if it shows.
  private mutating func finishCell() {
    current.outputs = output.finish()
    current.seconds = (ContinuousClock.now - began) / .seconds(1)
    if !current.name.isEmpty || !current.outputs.isEmpty || !current.records.isEmpty {
      finished.append(current)
    }
  }

  mutating func text(_ stream: TextStream, _ bytes: Data) {
    output.append(stream, bytes)
    block?.output.append(stream, bytes)
  }

  mutating func figure(_ figure: FigureEntry) {
    output.append(figure)
    block?.output.append(figure)
  }

  mutating func record(_ record: RecordEntry) {
    current.records.append(record)
    block?.records.append(record)
  }

  /// From here on, what comes belongs to the block of a checkpoint, too.
  mutating func beginBlock() {
    // Long enough that a replay fills a cell just as the block did.
    let wide = LimitedOutput.Limits(head: 4 * limits.head, tail: 4 * limits.tail, file: 0)
    block = (LimitedOutput(limits: wide, file: nil), [], .now)
  }

  /// Ends the block and returns what a later run replays.
  mutating func endBlock() -> Replay? {
    guard var block else { return nil }
    self.block = nil
    return Replay(
      outputs: block.output.finish(), records: block.records,
      seconds: (ContinuousClock.now - block.began) / .seconds(1))
  }

  /// Puts a stored block into the cell.
  mutating func replay(_ replay: Replay, checkpoint: String) {
    current.state = .reused
    current.reusedCheckpoints.append(checkpoint)
    for item in replay.outputs {
      switch item {
      case .text(let stream, let text): output.append(stream, Data(text.utf8))
      case .figure(let figure): output.append(figure)
      case .omitted(let bytes, _): output.append(.stdout, Data("[… \(bytes) bytes …]\n".utf8))
      }
    }
    current.records += replay.records
  }

  /// Ends the last cell; `hasFailed` where the run stopped in it.
  mutating func finish(hasFailed: Bool) {
    if hasFailed { current.state = .failed }
    finishCell()
  }
}

/// What the block of a checkpoint printed, showed and recorded.
struct Replay: Codable, Equatable, Sendable {
  var outputs: [CellOutput]
  var records: [RecordEntry]
  /// How long the block ran; nil where an older command did not keep it.
  var seconds: Double?

  /// The figures among the outputs.
  var figures: [FigureEntry] {
    outputs.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
}
