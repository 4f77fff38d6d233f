import BookFormat
public import Foundation

/// The folder with what the last complete run of another chapter left: `records.json`,
/// `detections.json` (and the like of its further detectors) and its figures.
///
/// Where they change, everything this chapter has stored counts as stale. The runner reads the name
/// from the source before anything runs, so it is written here as a string.
/// - Throws: `MissingResults` where that chapter has not run in this profile.
public func resultsFolder(of chapter: StaticString) throws(MissingResults) -> URL {
  try Session.current.resultsFolder(of: "\(chapter)")
}

/// A chapter whose results are read has none.
public struct MissingResults: Error, CustomStringConvertible {
  let chapter: String
  let profile: Profile

  /// Which chapter must run first, and by which command.
  public var description: String {
    "the chapter “\(chapter)” has no results yet; run it first: "
      + profile.command(running: chapter)
  }
}

extension Session {
  package func resultsFolder(of chapter: String) throws(MissingResults) -> URL {
    let folder = folders.output(of: chapter, run.profile)
    guard FileManager.default.fileExists(atPath: folder.appending(path: ResultFile.records).path)
    else { throw MissingResults(chapter: chapter, profile: run.profile) }
    return folder
  }
}
