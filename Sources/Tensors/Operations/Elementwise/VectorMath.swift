/// Sixteen numbers at once: one AVX-512 register, two of AVX2.
typealias Lanes = SIMD16<Float>

extension SIMD16<Float> {
  /// The `count` numbers from `pointer` on, 16 at most; zeros behind them.
  init(_ pointer: UnsafePointer<Float>, count: Int) {
    if count >= 16 {
      self = UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
    } else {
      self = .zero
      for i in 0..<count { self[i] = pointer[i] }
    }
  }

  /// Each number, or the nearer of two ends where it lies outside; NaN stays.
  ///
  /// Compares and selects: the standard library's `clamped` looks at one number at a time.
  func within(_ low: Float, _ high: Float) -> Lanes {
    replacing(with: low, where: self .< low).replacing(with: high, where: self .> high)
  }

  /// Writes the first `count` numbers, 16 at most.
  func store(to pointer: UnsafeMutablePointer<Float>, count: Int) {
    if count >= 16 {
      UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Lanes.self)
    } else {
      for i in 0..<count { pointer[i] = self[i] }
    }
  }
}

/// Functions of sixteen numbers at once, of the same bits at every place of an array.
///
/// Inlined, since a call would hand the sixteen over in four registers.
enum VectorMath {
  /// eˣ, to about two units in the last place; 0 below e⁻⁸⁷, where Float runs out of digits.
  ///
  /// x = n·ln 2 + r with |r| ≤ ln 2 / 2, and eˣ = 2ⁿ·eʳ, eʳ by eight terms of its series: the
  /// ninth is 5·10⁻⁹.
  @inline(__always) static func exp(_ x: Lanes) -> Lanes {
    let bounded = x.within(smallestExponent, 89)
    // Adding 1.5·2²³ leaves no bits for a fraction: the sum is rounded, its low bits are n.
    let shifted = bounded * 1.442_695_04 + 0x1.8p23
    let n = shifted - 0x1.8p23
    let r = (bounded - n * 0x1.62e4p-1) - n * 0x1.7f7d1cp-20  // ln 2 in two parts, n·first exact
    var series = r * (1 / 5040) + 1 / 720
    series = series * r + 1 / 120
    series = series * r + 1 / 24
    series = series * r + 1 / 6
    series = series * r + 0.5
    series = series * r * r + r + 1
    // 2ⁿ⁻¹, made of its exponent's bits, and a doubling: 2¹²⁸ is no Float.
    let bits = unsafeBitCast(shifted, to: SIMD16<Int32>.self)
    let half = unsafeBitCast((bits &<< 23) &+ (126 << 23), to: Lanes.self)
    let power = series * half * 2
    return power.replacing(with: 0, where: x .< smallestExponent).replacing(
      with: x, where: x .!= x)
  }

  private static let smallestExponent: Float = -86.9

  /// log(1 + u) for u from 0 to 1, to a few units in the last place of the result.
  @inline(__always) static func log1p(_ u: Lanes) -> Lanes { logOfRatio(u / (u + 2)) }

  /// log x for normal x above 0, to a few units in the last place of the result; NaN stays.
  ///
  /// x = 2ⁿ·m with m from ⅔ to 4/3: near 1, where log x is small, n is 0 and no digit is lost.
  @inline(__always) static func log(_ x: Lanes) -> Lanes {
    let bits = unsafeBitCast(x, to: SIMD16<Int32>.self)
    // The bits of ⅔ are taken off, so that the exponent's field counts from there.
    let n = (bits &- 0x3f2a_aaab) &>> 23
    let m = unsafeBitCast(bits &- (n &<< 23), to: Lanes.self)
    let result =
      Lanes(n) * 0x1.62e4p-1 + (Lanes(n) * 0x1.7f7d1cp-20 + logOfRatio((m - 1) / (m + 1)))
    return result.replacing(with: x, where: x .!= x)
  }

  /// log((1 + s) / (1 − s)) = 2·artanh(s) for |s| ≤ ⅓, where its series needs eight terms.
  @inline(__always) private static func logOfRatio(_ s: Lanes) -> Lanes {
    let square = s * s
    var series = square * (1 / 15) + 1 / 13
    series = series * square + 1 / 11
    series = series * square + 1 / 9
    series = series * square + 1 / 7
    series = series * square + 1 / 5
    series = series * square + 1 / 3
    return 2 * (s + s * square * series)
  }

  /// log(1 + eˣ), exact at both ends: max(x, 0) + log(1 + e^−|x|).
  @inline(__always) static func softplus(_ x: Lanes) -> Lanes {
    let size = x.replacing(with: -x, where: x .< 0)
    return x.replacing(with: 0, where: x .< 0) + log1p(exp(-size))
  }

  /// 1 / (1 + e⁻ˣ), from the exponential of the negative side: no overflow at either end.
  @inline(__always) static func sigmoid(_ x: Lanes) -> Lanes {
    let small = exp(x.replacing(with: -x, where: x .> 0))  // e^−|x|
    let upper = 1 / (1 + small)
    return upper.replacing(with: small * upper, where: x .< 0)
  }
}
