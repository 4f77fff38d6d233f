import Images
import Testing

@Suite struct ResizeTests {
  @Test func `resizing agrees with torch's antialiased bilinear`() throws {
    let golden = try PNGGoldens.load().resizing
    let picture = Image(height: golden.height, width: golden.width, pixels: golden.rgb)
    for target in golden.to {
      let resized = picture.resized(height: target.height, width: target.width)
      let error = zip(resized.pixels, target.values).map { abs(Double($0) - $1) }.max() ?? .infinity
      // Half a level from rounding, and single precision sums of up to 126 bytes.
      #expect(error < 0.5 + 1e-3, "\(target.height)×\(target.width)")
      #expect(resized.pixels.count == target.values.count)
    }
  }

  @Test func `a picture at its own size is unchanged`() {
    let picture = Image(height: 2, width: 2, pixels: [9, 8, 7, 0, 255, 3, 4, 5, 6, 200, 100, 0])
    #expect(picture.resized(height: 2, width: 2) == picture)
  }

  @Test func `a flat picture stays flat`() {
    let flat = Image(height: 7, width: 5, pixels: .init(repeating: 201, count: 105))
    #expect(flat.resized(height: 3, width: 11).pixels.allSatisfy { $0 == 201 })
  }
}
