import BookFormat
import BookRunner
import BookWeaver
import Foundation

/// The book of one profile as it lies on the disk: its chapters, and what their last runs left.
struct BookOnDisk {
  let profile: Profile
  let surroundings: RunSurroundings
  let catalog: ChapterCatalog

  init(profile: Profile) throws {
    self.profile = profile
    surroundings = try .current(bookFolders())
    catalog = try ChapterCatalog(surroundings.folders)
  }

  private init(_ book: BookOnDisk, _ surroundings: RunSurroundings) {
    (profile, catalog) = (book.profile, book.catalog)
    self.surroundings = surroundings
  }

  /// The same book after runs, with sources as they are by now.
  func readAnew() -> BookOnDisk {
    BookOnDisk(
      self,
      RunSurroundings(
        folders: folders, toolchain: surroundings.toolchain,
        environment: surroundings.environment))
  }

  var folders: BookFolders { surroundings.folders }
  var output: URL { folders.output(profile) }

  /// What the pages of all chapters are made from, and by name what is wrong with chapters that cannot
  /// be read.
  func materials() -> (chapters: [ChapterMaterial], unreadable: [String: WeaveProblem]) {
    var prepared: [PreparedChapter] = []
    var unreadable: [String: WeaveProblem] = [:]
    for name in catalog.names {
      do {
        prepared.append(try PreparedChapter(name, in: surroundings, profile: profile))
      } catch let error as CellError {
        unreadable[name] = WeaveProblem(file: error.file, line: error.line, error.reason)
      } catch let error as SourceError {
        unreadable[name] = WeaveProblem(file: error.file, line: error.line, error.reason)
      } catch {
        unreadable[name] = WeaveProblem(
          file: folders.sourcePath(of: name), line: nil, "\(error)")
      }
    }
    var records: [String: RecordEntry] = [:]
    for chapter in catalog.names {
      let results = ChapterResults(folders: folders, chapter: chapter, profile: profile)
      for record in results.records { records["\(chapter).\(record.name)"] = record }
    }
    return (prepared.map { ChapterMaterial($0, records: records) }, unreadable)
  }
}

extension ChapterMaterial {
  fileprivate init(_ prepared: PreparedChapter, records: [String: RecordEntry]) {
    let freshness = prepared.freshness
    self.init(
      chapter: prepared.chapter, profile: prepared.profile, sourceFile: prepared.sourcePath,
      source: prepared.source, cells: prepared.cells, transcript: prepared.results.transcript,
      staleCells: freshness.staleCells,
      // It is fresh only if they are, too.
      staleChaptersRead: freshness == .fresh ? [] : prepared.staleChaptersRead,
      records: records)
  }
}
