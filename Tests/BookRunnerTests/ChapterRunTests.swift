import BookFormat
import Foundation
import Synchronization
import Testing

@testable import BookRunner

/// Runs of `ChapterFixture`, which the build puts beside the tests.
struct ChapterRunTests {
  private let book: TemporaryBook
  private let source: URL
  private let cells: [Cell]
  private let provenance = Provenance(
    toolchain: "Swift 6.3.1", processor: "P", instructionSet: nil, cores: 2, threads: 1,
    commit: "abc1234")

  init() throws {
    book = try TemporaryBook()
    source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/ChapterFixture/main.swift")
    cells = try splitCells(String(contentsOf: source, encoding: .utf8), file: "main.swift")
  }

  private var results: ChapterResults {
    ChapterResults(folders: book.folders, chapter: "fixture", profile: .full)
  }

  private func chapter(_ mode: String, mayReuse: Bool = true, key: String = "1") -> ChapterRun {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return ChapterRun(
      folders: book.folders,
      run: RunDescription(chapter: "fixture", profile: .full, root: book.folders.root.path),
      executable: tests.deletingLastPathComponent().appending(path: "ChapterFixture"),
      source: source, cells: cells,
      sharedKey: ReuseKey([.init(.toolchain, "version", key)]), mayReuse: mayReuse,
      environment: ProcessInfo.processInfo.environment.merging(["FIXTURE_MODE": mode]) { $1 },
      provenance: provenance)
  }

  private func run(
    _ mode: String, mayReuse: Bool = true, key: String = "1",
    onEvent: @escaping (RunEvent, Interruption) -> Void = { _, _ in }
  ) throws -> Transcript {
    let interruption = try Interruption()
    return try chapter(mode, mayReuse: mayReuse, key: key)(interruption: interruption) {
      onEvent($0, interruption)
    }
  }

  private func text(_ transcript: Transcript, _ cell: String, _ stream: TextStream = .stdout)
    -> String
  {
    transcript.cells.first { $0.name == cell }.map(\.outputs)?.reduce(into: "") { text, output in
      if case .text(stream, let piece) = output { text += piece }
    } ?? "no cell \(cell)"
  }

  private func states(_ transcript: Transcript) -> [CellTranscript.State] {
    transcript.cells.map(\.state)
  }

  /// A transcript without what may differ between a fresh and a reused run.
  private func page(_ transcript: Transcript) -> [CellTranscript] {
    transcript.cells.map { cell in
      var cell = cell
      (cell.seconds, cell.state, cell.reusedCheckpoints) = (0, .fresh, [])
      return cell
    }
  }

  @Test func `each cell has what it printed, showed and recorded, in order`() throws {
    let transcript = try run("print")
    #expect(transcript.state == .complete)
    #expect(transcript.cells.map(\.name) == ["quiet", "act", "train", "last"])
    #expect(transcript.cells.map(\.line) == cells.dropFirst().map(\.line))
    #expect(text(transcript, "quiet") == "begins with ünïcode\n")
    #expect(text(transcript, "act") == "acts\n")
    let train = transcript.cells[2].outputs.map { output in
      switch output {
      case .text(_, let text): text
      case .figure(let figure): figure.name
      case .omitted: "…"
      }
    }
    #expect(train.count == 4)
    #expect(train[0] == "before the block\nstep 0\nstep 1\nstep 2\n")
    #expect(train[1] == "train-1")
    #expect(train[2].hasPrefix("after the block [1.0, 0.5, 0.25] ["))
    #expect(train[3] == "train-2")
    let records = try bookDecoder().decode(
      [RecordEntry].self, from: Data(contentsOf: results.folder.appending(path: "records.json")))
    #expect(records.map(\.name) == ["loss", "steps"])
    #expect(records.map(\.value) == [0.25, 3])
    #expect(records.map(\.cell) == ["train", "last"])
    let figures = try FileManager.default.contentsOfDirectory(
      atPath: results.folder.appending(path: "figures").path)
    #expect(figures.count == 6)
    #expect(results.transcript == transcript)
  }

