import BookFormat
import Foundation
import Synchronization

/// Keeps a measured number for the page, for `records.json` and for other chapters; its full name
/// is `<chapter>.<name>`.
///
/// - Parameters:
///   - name: small letters, digits and underscores, such as `"ap50"`; once per run.
///   - value: a finite number.
///   - unit: such as `"s"` or `"images/s"`; empty for a ratio.
public func record(
  _ name: String, _ value: Double, unit: String = "", file: StaticString = #fileID,
  line: UInt = #line
) {
  let place = SourcePlace(file, line)
  let session = Session.current
  if let reason = session.record(name, value, unit: unit) { stop(reason, place) }
}

extension Session {
  /// Returns what is wrong with the record, or nil.
  package func record(_ name: String, _ value: Double, unit: String) -> String? {
    guard name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
      return "“\(name)” is not a record name: small letters, digits and underscores, such as “ap50”"
    }
    guard value.isFinite else {
      return "the record “\(name)” is \(value); a measured number is finite"
    }
    if isPredicting { return nil }
    let entry = position.withLock { position -> RecordEntry? in
      guard !position.records.contains(where: { $0.name == name }) else { return nil }
      let entry = RecordEntry(
        name: name, value: value, unit: unit, profile: run.profile, cell: position.cell)
      position.records.append(entry)
      return entry
    }
    guard let entry else { return "the record “\(name)” was already made in this run" }
    var failure: String?
    tell(.record(entry)) { failure = writeRecords() }
    return failure
  }

  /// Without a runner, the records so far replace those of the last run; with one, the runner
  /// writes them when the run is complete.
  private func writeRecords() -> String? {
    let file = output.appending(path: ResultFile.records)
    do {
      try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
      try bookEncoder(pretty: true).encode(position.withLock(\.records))
        .write(to: file, options: .atomic)
      return nil
    } catch {
      return "cannot write \(file.path): \(error.localizedDescription)"
    }
  }
}
