import Tensors
import Testing

struct SplitMix64Tests {
  @Test func `the first numbers are the published ones`() {
    // Reference outputs for the state 1234567, as listed by Rosetta Code.
    var generator = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func `a generator continues from its state`() {
    var generator = SplitMix64(seed: 3)
    _ = generator.next()
    var continued = SplitMix64(seed: generator.state)
    #expect(continued.next() == generator.next())
  }

  @Test func `uniform draws are evenly spread below one`() {
    var generator = SplitMix64(seed: 11)
    let draws = (0..<count).map { _ in Double(generator.nextUnit()) }
    #expect(draws.allSatisfy { (0..<1).contains($0) })
    let (mean, variance) = moments(draws)
    // Standard errors: of the mean √(1/12n), of the variance √(1/180n).
    #expect((mean - 0.5).magnitude < 3 * (1 / 12 / Double(count)).squareRoot())
    #expect((variance - 1.0 / 12).magnitude < 3 * (1 / 180 / Double(count)).squareRoot())
  }

  @Test func `normal draws have the moments of the normal distribution`() {
    var generator = SplitMix64(seed: 12)
    let draws = (0..<count).map { _ in Double(generator.nextNormal()) }
    let (mean, variance) = moments(draws)
    let skew = draws.reduce(0) { $0 + $1 * $1 * $1 } / Double(count)
    let fourth = draws.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(count)
    // Standard errors of the sample moments: √(1, 2, 15, 96 over n).
    #expect(mean.magnitude < 3 * (1 / Double(count)).squareRoot())
    #expect((variance - 1).magnitude < 3 * (2 / Double(count)).squareRoot())
    #expect(skew.magnitude < 3 * (15 / Double(count)).squareRoot())
    #expect((fourth - 3).magnitude < 3 * (96 / Double(count)).squareRoot())
  }

  private let count = 20_000

  private func moments(_ draws: [Double]) -> (mean: Double, variance: Double) {
    let mean = draws.reduce(0, +) / Double(count)
    return (mean, draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count))
  }
}