  @Test(arguments: ["print", "throw"])
  func `a transcript keeps what the run depended on and was made with`(mode: String) throws {
    let transcript = try run(mode)
    #expect(
      transcript.key?.parts
        == [.init(.toolchain, "version", "1")] + cells.keyParts)
    #expect(transcript.provenance == provenance)
    #expect(transcript.key?.parts.last?.name == "last")
  }

  @Test func `a checkpoint keeps how long its block ran`() throws {
    _ = try run("print")
    let stored = StoredCheckpoints(book.folders, chapter: "fixture", profile: .full)
    let seconds = try #require(stored.seconds(of: "tiny"))
    #expect(seconds > 0 && seconds < 60)
  }

  @Test func `a trap is blamed on its line, and what came before is kept`() throws {
    let transcript = try run("trap")
    #expect(transcript.state == .failed)
    #expect(states(transcript) == [.fresh, .failed, .notRun, .notRun])
    #expect(text(transcript, "act") == "before the trap\n")
    #expect(!text(transcript, "act", .stderr).contains("Backtracing"))
    let line = try #require(
      try String(contentsOf: source, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      ).firstIndex { $0.contains("numbers[index]") })
    #expect(transcript.failure?.line == line + 1)
    #expect(transcript.failure?.lineIsExact == true)
    #expect(transcript.failure?.cell == "act")
  }

  @Test func `an error that is not caught is the failure's message`() throws {
    let transcript = try run("throw")
    #expect(transcript.failure?.message == "labels.csv:3: “seven” is not a number")
    #expect(transcript.failure?.cell == "act")
    #expect(states(transcript) == [.fresh, .failed, .notRun, .notRun])
  }

  @Test func `a program that ends early has failed, whatever its exit code`() throws {
    let transcript = try run("exit")
    #expect(transcript.state == .failed)
    #expect(
      transcript.failure?.message == "the program ended before the cells “train”, “last”")
    #expect(states(transcript) == [.fresh, .failed, .notRun, .notRun])
  }

  @Test func `text cannot forge a cell`() throws {
    let transcript = try run("forged")
    #expect(transcript.cells.map(\.name) == ["quiet", "act", "train", "last"])
    #expect(
      text(transcript, "act")
        == "{\"begin\":{\"cell\":\"forged\",\"line\":1}}\ncell(\"forged\")\n")
  }

  @Test func `every byte of both streams belongs to its cell, in order`() throws {
    let transcript = try run("streams")
    #expect(text(transcript, "act") == "out 1\nout 2\n")
    #expect(text(transcript, "act", .stderr) == "err 1\nerr 2\n")
    #expect(text(transcript, "train").hasPrefix("before the block\n"))
  }

  @Test func `long text ends up in its own cell, its middle in a file`() throws {
    let transcript = try run("long")
    let whole = (0..<100_000).map { "line \($0)\n" }.joined()
    #expect(text(transcript, "act").hasPrefix("line 0\n"))
    #expect(text(transcript, "act").hasSuffix("line 99999\n"))
    #expect(text(transcript, "act").utf8.count < 200_000)
    #expect(
      try String(contentsOf: results.folder.appending(path: "text/act.txt"), encoding: .utf8)
        == whole)
    #expect(text(transcript, "train").hasPrefix("before the block\n"))
  }

  @Test(arguments: ["endless-loop", "endless-print", "stubborn"])
  func `an interrupt stops the chapter and keeps what it put out`(mode: String) throws {
    let stopped = Mutex<ContinuousClock.Instant?>(nil)
    let transcript = try run(mode) { event, interruption in
      guard case .text = event, !stopped.withLock({ $0 != nil }) else { return }
      guard case .text(_, let bytes) = event, !bytes.starts(with: Data("begins".utf8)) else {
        return
      }
      stopped.withLock { $0 = .now }
      interruption.interrupt()
    }
    let began = try #require(stopped.withLock { $0 })
    #expect(ContinuousClock.now - began < .seconds(mode == "stubborn" ? 4 : 2.5))
    #expect(transcript.state == .interrupted)
    #expect(states(transcript) == [.fresh, .failed, .notRun, .notRun])
    #expect(!text(transcript, "act").isEmpty)
    #expect(results.transcript?.state == .interrupted)
  }

  @Test func `a checkpoint is reused, and its page is that of the fresh run`() throws {
    let fresh = try run("print")
    let reused = try run("print")
    #expect(states(fresh) == [.fresh, .fresh, .fresh, .fresh])
    #expect(states(reused) == [.fresh, .fresh, .reused, .fresh])
    #expect(reused.cells[2].reusedCheckpoints == ["tiny"])
    #expect(page(reused) == page(fresh))
  }

  @Test func `a checkpoint brings its figures back`() throws {
    _ = try run("print")
    let figures = results.folder.appending(path: "figures")
    let before = try Data(contentsOf: figures.appending(path: "train-1.svg"))
    try FileManager.default.removeItem(at: figures)
    _ = try run("print")
    #expect(try Data(contentsOf: figures.appending(path: "train-1.svg")) == before)
  }

  @Test func `a changed key, a wish to train anew and damage all train`() throws {
    _ = try run("print")
    #expect(states(try run("print", key: "2"))[2] == .fresh)
    #expect(states(try run("print", key: "2"))[2] == .reused)
    #expect(states(try run("print", mayReuse: false, key: "2"))[2] == .fresh)
    let stored = book.folders.checkpoints(of: "fixture", .full).appending(path: "tiny")
    try Data("{".utf8).write(to: stored.appending(path: CheckpointFile.weights))
    let anew = try run("print", key: "2")
    #expect(states(anew)[2] == .fresh)
    #expect(text(anew, "train", .stderr).contains("damaged"))
  }

  @Test func `a block that fails is not stored`() throws {
    let transcript = try run("throw-in-block")
    #expect(transcript.failure?.cell == "train")
    let stored = book.folders.checkpoints(of: "fixture", .full)
    #expect(((try? FileManager.default.contentsOfDirectory(atPath: stored.path)) ?? []) == [])
    #expect(states(try run("print"))[2] == .fresh)
  }

  @Test func `a failed run leaves the records of the last complete one`() throws {
    _ = try run("print")
    let records = try Data(contentsOf: results.folder.appending(path: "records.json"))
    _ = try run("throw")
    #expect(try Data(contentsOf: results.folder.appending(path: "records.json")) == records)
  }

  @Test func `a chapter whose runner is gone stops`() throws {
    let plan = chapter("endless-loop")
    let child = try Child(
      executable: plan.executable, arguments: [], environment: plan.environment)
    // Play the runner up to the endless cell, then drop the descriptor as a killed runner would.
    var lines = JSONLines()
    var cellsBegun = 0
    while cellsBegun < 2 {
      for line in try lines.append(readAvailable(child.control, limit: 65536) ?? Data()) {
        let reply: RunnerReply
        switch try bookDecoder().decode(ChapterMessage.self, from: line) {
        case .hello:
          reply = .welcome(version: wireVersion, run: plan.run, sharedKey: plan.sharedKey)
        case .begin:
          cellsBegun += 1
          reply = .begun(cells: ReuseKey(), reuse: false)
        default: reply = .proceed
        }
        let bytes = try JSONLines.encode(reply)
        _ = bytes.withUnsafeBytes { write(child.control, $0.baseAddress, $0.count) }
      }
      usleep(1000)
    }
    child.close()
    var ending: Child.Ending?
    for _ in 0..<500 where ending == nil {
      usleep(10_000)
      ending = child.ending()
    }
    if ending == nil { child.signalGroup(SIGKILL) }
    #expect(ending == .signal(SIGKILL))
  }
}
