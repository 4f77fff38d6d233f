public import Detection

/// How well one way of doing things did.
public struct Trial: Codable, Sendable {
  /// What was tried.
  public let name: String
  /// Average precision, 0 to 1, at overlaps of 0.5 and 0.75, and averaged over 0.5 to 0.95.
  public let ap50, ap75, ap: Double

  /// Keeps what is compared of a summary.
  public init(_ name: String, _ summary: COCOSummary) {
    (self.name, ap50, ap75, ap) = (name, summary.ap50, summary.ap75, summary.all.precision)
  }

  /// The numbers with three decimals.
  public var line: String {
    "\(name): AP50 \(rounded(ap50, 3)), AP75 \(rounded(ap75, 3)), AP \(rounded(ap, 3))"
  }
}
