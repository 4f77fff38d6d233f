import Tensors
import Testing

@testable import Datasets

@Suite struct SolidNoiseTests {
  private let places: [Vector] = {
    var generator = SplitMix64(seed: 3)
    return (0..<300).map { _ in
      Vector(
        generator.uniform(-9...9), generator.uniform(-9...9), generator.uniform(-9...9))
    }
  }()

  @Test func `values lie between 0 and 1 and differ from place to place`() {
    let values = places.map { Noise.fractal($0, octaves: 4, detail: 0, seed: 7) }
    #expect(values.allSatisfy { (0...1).contains($0) })
    #expect(values.max()! - values.min()! > 0.4)
  }

  @Test func `there is no step anywhere, not even between layers`() {
    // Smoothstep's slope is at most 1.5 between corners that differ by at most 1, in each direction.
    for p in places + [Vector(0.4, 0.2, 1), Vector(2, 3, -1)] {
      for step in [Vector(1e-3, 0, 0), Vector(0, 1e-3, 0), Vector(0, 0, 1e-3)] {
        let gap = abs(Noise.smooth(p + step, seed: 5) - Noise.smooth(p - step, seed: 5))
        #expect(gap < 2e-3 * 1.5 + 1e-5)
      }
    }
  }

  @Test func `the slope is what a small step shows`() {
    for p in places.prefix(50) {
      let (slope, e) = (Noise.slope(p, seed: 5), Float(0.2))
      let along = (Noise.smooth(p + Vector(0, e, 0), seed: 5) - Noise.smooth(p, seed: 5)) / e
      #expect(abs(slope.y - along) < 1e-5)
    }
  }

  @Test func `octaves finer than a pixel are left out, so that far textures are calm`() {
    func roughness(detail: Float) -> Float {
      places.reduce(0) { sum, p in
        sum
          + abs(
            Noise.fractal(p, octaves: 5, detail: detail, seed: 7)
              - Noise.fractal(p + Vector(0.05, 0, 0), octaves: 5, detail: detail, seed: 7))
      }
    }
    #expect(roughness(detail: 0.5) < 0.6 * roughness(detail: 0))
    #expect(places.allSatisfy { Noise.fractal($0, octaves: 5, detail: 9, seed: 7) == 0.5 })
  }
}
