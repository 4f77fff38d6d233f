import Book
import Testing

struct RoundedTests {
  @Test(arguments: [
    (2.0 / 3, 2, "0.67"), (1.5, 3, "1.500"), (72.4, 0, "72"), (-0.04, 1, "-0.0"),
  ])
  func `a number has the decimals asked for`(value: Double, places: Int, text: String) {
    #expect(rounded(value, places) == text)
  }
}
