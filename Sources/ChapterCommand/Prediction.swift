import ArgumentParser
import BookFormat
import BookRunner
import Foundation

/// The reader's pictures that a chapter is to look at.
struct PredictionOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Pictures of yours (PNG or JPEG), or folders of them, to find objects in with what the "
        + "chapter has learned. Writes NAME.CHAPTER.png and, in COCO's form, NAME.CHAPTER.json "
        + "beside each, over those of an earlier time.",
      valueName: "picture"))
  var predict: [String] = []

  @Option(help: ArgumentHelp("The folder for what --predict writes.", valueName: "folder"))
  var out: String?

  func validate() throws {
    if out != nil, predict.isEmpty {
      throw ValidationError("--out goes with --predict: --predict photo.jpg --out found")
    }
  }

  /// The pictures and folders as absolute paths; nil where a run is wanted.
  var paths: [URL]? { predict.isEmpty ? nil : predict.map(absolute) }

  /// What a chapter is to do; nil where a run is wanted.
  ///
  /// - Throws: where the chapter finds no objects, has learned nothing yet, or there is no picture.
  func tasks(for prepared: PreparedChapter) throws -> [PictureTask]? {
    guard let paths else { return nil }
    let chapters = try ChapterCatalog(prepared.folders).names
    guard prepared.hasPredictor else {
      let able = try chapters.filter {
        try callsPredictor(swiftTokens(ChapterCatalog(prepared.folders).source(of: $0)))
      }
      throw RunError(
        "The chapter “\(prepared.chapter)” finds no objects in pictures. Those that do: "
          + able.joined(separator: ", "))
    }
    try prepared.requireTrained()
    return try pictureTasks(
      for: paths, chapter: prepared.chapter, chapters: chapters, out: out.map(absolute))
  }

  private func absolute(_ path: String) -> URL {
    URL(filePath: path).standardizedFileURL.absoluteURL
  }
}

/// Looks at pictures and says what became of each.
///
/// - Throws: an exit code where a picture has no result.
func predict(
  _ pictures: [PictureTask], by prepared: PreparedChapter, screen: Screen,
  interruption: Interruption
) throws {
  if prepared.profile == .quick {
    screen.note("Trained by a quick run: what it finds means nothing.")
  }
  let end = try prepared.run(mayReuse: true, pictures: pictures).predict(
    interruption: interruption
  ) { event in
    switch event {
    case .text(.stderr, let bytes): screen.write(bytes, to: .stderr)
    case .progress(let state): screen.show(state)
    case .warning(let text): screen.note("warning: \(text)")
    case .predicted(let outcome):
      let text = outcome.failure ?? outcome.line
      screen.write(Data((text + "\n").utf8), to: outcome.failure == nil ? .stdout : .stderr)
    case .began, .cell, .text, .figure, .record, .reused, .stored: break
    }
  }
  let done = end.outcomes.count { $0.failure == nil }
  if pictures.count > 1 || done < pictures.count {
    screen.note("\(done) of \(pictures.count) pictures have a result.")
  }
  if let failure = end.failure, end.state == .failed {
    let place = failure.line.map { "\(failure.file):\($0)" } ?? failure.file
    throw RunError("\(place): error: \(failure.message)")
  }
  if end.state == .interrupted { throw ExitCode(130) }
  if done < pictures.count { throw ExitCode.failure }
}

extension PictureOutcome {
  /// What was found in a picture, and where the drawing is.
  fileprivate var line: String {
    let name = URL(filePath: task.picture).lastPathComponent
    let found = objects.isEmpty ? "nothing found" : objects.joined(separator: ", ")
    return "\(name): \(found)\n  \(task.drawing)\n  \(task.detections)"
  }
}
