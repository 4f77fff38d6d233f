import Detection
import Testing

struct RegionFeaturesTests {
  /// Two squares of 2 × 2 pixels side by side in a picture of 64.
  private let left = RegionFeatures(
    size: 4, box: PixelBox(x0: 0, y0: 0, x1: 2, y1: 2), color: [0.5, 0.5, 0], texture: [])
  private let right = RegionFeatures(
    size: 4, box: PixelBox(x0: 2, y0: 0, x1: 4, y1: 2), color: [0.25, 0.25, 0.5], texture: [])

  private func similarity(_ parts: RegionSimilarities) -> Float {
    left.similarity(to: right, by: parts, pictureSize: 64)
  }

  @Test func `colour is what two histograms share`() { #expect(similarity(.color) == 0.5) }

  @Test func `size is what the two leave of the picture`() { #expect(similarity(.size) == 0.875) }

  @Test func `two squares side by side fill their box`() { #expect(similarity(.fill) == 1) }

  @Test func `chosen similarities are added`() {
    #expect(similarity([.color, .size, .fill]) == 2.375)
    #expect(similarity([]) == 0)
  }

  @Test func `a merged histogram is the average by size`() {
    let merged = left.merged(with: right)
    #expect(merged.color == [0.375, 0.375, 0.25])
    #expect(merged.size == 8)
    #expect(merged.box == PixelBox(x0: 0, y0: 0, x1: 4, y1: 2))
  }

  @Test func `a gap in the box lowers the fill`() {
    let far = RegionFeatures(
      size: 4, box: PixelBox(x0: 6, y0: 0, x1: 8, y1: 2), color: [], texture: [])
    #expect(left.similarity(to: far, by: .fill, pictureSize: 64) == 1 - Float(16 - 8) / 64)
  }
}
