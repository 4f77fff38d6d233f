import BookFormat
import Foundation
import Synchronization
import Testing

@testable import BookRunner

/// Runs of books whose chapters are all `ChapterFixture`, which the build puts beside the tests.
struct BookRunTests {
  private let book: TemporaryBook
  private let fixture: URL

  /// A book of the chapters one, two and three; two does what `mode(_:of:)` says.
  init() throws {
    book = try TemporaryBook()
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    fixture = tests.deletingLastPathComponent().appending(path: "ChapterFixture")
    try book.write("let chapters = [\"one\", \"two\", \"three\"]", to: "Package.swift")
    let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/ChapterFixture/main.swift")
    for name in ["one", "two", "three"] {
      try book.write(Data(contentsOf: source), to: book.folders.sourcePath(of: name))
      try setMode("print", of: name)
    }
  }

  /// Makes a chapter's program the fixture in this mode.
  private func setMode(_ mode: String, of chapter: String) throws {
    try book.write(
      script: "FIXTURE_MODE=\(mode) exec '\(fixture.path)'", to: ".build/release/\(chapter)")
  }

  private func append(_ text: String, to chapter: String) throws {
    let path = book.folders.sourcePath(of: chapter)
    try book.write(try book.text(of: path) + text, to: path)
  }

  private func plan(_ names: [String] = ["one", "two", "three"], anew: Bool = false) -> BookPlan {
    BookPlan(of: names, in: book.surroundings, profile: .full, anew: anew)
  }

  /// Runs what is due; returns each chapter with its outcome, and the chapters that were built.
  private func run(
    _ plan: BookPlan, failing: String? = nil,
    onEvent: @escaping (BookRun.Event, Interruption) -> Void = { _, _ in }
  ) throws -> (outcomes: [BookRun.Outcome], built: [String]) {
    let interruption = try Interruption()
    let built = Mutex<[String]>([])
    let outcomes = BookRun(plan) { chapter, _ in
      built.withLock { $0.append(chapter.chapter) }
      if chapter.chapter == failing { throw RunError("does not build") }
    }(interruption: interruption) { onEvent($0, interruption) }
    return (outcomes.map(\.outcome), built.withLock { $0 })
  }

  @Test func `what is stale runs, what is fresh is neither built nor run`() throws {
    let first = try run(plan())
    #expect(first.outcomes == [.ran, .ran, .ran])
    #expect(first.built == ["one", "two", "three"])
    let second = try run(plan())
    #expect(second.outcomes == [.reused, .reused, .reused])
    #expect(second.built == [])
    try append("let more = 1\n", to: "two")
    let third = try run(plan())
    #expect(third.outcomes == [.reused, .ran, .reused])
    #expect(third.built == ["two"])
    #expect(try run(plan(anew: true)).outcomes == [.ran, .ran, .ran])
  }

  @Test func `a chapter that fails does not stop the others, and stays due`() throws {
    try setMode("trap", of: "two")
    #expect(try run(plan()).outcomes == [.ran, .failed, .ran])
    #expect(plan().due.map(\.chapter) == ["two"])
  }

  @Test func `a program that does not build does not stop the others`() throws {
    var refused: [String] = []
    let result = try run(plan(), failing: "one") { event, _ in
      if case .refused(let chapter, let reason) = event { refused += [chapter, reason] }
    }
    #expect(result.outcomes == [.failed, .ran, .ran])
    #expect(refused == ["one", "does not build"])
  }

  @Test func `a chapter that cannot be read has failed, the others run`() throws {
    try append("cell(\"last\")\n", to: "one")
    let plan = plan()
    #expect(plan.unreadable.map(\.chapter) == ["one"])
    #expect(try run(plan).outcomes == [.failed, .ran, .ran])
  }

  @Test func `an interrupt stops the book and keeps what is done`() throws {
    try setMode("endless-loop", of: "two")
    let result = try run(plan()) { event, interruption in
      if case .during(.text(_, let bytes)) = event, bytes.starts(with: Data("looping".utf8)) {
        interruption.interrupt()
      }
    }
    #expect(result.outcomes == [.ran, .notReached, .notReached])
    #expect(plan().due.map(\.chapter) == ["two", "three"])
  }

  @Test func `chapters are counted as they begin`() throws {
    _ = try run(plan(["two"]))
    var began: [String] = []
    _ = try run(plan()) { event, _ in
      if case .began(let chapter, let number, let count) = event {
        began.append("\(chapter.chapter) \(number)/\(count)")
      }
    }
    #expect(began == ["one 1/2", "three 2/2"])
  }

  @Test func `a chapter that reads another runs again only where the other measured anew`() throws {
    try append("let folder = try resultsFolder(of: \"one\")\n", to: "three")
    #expect(try run(plan()).outcomes == [.ran, .ran, .ran])
    #expect(plan().due.isEmpty)
    try append("let more = 1\n", to: "one")
    // It is built in case it must run; the fixture records the same numbers again.
    #expect(plan().due.map(\.chapter) == ["one", "three"])
    let same = try run(plan())
    #expect(same.outcomes == [.ran, .reused, .reused])
    #expect(same.built == ["one", "three"])
  }

  @Test func `the time of a run is estimated, and what is not known is said so`() throws {
    #expect(
      plan(["one", "two"]).estimate
        == "2 of 2 chapters will run: one, two, whose time is not known.")
    _ = try run(plan(["one"]))
    let estimate = plan(["one", "two"], anew: true).estimate
    #expect(
      estimate.wholeMatch(
        of: /2 of 2 chapters will run: about \d:\d\d, and two, whose time is not known\./) != nil)
  }
}
