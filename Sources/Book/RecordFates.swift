public import Detection

/// Prints what became of the objects, and records the shares of those that were not found for another
/// reason than a box that is off.
///
/// Records `without_proposal_share`, `wrong_class_share` and `taken_for_background_share`, 0 to 1.
public func recordFates(_ fates: [ObjectFate]) {
  for fate in ObjectFate.allCases {
    print("\(fate.rawValue): \(rounded(100 * share(of: fate, in: fates), 1)) %")
  }
  for (name, share) in fateRecords(of: fates) { record(name, share) }
}

/// What `recordFates` records; zeros without objects.
func fateRecords(of fates: [ObjectFate]) -> KeyValuePairs<String, Double> {
  [
    "without_proposal_share": share(of: .withoutProposal, in: fates),
    "wrong_class_share": share(of: .wrongClass, in: fates),
    "taken_for_background_share": share(of: .takenForBackground, in: fates),
  ]
}

private func share(of fate: ObjectFate, in fates: [ObjectFate]) -> Double {
  Double(fates.count { $0 == fate }) / Double(max(fates.count, 1))
}
