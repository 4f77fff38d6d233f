package import BookFormat

/// A chapter's program and its last run, as its page needs them.
package struct ChapterMaterial: Sendable {
  /// The chapter's name.
  package var chapter: String
  package var profile: Profile
  /// The program's file, relative to the package.
  package var sourceFile: String
  package let source: String
  /// The lines of `source`, from which cells take theirs.
  let sourceLines: [Substring]
  /// The program's cells; the first, without a name, is what stands before them.
  package var cells: [Cell]
  /// The last run; nil where there was none.
  package var transcript: Transcript?
  /// Names of the cells whose output may no longer be what the program would print: everything from
  /// the first difference on.
  package var staleCells: Set<String>
  /// Names of the chapters whose stale results its program reads.
  package var staleChaptersRead: [String]
  /// All recorded numbers of the book by full name, such as `ssd.ap50`.
  package var records: [String: RecordEntry]

  package init(
    chapter: String, profile: Profile, sourceFile: String, source: String, cells: [Cell],
    transcript: Transcript?, staleCells: Set<String> = [],
    staleChaptersRead: [String] = [], records: [String: RecordEntry] = [:]
  ) {
    self.chapter = chapter
    self.profile = profile
    self.sourceFile = sourceFile
    self.source = source
    sourceLines = source.split(separator: "\n", omittingEmptySubsequences: false)
    self.cells = cells
    self.transcript = transcript
    self.staleCells = staleCells
    self.staleChaptersRead = staleChaptersRead
    self.records = records
  }
}
