import Tensors

/// Draws that a scene is made of.
extension SplitMix64 {
  mutating func uniform(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * nextUnit()
  }

  mutating func happens(_ probability: Float) -> Bool { nextUnit() < probability }

  mutating func pick<T>(_ choices: [T]) -> T {
    choices[min(Int(nextUnit() * Float(choices.count)), choices.count - 1)]
  }

  /// A seed for a texture.
  mutating func textureSeed() -> UInt32 { UInt32(truncatingIfNeeded: next()) }

  mutating func turn() -> Float { uniform(0...(2 * .pi)) }

  /// The colour of 0xRRGGBB, each part changed by up to `spread` of its value.
  mutating func near(_ hex: UInt32, spread: Float = 0.15) -> Light {
    let change = SIMD3(
      uniform(-spread...spread), uniform(-spread...spread), uniform(-spread...spread))
    let color = Light(hex: hex) * (1 + change)
    return color.clamped(lowerBound: .zero, upperBound: Light(repeating: 1))
  }

  /// A generator for one numbered part of a whole, so that parts can be made in any order.
  static func part(_ numbers: UInt64..., of seed: UInt64) -> SplitMix64 {
    var state = seed
    for number in numbers {
      var mixer = SplitMix64(seed: state ^ (number &* 0xD6E8_FEB8_6659_FD93))
      state = mixer.next()
    }
    return SplitMix64(seed: state)
  }
}
