public import Detection

/// Prints the average precision of several seeds, and records the means and the spread of AP50.
///
/// The records are `ap`, `ap50`, `ap50_lowest`, `ap50_highest`, `ap75`, and `ap_small`, `ap_medium` and
/// `ap_large` where there are objects of that size.
///
/// - Parameters:
///   - summaries: one for each seed, counted from 1.
///   - kind: what the precision is of, where there are several, such as a second detector; its name goes
///     before those of the records, as in `mask_ap`.
public func recordPrecision(_ summaries: [COCOSummary], of kind: String = "") {
  let (prefix, label) =
    kind.isEmpty ? ("", "") : ("\(kind)_", kind.replacing("_", with: " ") + ", ")
  for (number, summary) in summaries.enumerated() {
    print(
      "\(label)seed \(number + 1): AP \(rounded(summary.all.precision, 3))",
      "AP50 \(rounded(summary.ap50, 3)) AP75 \(rounded(summary.ap75, 3))",
      "small \(rounded(summary.small.precision, 3)) medium \(rounded(summary.medium.precision, 3))",
      "large \(rounded(summary.large.precision, 3))")
  }
  let records = precisionRecords(of: summaries)
  let ap50 = records[1...3].map { rounded($0.value, 3) }
  print("\(label)mean AP50 \(ap50[0]), from \(ap50[1]) to \(ap50[2])")
  for (name, value) in records where value.isFinite { record(prefix + name, value) }
}

/// The means over seeds, and the spread of AP50; not finite where there are no objects of a size.
func precisionRecords(of summaries: [COCOSummary]) -> KeyValuePairs<String, Double> {
  let ap50s = summaries.map(\.ap50)
  return [
    "ap": mean(summaries.map(\.all.precision)), "ap50": mean(ap50s),
    "ap50_lowest": ap50s.min() ?? .nan, "ap50_highest": ap50s.max() ?? .nan,
    "ap75": mean(summaries.map(\.ap75)), "ap_small": mean(summaries.map(\.small.precision)),
    "ap_medium": mean(summaries.map(\.medium.precision)),
    "ap_large": mean(summaries.map(\.large.precision)),
  ]
}
