import Tensors

/// The classes of the still lifes, in the order of their numbers.
enum Fruit: Int, CaseIterable, Sendable {
  case banana, apple, orange, pear, lemon

  /// A fruit of this kind, turned as fruit lies on tables; not yet put anywhere.
  ///
  /// - Parameter scale: its size, 1 for a fruit of middle size.
  func body(scale: Float, using generator: inout SplitMix64) -> any Body {
    let turn = generator.turn()
    func lean(_ range: ClosedRange<Float>) -> Float {
      generator.uniform(range) * (generator.happens(0.5) ? 1 : -1)
    }
    switch self {
    case .banana:
      // On its side, or standing on both ends like a bridge.
      let roll: Float = generator.happens(0.7) ? .pi / 2 - 0.15 : 0.35
      let pose = Pose(roll: roll, lean: lean(0...0.1), turn: turn, scale: scale)
      return RoundBanana(pose: pose, using: &generator)
    case .apple:
      let lean = generator.happens(0.7) ? lean(0...0.45) : lean(0.9...1.9)
      return Apple(pose: Pose(lean: lean, turn: turn, scale: scale), using: &generator)
    case .orange:
      let pose = Pose(lean: lean(0...3), turn: turn, scale: scale)
      return Orange(pose: pose, using: &generator)
    case .pear:
      let lean = generator.happens(0.6) ? lean(0...0.15) : lean(1.6...1.85)
      return Pear(pose: Pose(lean: lean, turn: turn, scale: 0.88 * scale), using: &generator)
    case .lemon:
      let pose = Pose(lean: lean(1.4...1.7), turn: turn, scale: 0.8 * scale)
      return Lemon(pose: pose, using: &generator)
    }
  }
}

/// What lies among the fruit and is none: of like colours, or of like shapes.
enum Decoy: CaseIterable, Sendable {
  case lobedBall, pod, egg, block, leaf, cup, bottle, plate

  static let common: [Decoy] = [
    .lobedBall, .lobedBall, .pod, .pod, .egg, .block, .leaf, .leaf, .cup, .bottle, .plate,
  ]

  func body(scale: Float, using generator: inout SplitMix64) -> any Body {
    let turn = generator.turn()
    func pose(roll: Float = 0, lean: Float = 0, _ factor: Float = 1) -> Pose {
      Pose(roll: roll, lean: lean, turn: turn, scale: factor * scale)
    }
    switch self {
    case .lobedBall:
      return LobedBall(pose: pose(lean: generator.uniform(-0.4...0.4)), using: &generator)
    case .pod: return Pod(pose: pose(roll: .pi / 2), using: &generator)
    case .egg:
      return Egg(pose: pose(lean: generator.uniform(1...2), 0.72), using: &generator)
    case .block: return Block(pose: pose(), using: &generator)
    case .leaf: return Leaf(pose: pose(1.2), using: &generator)
    case .cup: return Cup(pose: pose(1.1), using: &generator)
    case .bottle: return Bottle(pose: pose(1.25), using: &generator)
    case .plate: return Plate(pose: pose(2.6), using: &generator)
    }
  }
}
