/// What one run of a chapter printed, showed and recorded, cell by cell.
package struct Transcript: Codable, Equatable, Sendable {
  /// The version of this layout.
  package var version = 1
  package var chapter: String
  package var profile: Profile
  /// How the run ended.
  package var state: RunState
  /// Why it did not complete, where it did not.
  package var failure: Failure?
  /// When the run began, in seconds since 1970.
  package var began: Double
  package var seconds: Double
  package var cells: [CellTranscript]
  /// Everything the run depended on; nil in transcripts of commands that did not keep it.
  package var key: ReuseKey?
  /// What the run was made with; nil in transcripts of commands that did not keep it.
  package var provenance: Provenance?

  package init(
    chapter: String, profile: Profile, state: RunState, failure: Failure? = nil, began: Double,
    seconds: Double, cells: [CellTranscript], key: ReuseKey? = nil, provenance: Provenance? = nil
  ) {
    self.chapter = chapter
    self.profile = profile
    self.state = state
    self.failure = failure
    self.began = began
    self.seconds = seconds
    self.cells = cells
    self.key = key
    self.provenance = provenance
  }
}

/// How a run ended.
package enum RunState: String, Codable, Sendable {
  case complete, failed, interrupted
}

/// Why and where a run stopped.
package struct Failure: Codable, Equatable, Sendable {
  /// What happened, in a sentence.
  package var message: String
  package var cell: String?
  /// The chapter's file, relative to the package.
  package var file: String
  package var line: Int?
  /// Whether the line comes from a backtrace; otherwise it is where the cell begins.
  package var lineIsExact: Bool

  package init(message: String, cell: String?, file: String, line: Int?, lineIsExact: Bool) {
    self.message = message
    self.cell = cell
    self.file = file
    self.line = line
    self.lineIsExact = lineIsExact
  }
}

/// What one cell printed, showed and recorded.
package struct CellTranscript: Codable, Equatable, Sendable {
  /// What became of a cell.
  package enum State: String, Codable, Sendable {
    case fresh, reused, failed
    case notRun = "not run"
  }

  /// The cell's name; empty for what a chapter does before its first cell.
  package var name: String
  package var line: Int
  package var state: State
  package var seconds: Double
  package var outputs: [CellOutput]
  package var records: [RecordEntry]
  /// The checkpoints of this cell whose blocks were replayed rather than run.
  package var reusedCheckpoints: [String]

  package init(
    name: String, line: Int, state: State = .notRun, seconds: Double = 0,
    outputs: [CellOutput] = [], records: [RecordEntry] = [], reusedCheckpoints: [String] = []
  ) {
    self.name = name
    self.line = line
    self.state = state
    self.seconds = seconds
    self.outputs = outputs
    self.records = records
    self.reusedCheckpoints = reusedCheckpoints
  }
}

/// One thing a cell put out, in order.
package enum CellOutput: Codable, Equatable, Sendable {
  case text(stream: TextStream, text: String)
  case figure(entry: FigureEntry)
  /// Text left out here: how much, and the file in the chapter's output that holds the whole.
  case omitted(bytes: Int, file: String)

  /// Its files in the chapter's results.
  package var files: [String] {
    switch self {
    case .text: []
    case .figure(let figure): figure.files.map { "\(ResultFile.figures)/\($0)" }
    case .omitted(_, let file): file.isEmpty ? [] : [file]
    }
  }
}

/// Where a program's text went.
package enum TextStream: String, Codable, Sendable {
  case stdout, stderr
}

/// A figure that a cell showed.
package struct FigureEntry: Codable, Equatable, Sendable {
  /// Its file name without extension, `<cell>-<n>`: `figures/` holds it as `.svg`, `-dark.svg` and
  /// `.png`.
  package var name: String
  package var alt: String
  package var caption: String?
  /// Width and height in points.
  package var width: Double
  package var height: Double

  package init(name: String, alt: String, caption: String?, width: Double, height: Double) {
    self.name = name
    self.alt = alt
    self.caption = caption
    self.width = width
    self.height = height
  }

  /// The files that hold the figure.
  package var files: [String] { ["\(name).svg", "\(name)-dark.svg", "\(name).png"] }
}

/// A number that a cell recorded, as `records.json` lists it.
package struct RecordEntry: Codable, Equatable, Sendable {
  package var name: String
  package var value: Double
  package var unit: String
  package var profile: Profile
  package var cell: String

  package init(name: String, value: Double, unit: String, profile: Profile, cell: String) {
    self.name = name
    self.value = value
    self.unit = unit
    self.profile = profile
    self.cell = cell
  }
}
