import Book
import Testing

struct MeanTests {
  @Test func `the mean is added up in double`() {
    #expect(mean([Float(16_777_216), 1, 1, 1]) == 4_194_304.75)
  }

  @Test func `no values have no mean`() {
    #expect(mean([Double]()).isNaN)
  }
}
