internal import Foundation

/// What one direction of a plot shows.
public struct Axis: Equatable, Sendable {
  /// How values become distances.
  public enum Scale: Equatable, Sendable {
    /// Equal differences are equally far apart.
    case linear
    /// Equal ratios are equally far apart; only positive values are shown.
    case logarithmic
  }

  /// The quantity, such as “loss”.
  public var label: String
  /// Its unit, such as “s”; shown in brackets after the label.
  public var unit: String?
  /// How values become distances.
  public var scale: Scale
  /// The values at both ends; nil leaves them to the data.
  public var limits: ClosedRange<Double>?

  /// An axis; stops when limits are not finite, are empty, or are not positive on a logarithmic scale.
  public init(
    _ label: String = "", unit: String? = nil, scale: Scale = .linear,
    limits: ClosedRange<Double>? = nil
  ) {
    if let limits {
      require(
        limits.lowerBound.isFinite && limits.upperBound.isFinite
          && limits.lowerBound < limits.upperBound,
        "Axis: limits are two different finite numbers, not \(limits)")
      require(
        scale == .linear || limits.lowerBound > 0,
        "Axis: limits of a logarithmic scale are positive, not \(limits)")
    }
    self.label = label
    self.unit = unit
    self.scale = scale
    self.limits = limits
  }

  /// Label and unit as they are printed.
  var text: String {
    guard let unit, !unit.isEmpty else { return label }
    return label.isEmpty ? unit : "\(label) (\(unit))"
  }

  /// Whether a value has a place on this axis.
  func shows(_ value: Double) -> Bool { value.isFinite && (scale == .linear || value > 0) }

  /// The limits, or a range a little wider than the values that can be shown.
  ///
  /// A linear axis of values that are all positive (or zero) starts at zero when that costs little.
  func range(of values: some Sequence<Double>, margin: Double, reachesZero: Bool)
    -> ClosedRange<Double>
  {
    if let limits { return limits }
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where shows(value) {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high { return scale == .linear ? 0...1 : 0.1...10 }
    if scale == .logarithmic {
      let ratio = low == high ? 3 : pow(high / low, margin)
      return low / ratio...high * ratio
    }
    if low == high {
      let room = low == 0 ? 1 : abs(low) * 0.5
      return low - room...high + room
    }
    let room = (high - low) * margin
    let startsAtZero = reachesZero && low >= 0 && low <= 0.4 * high
    return (startsAtZero ? 0 : low - room)...(high + room)
  }

  /// At most `most` ticks in `range`.
  func ticks(in range: ClosedRange<Double>, most: Int) -> [Tick] {
    switch scale {
    case .linear: Tick.linear(in: range, most: most)
    case .logarithmic: Tick.logarithmic(in: range, most: most)
    }
  }

  /// Where `value` lies in `range`: 0 at its start, 1 at its end.
  func fraction(_ value: Double, in range: ClosedRange<Double>) -> Double {
    switch scale {
    case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic: log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
    }
  }
}
