import Tensors
import Testing

struct DropoutTests {
  private let ones = Tensor.ones([200, 200])

  @Test func `a share of the elements is dropped, the others grow`() {
    var generator = SplitMix64(seed: 3)
    let result = training { ones.dropout(rate: 0.2, using: &generator) }.scalars
    let dropped = result.filter { $0 == 0 }.count
    #expect(result.allSatisfy { $0 == 0 || $0 == 1.25 })
    // Three standard errors of a share of 0.2 of 40 000.
    #expect((Double(dropped) - 8000).magnitude < 3 * (40_000 * 0.2 * 0.8).squareRoot())
  }

  @Test func `inference drops nothing and draws nothing`() {
    var generator = SplitMix64(seed: 3)
    #expect(ones.dropout(rate: 0.5, using: &generator).scalars == ones.scalars)
    #expect(generator == SplitMix64(seed: 3))
  }

  @Test func `the same state drops the same, on any number of threads`() {
    let usual = threadCount
    defer { setThreadCount(usual) }
    func drop() -> ([Float], SplitMix64) {
      var generator = SplitMix64(seed: 4)
      let result = training { ones.dropout(rate: 0.5, using: &generator) }
      return (result.scalars, generator)
    }
    setThreadCount(1)
    let alone = drop()
    setThreadCount(3)
    let together = drop()
    #expect(alone.0 == together.0)
    #expect(alone.1 == together.1)
  }

  @Test func `two calls drop different elements`() {
    var generator = SplitMix64(seed: 4)
    let (first, second) = training {
      (ones.dropout(rate: 0.5, using: &generator), ones.dropout(rate: 0.5, using: &generator))
    }
    #expect(first.scalars != second.scalars)
  }
}
