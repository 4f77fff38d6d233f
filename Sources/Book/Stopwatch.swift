/// Says how long ago it was made.
public struct Stopwatch: Sendable {
  private let began = ContinuousClock.now

  /// A watch that starts now.
  public init() {}

  /// Seconds since then.
  public var seconds: Double { (ContinuousClock.now - began) / .seconds(1) }
}
