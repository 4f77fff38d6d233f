package import BookFormat
package import Foundation

/// The files that a run leaves in `output/`.
package struct ChapterResults {
  package let folder: URL

  package init(folders: BookFolders, chapter: String, profile: Profile) {
    folder = folders.output(of: chapter, profile)
  }

  /// The transcript of the last run; nil where there was none.
  package var transcript: Transcript? {
    read(Transcript.self, from: folder.appending(path: ResultFile.transcript))
  }

  /// The numbers that the last complete run recorded.
  package var records: [RecordEntry] {
    read([RecordEntry].self, from: folder.appending(path: ResultFile.records)) ?? []
  }

  /// A file of a transcript that is gone.
  package struct MissingFile: Equatable, Sendable {
    /// Its path in the chapter's results.
    package var path: String
    /// The cell that made it; nil where the whole chapter did.
    package var cell: String?

    package init(path: String, cell: String?) {
      self.path = path
      self.cell = cell
    }
  }

  /// The files that a complete run with this transcript left and that are no longer there.
  package func missingFiles(of transcript: Transcript) -> [MissingFile] {
    let all =
      [MissingFile(path: ResultFile.records, cell: nil)]
      + transcript.cells.flatMap { cell in
        cell.outputs.flatMap(\.files).map { MissingFile(path: $0, cell: cell.name) }
      }
    return all.filter {
      !FileManager.default.fileExists(atPath: folder.appending(path: $0.path).path)
    }
  }

  /// Writes the transcript and, of a complete run, the records; removes figures and texts that a
  /// complete run no longer has.
  ///
  /// The records of the last complete run outlive runs that fail.
  func write(_ transcript: Transcript) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let encoder = bookEncoder(pretty: true)
    if transcript.state == .complete {
      try encoder.encode(transcript.cells.flatMap(\.records))
        .write(to: folder.appending(path: ResultFile.records), options: .atomic)
      let files = Set(transcript.cells.flatMap(\.outputs).flatMap(\.files))
      for kind in [ResultFile.figures, ResultFile.text] { remove(from: kind, allBut: files) }
    }
    try encoder.encode(transcript)
      .write(to: folder.appending(path: ResultFile.transcript), options: .atomic)
  }

  private func remove(from subfolder: String, allBut kept: Set<String>) {
    let found = try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: subfolder).path)
    for path in (found ?? []).map({ "\(subfolder)/\($0)" }) where !kept.contains(path) {
      try? FileManager.default.removeItem(at: folder.appending(path: path))
    }
  }
}
