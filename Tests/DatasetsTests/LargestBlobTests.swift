import Datasets
import Detection
import Images
import Testing

@Suite struct LargestBlobTests {
  /// A picture of letters: Y banana yellow, G green, R red, W white, D a yellow too dark to count.
  private func picture(_ rows: String...) -> Image {
    let colors: [Character: [UInt8]] = [
      "Y": [230, 190, 50], "G": [80, 170, 50], "R": [200, 40, 30], "W": [250, 250, 245],
      "D": [60, 50, 10],
    ]
    return Image(
      height: rows.count, width: rows[0].count, pixels: rows.joined().flatMap { colors[$0]! })
  }

  @Test func `the largest patch wins, and corners do not connect`() {
    let found = largestYellowBlob(
      in: picture(
        "YYYGG",
        "GGGYY",
        "GGGYY",
        "GYGGG"))
    #expect(found == [ScoredBox(box: Box(3, 1, 5, 3), classIndex: 0, score: 0.2)])
  }

  @Test func `other colours are no banana`() {
    #expect(largestYellowBlob(in: picture("GRWD", "DWRG")).isEmpty)
  }
}
