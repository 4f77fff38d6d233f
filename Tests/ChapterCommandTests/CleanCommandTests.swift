import Testing

@testable import ChapterCommand

struct CleanCommandTests {
  @Test(arguments: [
    (0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (12_345_678, "12.3 MB"),
    (2_500_000_000, "2.5 GB"),
  ])
  func `sizes are short`(bytes: Int, text: String) {
    #expect(CleanCommand.size(bytes) == text)
  }
}
