import Detection
import Testing

struct GraphSegmentationTests {
  /// A row of grey pixels, not blurred.
  private func segments(_ row: [Float], scale: Float, minimumSize: Int = 1) -> [Int32] {
    let empty = [Float](repeating: 0, count: row.count)
    let picture = ColorPlanes(height: 1, width: row.count, planes: [row, empty, empty])
    return graphSegmentation(picture, scale: scale, minimumSize: minimumSize, blur: 0).labels
  }

  @Test func `a step is an edge until the scale is larger than what it costs`() {
    let step: [Float] = [0, 0, 0, 10, 10, 10]
    #expect(segments(step, scale: 1) == [0, 0, 0, 1, 1, 1])
    #expect(segments(step, scale: 20) == [0, 0, 0, 1, 1, 1])
    #expect(segments(step, scale: 40) == [0, 0, 0, 0, 0, 0])
  }

  @Test func `a region under the minimum size joins its neighbour`() {
    #expect(segments([0, 0, 0, 10, 10, 10], scale: 1, minimumSize: 4) == [0, 0, 0, 0, 0, 0])
  }

  @Test func `what varies inside a region widens what it accepts`() {
    let ramp: [Float] = [0, 1, 2, 10, 11, 30]
    #expect(segments(ramp, scale: 1) == [0, 0, 0, 1, 1, 2])
    #expect(segments(ramp, scale: 20) == [0, 0, 0, 1, 1, 2])
    #expect(segments(ramp, scale: 40) == [0, 0, 0, 0, 0, 1])
  }

  @Test func `one pixel is one region`() {
    #expect(segments([7], scale: 10, minimumSize: 5) == [0])
  }

  @Test(arguments: try SelectiveSearchGolden.read().segmentations)
  func `regions are scikit-image's`(golden: SelectiveSearchGolden.Segments) {
    let picture = ColorPlanes(
      height: golden.height, width: golden.width, planes: golden.planes)
    let found = graphSegmentation(
      picture, scale: golden.scale, minimumSize: golden.minimumSize, blur: golden.blur)
    #expect(found.labels == golden.labels)
    #expect(found.count == Int(golden.labels.max() ?? -1) + 1)
  }
}

/// `Tests/Goldens/selective_search.json`.
struct SelectiveSearchGolden: Decodable {
  struct Segments: Decodable {
    let height: Int
    let width: Int
    let scale: Float
    let minimumSize: Int
    let blur: Float
    let planes: [[Float]]
    let labels: [Int32]
  }
  struct Colors: Decodable {
    let rgb: [UInt8]
    let hsv: [Double]
    let lab: [Double]
  }
  let segmentations: [Segments]
  let colors: [Colors]

  static func read() throws -> SelectiveSearchGolden { try golden("selective_search") }
}
