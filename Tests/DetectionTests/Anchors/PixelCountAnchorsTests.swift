import Detection
import Testing

struct PixelCountAnchorsTests {
  @Test func `the nine anchors of the first Faster R-CNN, as its programs print them`() {
    #expect(
      pixelCountAnchors(stride: 16, scales: [8, 16, 32], heightOverWidth: [0.5, 1, 2]) == [
        Box(-83, -39, 100, 56), Box(-175, -87, 192, 104), Box(-359, -183, 376, 200),
        Box(-55, -55, 72, 72), Box(-119, -119, 136, 136), Box(-247, -247, 264, 264),
        Box(-35, -79, 52, 96), Box(-79, -167, 96, 184), Box(-167, -343, 184, 360),
      ])
  }

  @Test func `the square of the stride itself goes from the first pixel to the last`() {
    #expect(
      pixelCountAnchors(stride: 16, scales: [1], heightOverWidth: [1]) == [Box(1, 1, 16, 16)])
  }

  @Test func `without scales there are no anchors`() {
    #expect(pixelCountAnchors(stride: 16, scales: [], heightOverWidth: [1]).isEmpty)
  }
}
