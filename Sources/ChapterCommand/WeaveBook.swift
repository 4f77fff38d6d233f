import BookWeaver

/// What weaving a book did.
struct WeaveReport {
  /// The files that were written because they changed, relative to the book's output.
  var written: [String] = []
  var problems: [WeaveProblem] = []
}

/// Writes the pages of a book, or only looks for what is wrong with them.
func weave(_ book: BookOnDisk, writes: Bool) -> WeaveReport {
  let materials = book.materials()
  return WeaveReport(problems: materials.problems)
}
