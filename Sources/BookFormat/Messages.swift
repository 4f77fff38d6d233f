/// The version of the messages a chapter and its runner exchange; both sides check it.
package let wireVersion = 2

/// The environment variable that tells a chapter the number of its runner's descriptor.
package let runnerDescriptorVariable = "BOOK_RUNNER_DESCRIPTOR"

/// What a chapter tells its runner over the private descriptor, one JSON object to a line.
///
/// Messages marked "answered" make the chapter wait for one `RunnerReply`.
package enum ChapterMessage: Codable, Equatable, Sendable {
  /// The first message (answered with `welcome`).
  case hello(version: Int, isDebugBuild: Bool)
  /// A cell begins; everything printed so far belongs to the cells before (answered).
  case begin(cell: String, line: Int)
  /// A figure has been saved (answered, so that it stands between the right lines of text).
  case figure(FigureEntry)
  /// A number has been recorded.
  case record(RecordEntry)
  /// A loop has come further.
  case progress(ProgressState)
  /// The block of a checkpoint begins to run (answered).
  case training(checkpoint: String)
  /// The block has returned; `folder` holds what the chapter stored of it, still under a temporary
  /// name (answered). Without a folder nothing is kept.
  case trained(checkpoint: String, folder: String?)
  /// The stored checkpoint is fresh and restored; the runner replays its block (answered).
  case reused(checkpoint: String)
  /// In a prediction: a checkpoint is not stored, or differs in `difference` from what the chapter
  /// needs; the chapter ends.
  case untrained(checkpoint: String, difference: String?)
  /// In a prediction: a picture has been looked at (answered).
  case predicted(PictureOutcome)
}

/// What a runner answers.
package enum RunnerReply: Codable, Equatable, Sendable {
  /// The answer to `hello`: which run this is, and what all its checkpoints depend on.
  case welcome(version: Int, run: RunDescription, sharedKey: ReuseKey)
  /// The answer to `begin`, sent when every byte printed before has been read: the part of a
  /// checkpoint's key that is the chapter's code so far, and whether a stored one may be used.
  case begun(cells: ReuseKey, reuse: Bool)
  /// The answer to `figure`, `training`, `trained` and `predicted`.
  case proceed
  /// The answer to `reused`: what the replay put into the cell.
  case replayed(figures: Int, records: [RecordEntry])
  /// The other answer to `reused`: the block must run.
  case cannotReplay(reason: String)
}

/// Which run of which chapter, and where its files go.
package struct RunDescription: Codable, Equatable, Sendable {
  /// The chapter's name: its folder, target and command-line name.
  package var chapter: String
  /// The real run or the smoke run.
  package var profile: Profile
  /// The package's folder.
  package var root: String
  /// The reader's own data folder.
  package var dataFolder: String?
  /// The pictures to look at in a prediction; nil in a run.
  package var pictures: [PictureTask]?

  package init(
    chapter: String, profile: Profile, root: String, dataFolder: String? = nil,
    pictures: [PictureTask]? = nil
  ) {
    self.chapter = chapter
    self.profile = profile
    self.root = root
    self.dataFolder = dataFolder
    self.pictures = pictures
  }
}

/// The real run, or the smoke run whose numbers mean nothing.
package enum Profile: String, Codable, Sendable {
  case full, quick

  /// The command that runs a chapter in this profile.
  package func command(running chapter: String) -> String {
    "swift run chapter \(chapter)" + (self == .quick ? " --quick" : "")
  }
}
