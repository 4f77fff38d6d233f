package import BookFormat
package import Foundation
import Glibc

/// What happens while a chapter runs, for whoever shows it.
package enum RunEvent {
  /// A chapter has said hello; in debug its loops are slow.
  case began(isDebugBuild: Bool)
  case cell(String)
  case text(TextStream, Data)
  case figure(FigureEntry)
  case record(RecordEntry)
  case progress(ProgressState)
  case reused(checkpoint: String)
  case stored(checkpoint: String)
  case predicted(PictureOutcome)
  /// Something went wrong that does not stop the run.
  case warning(String)
}

/// One run of a chapter that is built: its process, what it put out, and how it ended.
package struct ChapterRun {
  package var folders: BookFolders
  package var run: RunDescription
  package var executable: URL
  /// The chapter's source, as the compiler saw it: backtraces name it.
  package var source: URL
  /// The chapter's cells as its source has them; the first stands for what comes before them.
  package var cells: [Cell]
  /// What every result of the chapter depends on.
  package var sharedKey: ReuseKey
  /// Whether stored checkpoints may be used.
  package var mayReuse: Bool
  package var environment: [String: String]
  package var provenance: Provenance

  package init(
    folders: BookFolders, run: RunDescription, executable: URL, source: URL, cells: [Cell],
    sharedKey: ReuseKey, mayReuse: Bool, environment: [String: String], provenance: Provenance
  ) {
    self.folders = folders
    self.run = run
    self.executable = executable
    self.source = source
    self.cells = cells
    self.sharedKey = sharedKey
    self.mayReuse = mayReuse
    self.environment = environment
    self.provenance = provenance
  }

  /// Runs the chapter to its end and writes its results.
  ///
  /// Returns the transcript, also of a run that failed or was interrupted.
  /// - Throws: `RunError` where the chapter cannot be started or its results not be written.
  package func callAsFunction(
    interruption: Interruption, onEvent: @escaping (RunEvent) -> Void
  ) throws -> Transcript {
    let began = Date()
    let clock = ContinuousClock.now
    let (conversation, diagnosis) = try converse(interruption: interruption, onEvent: onEvent)
    let transcript = Transcript(
      chapter: run.chapter, profile: run.profile, state: diagnosis.state,
      failure: diagnosis.failure, began: began.timeIntervalSince1970,
      seconds: (ContinuousClock.now - clock) / .seconds(1),
      cells: diagnosis.cells(conversation.recorder.finished),
      key: ReuseKey(sharedKey.parts + cells.keyParts), provenance: provenance)
    try ChapterResults(folders: folders, chapter: run.chapter, profile: run.profile)
      .write(transcript)
    return transcript
  }

  /// Starts the chapter and serves it to its end.
  ///
  /// Having said what became of all pictures is the end of a prediction, whatever cells follow.
  func converse(
    interruption: Interruption, onEvent: @escaping (RunEvent) -> Void
  ) throws -> (Conversation, RunDiagnosis) {
    let report = FileManager.default.temporaryDirectory.appending(
      path: "chapter-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: report) }
    var environment = environment
    environment["SWIFT_BACKTRACE"] = Backtrace.setting(reportTo: report)

    let child = try Child(executable: executable, arguments: [], environment: environment)
    let conversation = try Conversation(
      child: child, plan: self, interruption: interruption, onEvent: onEvent)
    let ending = conversation.untilEnd()

    let finished = conversation.recorder.finished
    let hasPredicted = run.pictures.map { $0.count == conversation.outcomes.count } ?? false
    let diagnosis = RunDiagnosis(
      ending: ending, wasInterrupted: conversation.wasInterrupted,
      protocolError: conversation.protocolError, last: finished.last,
      file: folders.sourcePath(of: run.chapter),
      exactLine: read(Backtrace.self, from: report)?.line(in: source.path),
      missing: hasPredicted
        ? []
        : cells.filter { cell in
          !cell.name.isEmpty && !finished.contains { $0.name == cell.name }
        })
    return (conversation, diagnosis)
  }
}
