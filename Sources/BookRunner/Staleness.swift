package import BookFormat

/// Whether a stored checkpoint would be reused, and if not, what first differs.
package struct Staleness: Equatable, Sendable {
  package var checkpoint: String
  /// What first differs, in words; nil where the checkpoint is fresh.
  package var difference: String?

  /// Judges every checkpoint that a chapter has stored in one profile.
  ///
  /// Inputs are known only to the running chapter: they are compared when its cell runs.
  package static func ofAll(
    in stored: StoredCheckpoints, cells: [Cell], sharedKey: ReuseKey
  ) -> [Staleness] {
    stored.names.compactMap { name in
      guard let key = stored.key(of: name) else { return nil }
      let storedCells = key.parts.filter { $0.kind == .cell }
      let holder = storedCells.last?.name ?? ""
      let current = ReuseKey(sharedKey.parts + cells.keyParts(upTo: holder))
      let difference =
        cells.contains { $0.name == holder }
        ? key.withoutInputs.firstDifference(from: current) : "the cell “\(holder)” is gone"
      return Staleness(checkpoint: name, difference: difference)
    }
  }
}
