package import BookFormat

/// Whether a chapter's last transcript is what a run would put out now.
package enum TranscriptFreshness: Equatable, Sendable, CustomStringConvertible {
  case fresh
  case neverRun
  /// Why it is not, in words, and the cells whose output may no longer be right.
  case stale(reason: String, cells: Set<String>)

  /// Judges the last transcript; nothing is built or run for it.
  ///
  /// - Parameters:
  ///   - cells: the chapter's cells as its source has them now.
  ///   - sharedKey: what every result of the chapter depends on now.
  ///   - missing: files of the transcript that are gone, each with its cell; nil stands for the
  ///     whole chapter.
  package init(
    of transcript: Transcript?, cells: [Cell], sharedKey: ReuseKey,
    missing: [ChapterResults.MissingFile]
  ) {
    guard let transcript else {
      self = .neverRun
      return
    }
    let all = Set(cells.map(\.name).filter { !$0.isEmpty })
    guard let key = transcript.key else {
      self = .stale(
        reason: "its last run was by an older command, which did not keep what it depended on",
        cells: all)
      return
    }
    let current = ReuseKey(sharedKey.parts + cells.keyParts)
    let changed = Self.cells(of: cells, unlike: key, sharedKey: sharedKey)
    if transcript.state != .complete {
      let place = transcript.failure?.cell.map { " in the cell “\($0)”" } ?? ""
      let ending = transcript.state == .failed ? "failed" : "was interrupted"
      self = .stale(reason: "the last run \(ending)\(place)", cells: changed)
    } else if let difference = key.firstDifference(from: current) {
      self = .stale(reason: difference, cells: changed)
    } else if let first = missing.first {
      let damaged = missing.contains { $0.cell == nil } ? all : Set(missing.compactMap(\.cell))
      self = .stale(reason: "the file \(first.path) is gone", cells: damaged)
    } else {
      self = .fresh
    }
  }

  /// The cells from the first on that differs from what `key` holds; all where something differs
  /// that every cell depends on.
  private static func cells(
    of cells: [Cell], unlike key: ReuseKey, sharedKey: ReuseKey
  ) -> Set<String> {
    let shared = key.parts.filter { $0.kind != .cell }
    let stored = key.parts.filter { $0.kind == .cell }
    let equal =
      shared == sharedKey.parts
      ? zip(stored, cells.keyParts).prefix { $0 == $1 }.count : 0
    return Set(cells[equal...].map(\.name).filter { !$0.isEmpty })
  }

  /// Names of the cells whose output may no longer be what the program would print.
  package var staleCells: Set<String> {
    if case .stale(_, let cells) = self { cells } else { [] }
  }

  package var description: String {
    switch self {
    case .fresh: "fresh"
    case .neverRun: "not run yet"
    case .stale(let reason, _): "stale: \(reason)"
    }
  }
}
