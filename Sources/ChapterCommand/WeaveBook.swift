import BookRunner
import BookWeaver

extension BookOnDisk {
  /// Writes the pages of the book; those with problems keep their last good version.
  func write() throws -> BookPages.Report {
    try woven { try $0.write() }
  }

  /// Looks for what is wrong with the book; writes nothing.
  func check() -> BookPages.Report {
    woven { $0.check() }
  }

  private func woven<Failure: Error>(
    _ weave: (BookPages) throws(Failure) -> BookPages.Report
  ) throws(Failure) -> BookPages.Report {
    let materials = materials()
    return try weave(
      BookPages(
        folders, profile: profile, materials: materials.chapters,
        unreadable: materials.unreadable, toolchain: surroundings.toolchain.version,
        environment: surroundings.environment))
  }
}
