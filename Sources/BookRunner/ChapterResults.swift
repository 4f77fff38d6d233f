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
    read(Transcript.self, from: folder.appending(path: "transcript.json"))
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
        .write(to: folder.appending(path: "records.json"), options: .atomic)
      var (figures, texts): (Set<String>, Set<String>) = ([], [])
      for output in transcript.cells.flatMap(\.outputs) {
        switch output {
        case .text: break
        case .figure(let figure): figures.formUnion(figure.files)
        case .omitted(_, let file): texts.insert(URL(filePath: file).lastPathComponent)
        }
      }
      keep(only: figures, in: folder.appending(path: "figures"))
      keep(only: texts, in: folder.appending(path: "text"))
    }
    try encoder.encode(transcript)
      .write(to: folder.appending(path: "transcript.json"), options: .atomic)
  }

  private func keep(only names: Set<String>, in folder: URL) {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in found where !names.contains(name) {
      try? FileManager.default.removeItem(at: folder.appending(path: name))
    }
  }
}
