import Tensors
import Testing

@testable import Datasets

@Suite struct FruitTests {
  /// Mean colours of the middle of many fruits of a kind, as seen from the front.
  private func colors(of kind: Fruit) -> [Light] {
    var generator = SplitMix64(seed: 5)
    return (0..<60).map { _ in
      let body = kind.body(scale: 1, using: &generator)
      let points = [Vector(0.3, 0.2, 0.9), Vector(-0.4, 0.1, 0.8), Vector(0.1, -0.2, 0.9)]
      return points.reduce(Light.zero) { $0 + body.finish(at: $1, detail: 0.05).color } / 3
    }
  }

  @Test func `the classes are those that the set announces, in order`() {
    #expect(stillLifeClassNames == ["banana", "apple", "orange", "pear", "lemon"])
  }

  @Test(arguments: Fruit.allCases.filter { $0 != .orange })
  func `some of each kind are green and some are not`(kind: Fruit) {
    let hues = colors(of: kind).map { $0.y / $0.x }
    #expect(hues.contains { $0 > 1.15 })
    #expect(hues.contains { $0 < 0.9 })
  }

  @Test func `some apples are as orange as oranges`() {
    let oranges = colors(of: .orange).map { $0.y / $0.x }
    let between = oranges.min()!...oranges.max()!
    #expect(colors(of: .apple).contains { between.contains($0.y / $0.x) })
  }

  @Test(arguments: Fruit.allCases)
  func `finishes are colours, from near and from afar`(kind: Fruit) {
    var generator = SplitMix64(seed: 6)
    let body = kind.body(scale: 1, using: &generator)
    for detail: Float in [0.002, 0.2] {
      for i in 0..<80 {
        let p = Vector(
          generator.uniform(-1.2...1.2), generator.uniform(-1.2...1.2), Float(i) / 80)
        let finish = body.finish(at: p, detail: detail)
        #expect(finish.color.min() >= 0 && finish.color.max() < 1.6)
        #expect((0...1).contains(finish.gloss))
      }
    }
  }
}
