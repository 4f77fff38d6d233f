import BookFormat
import Foundation
import Testing

@testable import BookRunner

/// Predictions by `ChapterFixture`, which the build puts beside the tests.
struct PredictionTests {
  private let book: TemporaryBook
  private let source: URL
  private let cells: [Cell]

  init() throws {
    book = try TemporaryBook()
    source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/ChapterFixture/main.swift")
    cells = try splitCells(String(contentsOf: source, encoding: .utf8), file: "main.swift")
    try book.write(try Self.jpeg("gray"), to: "in/a.jpg")
    try book.write("hello", to: "in/b.jpg")
    try book.write(try Self.jpeg("orientation 6"), to: "in/c.jpg")
  }

  private static func jpeg(_ name: String) throws -> Data {
    struct File: Decodable {
      struct Case: Decodable {
        let name: String
        let jpeg: Data
      }
      let decoding: [Case]
    }
    let golden = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Goldens/jpeg.json")
    let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: golden))
    return try #require(file.decoding.first { $0.name == name }).jpeg
  }

  private func chapter(_ mode: String, key: String = "1", pictures: [PictureTask]? = nil)
    -> ChapterRun
  {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return ChapterRun(
      folders: book.folders,
      run: RunDescription(
        chapter: "fixture", profile: .full, root: book.folders.root.path, pictures: pictures),
      executable: tests.deletingLastPathComponent().appending(path: "ChapterFixture"),
      source: source, cells: cells,
      sharedKey: ReuseKey([.init(.toolchain, "version", key)]), mayReuse: true,
      environment: ProcessInfo.processInfo.environment.merging(["FIXTURE_MODE": mode]) { $1 },
      provenance: Provenance(
        toolchain: "Swift", processor: "P", instructionSet: nil, cores: 2, threads: 1, commit: nil))
  }

  /// Trains the fixture.
  private func train() throws {
    _ = try chapter("print")(interruption: try Interruption()) { _ in }
  }

  private func predict(
    _ mode: String = "print", key: String = "1",
    onEvent: @escaping (RunEvent, Interruption) -> Void = { _, _ in }
  ) throws -> (state: RunState, failure: Failure?, outcomes: [PictureOutcome]) {
    let tasks = try pictureTasks(
      for: [book.folders.root.appending(path: "in")], chapter: "fixture", chapters: ["fixture"])
    let interruption = try Interruption()
    return try chapter(mode, key: key, pictures: tasks).predict(interruption: interruption) {
      onEvent($0, interruption)
    }
  }

  /// All files of the book, by their paths.
  private func files() throws -> [String: Data] {
    let paths = try BookRunner.files(in: book.folders.root)
    return try Dictionary(
      uniqueKeysWithValues: paths.map {
        ($0, try Data(contentsOf: book.folders.root.appending(path: $0)))
      })
  }

  @Test func `pictures are looked at with what was trained, and one that is none stops no other`()
    throws
  {
    try train()
    let end = try predict()
    #expect(end.state == .complete && end.failure == nil)
    #expect(end.outcomes.map { $0.failure == nil } == [true, false, true])
    #expect(end.outcomes[0].objects.map { $0.hasPrefix("foreseen square 0.") } == [true])
    #expect(end.outcomes[1].failure?.contains("b.jpg: not a PNG or JPEG picture") == true)
    #expect(
      Set(try files().keys).isSuperset(of: [
        "in/a.fixture.png", "in/a.fixture.json", "in/c.fixture.png", "in/c.fixture.json",
      ]))
    #expect(try files().keys.filter { $0.hasPrefix("in/b") } == ["in/b.jpg"])

    struct Found: Decodable {
      struct Annotation: Decodable {
        let bbox: [Double]
        let score: Double
      }
      let annotations: [Annotation]
    }
    // Half of the frame's width, as the block's value says; an untrained weight would give 0.5.
    let found = try JSONDecoder().decode(
      Found.self, from: Data(book.text(of: "in/c.fixture.json").utf8)
    ).annotations
    #expect(found.map(\.bbox.count) == [4])
    #expect(found[0].score > 0.5 && found[0].score < 1)
    #expect(found[0].bbox[0] == 0 && found[0].bbox[2] < 5)
  }

  @Test func `a prediction leaves everything else in the book as it is`() throws {
    try train()
    let before = try files()
    _ = try predict()
    let after = try files()
    #expect(after.filter { !$0.key.contains(".fixture.") } == before)
  }

  @Test func `cells run silently as far as the predictor, and no further`() throws {
    try train()
    var (begun, shown): ([String], [String]) = ([], [])
    _ = try predict { event, _ in
      switch event {
      case .cell(let name): begun.append(name)
      case .figure, .record, .reused, .stored: shown.append("\(event)")
      default: break
      }
    }
    #expect(begun == ["quiet", "act", "train"])
    #expect(shown.isEmpty)
  }

  @Test func `a chapter that has not trained is named with the command that trains`() throws {
    let before = try files()
    let error = #expect(throws: UntrainedError.self) { try predict() }
    #expect(error?.checkpoint == "tiny" && error?.difference == nil)
    #expect(error?.description.contains("swift run chapter fixture") == true)
    #expect(try files() == before)
  }

  @Test func `what was trained otherwise is not used, and the difference is named`() throws {
    try train()
    let error = #expect(throws: UntrainedError.self) { try predict(key: "2") }
    #expect(error?.difference == "the toolchain's version changed from “1” to “2”")
  }

  @Test func `damaged weights are not used`() throws {
    try train()
    let weights = ".cache/checkpoints/fixture/full/tiny/\(CheckpointFile.weights)"
    try book.write("{", to: weights)
    let error = #expect(throws: UntrainedError.self) { try predict() }
    #expect(error?.difference?.hasPrefix("its files are damaged") == true)
  }

  @Test func `a chapter that fails before its predictor is blamed on its cell`() throws {
    try train()
    let end = try predict("trap")
    #expect(end.state == .failed && end.outcomes.isEmpty)
    #expect(end.failure?.cell == "act" && end.failure?.lineIsExact == true)
  }

  @Test func `a chapter that ends before its predictor has failed`() throws {
    try train()
    let end = try predict("exit")
    #expect(end.state == .failed)
    #expect(end.failure?.message.hasPrefix("the program ended before the cells") == true)
  }

  @Test func `an interrupt stops a prediction`() throws {
    try train()
    let end = try predict("endless-loop") { event, interruption in
      if case .cell("act") = event { interruption.interrupt() }
    }
    #expect(end.state == .interrupted && end.outcomes.isEmpty)
  }
}

struct UntrainedErrorTests {
  private func text(
    _ profile: Profile = .full, data: String? = nil, checkpoint: String? = nil,
    difference: String? = nil
  ) -> String {
    UntrainedError(
      run: RunDescription(chapter: "ssd", profile: profile, root: "/", dataFolder: data),
      checkpoint: checkpoint, difference: difference
    ).description
  }

  @Test func `the command trains in the same profile, on the same data`() {
    #expect(text().hasSuffix("Train it first: swift run chapter ssd"))
    #expect(text(.quick).hasSuffix("swift run chapter ssd --quick"))
    #expect(text(.quick, data: "/d").hasSuffix("swift run chapter ssd --quick --data /d"))
  }

  @Test func `what is missing or stale is named`() {
    #expect(text(checkpoint: "seed-2").contains("its checkpoint “seed-2” is missing"))
    #expect(
      text(checkpoint: "seed-2", difference: "the cell “loss” changed")
        .contains("is stale: the cell “loss” changed (checkpoint “seed-2”)"))
  }
}
