import Glibc

/// A small random generator with one word of state, so that a run can be stopped and continued.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Codable, Hashable, Sendable {
  /// Everything the generator knows: the same state gives the same numbers.
  public internal(set) var state: UInt64

  /// A generator that starts from `seed`.
  public init(seed: UInt64) { state = seed }

  private static let increment: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// The generator as it will be after `count` more numbers.
  func advanced(by count: Int) -> SplitMix64 {
    SplitMix64(seed: state &+ SplitMix64.increment &* UInt64(count))
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= SplitMix64.increment
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number in 0 ..< 1, one of 2²⁴ evenly spaced ones.
  public mutating func nextUnit() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A draw from the standard normal distribution (Box and Muller, 1958; the sine half unused,
  /// so that the state stays one word).
  public mutating func nextNormal() -> Float {
    let radius = (-2 * log(1 - nextUnit())).squareRoot()
    return radius * cos(2 * .pi * nextUnit())
  }
}
