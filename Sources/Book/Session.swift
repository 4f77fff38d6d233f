package import BookFormat
@preconcurrency package import Foundation
import Synchronization

/// One run of a chapter: where it stands, where its files go, and who started it.
package final class Session: Sendable {
  /// The run of this program, made by the first call to any function of the book.
  static let current = Session()

  package let run: RunDescription
  package let folders: BookFolders
  private let link: RunnerLink?
  /// What all checkpoints depend on; empty without a runner.
  private let sharedKey: ReuseKey
  /// Held while a run without a runner writes; the runner holds its own.
  private let lock: FileLock?
  let position = Mutex(Position())
  let directProgress = Mutex(ProgressDisplay(columns: isatty(STDERR_FILENO) == 1 ? 80 : nil))

  /// Where in the chapter the run is, and what it has put out.
  struct Position: Sendable {
    var cell = ""
    var figures = 0
    var records: [RecordEntry] = []
    /// By detector; the chapter's first has no name.
    var detections: [String: [DetectionEntry]] = [:]
    var key: ReuseKey?
    var mayReuse = false
    var checkpoint: String?
  }

  /// A run for tests: with a runner at the other end of `link`, or without.
  package init(run: RunDescription, link: RunnerLink?, sharedKey: ReuseKey) {
    self.run = run
    self.sharedKey = sharedKey
    self.folders = BookFolders(root: URL(filePath: run.root, directoryHint: .isDirectory))
    self.link = link
    self.lock = nil
  }

  private init() {
    let isDebugBuild = _isDebugAssertConfiguration()
    if let link = RunnerLink.inherited() {
      // What is printed must reach the reader while a long cell runs.
      setvbuf(stdout, nil, _IOLBF, 0)
      fflush(nil)
      guard
        case .welcome(wireVersion, let run, let sharedKey) = link.ask(
          .hello(version: wireVersion, isDebugBuild: isDebugBuild))
      else { stop("the runner is of another version than this chapter; build both anew") }
      (self.run, self.link, self.lock, self.sharedKey) = (run, link, nil, sharedKey)
      self.folders = BookFolders(root: URL(filePath: run.root, directoryHint: .isDirectory))
      return
    }
    let run = directRun(arguments: CommandLine.arguments)
    self.run = run
    self.link = nil
    self.sharedKey = ReuseKey()
    self.folders = BookFolders(root: URL(filePath: run.root, directoryHint: .isDirectory))
    self.lock = takeLock(folders.lock(of: run.chapter, run.profile), chapter: run.chapter)
    #if DEBUG
      print(
        "Built in debug: loops are 20 to 100 times slower than with "
          + "swift run -c release \(run.chapter)")
    #endif
  }

  /// Whether the program only looks at the reader's pictures: it restores checkpoints and puts out
  /// nothing else.
  var isPredicting: Bool { run.pictures != nil }

  /// The folder that this run's results go to.
  package var output: URL { folders.output(of: run.chapter, run.profile) }

  func begin(cell name: String, line: UInt) {
    fflush(nil)
    var key: ReuseKey?
    var mayReuse = false
    if let link {
      guard case .begun(let cells, let reuse) = link.ask(.begin(cell: name, line: Int(line)))
      else { stop("the runner did not acknowledge the cell “\(name)”") }
      (key, mayReuse) = (ReuseKey(sharedKey.parts + cells.parts), reuse)
    }
    position.withLock {
      $0.cell = name
      $0.figures = 0
      $0.key = key
      $0.mayReuse = mayReuse
    }
  }

  /// Sends a message to the runner, or does `direct` where there is none.
  func tell(_ message: ChapterMessage, direct: () -> Void) {
    if let link { link.tell(message) } else { direct() }
  }

  /// Sends a message to the runner and returns its answer; nil where there is no runner.
  func ask(_ message: ChapterMessage) -> RunnerReply? {
    fflush(nil)
    return link?.ask(message)
  }
}

/// Reads the command line of a chapter that was started by hand.
private func directRun(arguments: [String]) -> RunDescription {
  let chapter = URL(filePath: arguments.first ?? "").lastPathComponent
  let here = URL(filePath: FileManager.default.currentDirectoryPath)
  guard let folders = BookFolders(around: here) else {
    stop("no Package.swift with Chapters beside it, here or above; change into the book's folder")
  }
  var run = RunDescription(chapter: chapter, profile: .full, root: folders.root.path)
  var rest = arguments.dropFirst()
  while let argument = rest.popFirst() {
    switch argument {
    case "--quick": run.profile = .quick
    case "--data":
      guard let folder = rest.popFirst() else { stop("--data needs a folder") }
      run.dataFolder = URL(filePath: folder).standardizedFileURL.path
    default: stop("unknown argument “\(argument)”; a chapter takes --quick and --data FOLDER")
    }
  }
  return run
}

/// Waits for the right to write the chapter's results.
private func takeLock(_ file: URL, chapter: String) -> FileLock {
  var isFirst = true
  while true {
    do {
      if let lock = try FileLock(file) { return lock }
    } catch { stop("\(error)") }
    if isFirst {
      FileHandle.standardError.write(
        Data("Waiting for another run of “\(chapter)” to end …\n".utf8))
    }
    isFirst = false
    usleep(200_000)
  }
}
