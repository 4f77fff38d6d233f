package import BookFormat

/// Which chapters of a book must run, and about how long that takes; made before anything is built.
package struct BookPlan {
  /// A chapter whose program can be read.
  package struct Entry {
    package let prepared: PreparedChapter
    package let freshness: TranscriptFreshness
    /// Whether it has to run, as far as is known now.
    package let isDue: Bool
    /// About how long a run will take; nil where unknown.
    package let estimatedSeconds: Double?

    package var chapter: String { prepared.chapter }
  }

  /// In reading order.
  package private(set) var entries: [Entry] = []
  /// Chapters whose program cannot be read, and why.
  package private(set) var unreadable: [(chapter: String, error: any Error)] = []
  /// Whether all chapters run and train anew, whatever is stored.
  package let isAnew: Bool

  /// Judges the chapters `names`, which come in reading order.
  package init(
    of names: [String], in surroundings: RunSurroundings, profile: Profile, anew isAnew: Bool
  ) {
    self.isAnew = isAnew
    var due: Set<String> = []
    for name in names {
      do {
        let prepared = try PreparedChapter(name, in: surroundings, profile: profile)
        let freshness = prepared.freshness
        // What it reads may change before its turn comes: its program is built in case it does.
        let mayChange = !due.isDisjoint(with: chaptersRead(by: swiftTokens(prepared.source)))
        let isDue = isAnew || freshness != .fresh || mayChange
        if isDue { due.insert(name) }
        entries.append(
          Entry(
            prepared: prepared, freshness: freshness, isDue: isDue,
            estimatedSeconds: prepared.estimatedSeconds(mayReuse: !isAnew)))
      } catch {
        unreadable.append((name, error))
      }
    }
  }

  /// The chapters that have to run.
  package var due: [Entry] { entries.filter(\.isDue) }

  /// How many chapters will run and for how long, in a sentence.
  ///
  /// Such as `2 of 12 chapters will run: about 5:10, and rcnn, whose time is not known.`
  package var estimate: String {
    let known = due.compactMap(\.estimatedSeconds)
    let unknown = due.filter { $0.estimatedSeconds == nil }.map(\.chapter)
    var parts: [String] = []
    if !known.isEmpty { parts.append("about \(ProgressState.clock(known.reduce(0, +)))") }
    if !unknown.isEmpty {
      parts.append("\(unknown.joined(separator: ", ")), whose time is not known")
    }
    return "\(due.count) of \(entries.count) chapters will run: "
      + parts.joined(separator: ", and ") + "."
  }
}
