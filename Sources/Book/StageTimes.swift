/// How long each stage of a detector takes, summed over pictures.
public struct StageTimes: Sendable {
  /// The stages in the order of their first measurement.
  public private(set) var stages: [(name: String, seconds: Double)] = []

  /// No stage yet.
  public init() {}

  /// Runs `body` and adds its time to the stage `name`.
  public mutating func measure<Result>(_ name: String, _ body: () throws -> Result) rethrows
    -> Result
  {
    let watch = Stopwatch()
    let result = try body()
    let seconds = watch.seconds
    if let place = stages.firstIndex(where: { $0.name == name }) {
      stages[place].seconds += seconds
    } else {
      stages.append((name, seconds))
    }
    return result
  }

  /// Prints and records, as `milliseconds_<stage>`, what each stage takes for one of `count` pictures.
  ///
  /// - Parameter kind: which of a chapter's detectors this is, where there are several; its name goes before
  ///   those of the records, as in `scales_milliseconds_network`.
  /// - Returns: the milliseconds by stage.
  @discardableResult
  public func recordMilliseconds(
    pictures count: Int, of kind: String = ""
  ) -> [String: Double] {
    let prefix = kind.isEmpty ? "" : "\(kind)_"
    var milliseconds: [String: Double] = [:]
    for (name, seconds) in stages {
      let time = 1000 * seconds / Double(count)
      print("\(name): \(rounded(time, 1)) ms a picture")
      record("\(prefix)milliseconds_\(name)", time, unit: "ms")
      milliseconds[name] = time
    }
    return milliseconds
  }
}
