import Detection
import Testing

struct AnchorGeneratorTests {
  @Test func `one size, three ratios of height over width`() {
    let generator = AnchorGenerator(sizes: [32], heightOverWidth: [0.5, 1, 2])
    #expect(
      generator.cellAnchors == [
        Box(-23, -11, 23, 11), Box(-16, -16, 16, 16), Box(-11, -23, 11, 23),
      ])
    #expect(
      AnchorGenerator(sizes: [64], heightOverWidth: [0.5, 1, 2]).cellAnchors == [
        Box(-45, -23, 45, 23), Box(-32, -32, 32, 32), Box(-23, -45, 23, 45),
      ])
  }

  @Test func `three sizes: for each ratio every size`() {
    let halves = [
      (91, 45), (181, 91), (362, 181), (64, 64), (128, 128), (256, 256), (45, 91), (91, 181),
      (181, 362),
    ]
    #expect(
      AnchorGenerator(sizes: [128, 256, 512], heightOverWidth: [0.5, 1, 2]).cellAnchors
        == halves.map { x, y in Box(-Float(x), -Float(y), Float(x), Float(y)) })
  }

  @Test func `halves are rounded to the even pixel`() {
    #expect(
      AnchorGenerator(sizes: [5, 7], heightOverWidth: [1]).cellAnchors
        == [Box(-2, -2, 2, 2), Box(-4, -4, 4, 4)])
  }

  @Test func `the first cell is centred on the corner, the next a stride on`() {
    let anchors = AnchorGenerator(sizes: [32], heightOverWidth: [0.5, 1, 2])
      .anchors(mapHeight: 2, mapWidth: 2, strideY: 16, strideX: 16)
    #expect(anchors.count == 12)
    #expect(
      Array(anchors[3..<6]) == [Box(-7, -11, 39, 11), Box(0, -16, 32, 16), Box(5, -23, 27, 23)])
    #expect(anchors[6] == Box(-23, 5, 23, 27))
  }

  @Test func `random maps agree with torchvision to the last bit`() throws {
    for vector in try golden("detection_anchors", as: AnchorsGolden.self).regions {
      let generator = AnchorGenerator(
        sizes: vector.sizes, heightOverWidth: vector.heightOverWidth)
      #expect(generator.cellAnchors == vector.cell.map(Box.init(golden:)))
      let anchors = generator.anchors(
        mapHeight: vector.map[0], mapWidth: vector.map[1], pictureHeight: vector.picture[0],
        pictureWidth: vector.picture[1])
      #expect(anchors == vector.anchors.map(Box.init(golden:)))
    }
  }
}

struct AnchorsGolden: Decodable {
  struct Regions: Decodable {
    var sizes, heightOverWidth: [Float]
    /// Height, width.
    var map, picture: [Int]
    var cell, anchors: [[Double]]
  }
  struct Defaults: Decodable {
    /// Height, width of each level.
    var maps: [[Int]]
    var steps: [Int]
    var scales: [Double]
    var ratios: [[Double]]
    var picture: [Int]
    var boxes: [[Double]]
  }
  struct SSD300: Decodable {
    var count: Int
    var first, last, every: [[Double]]
  }
  var regions: [Regions]
  var defaults: [Defaults]
  var ssd300: SSD300
}
