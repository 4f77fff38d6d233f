import Detection
import Testing

struct MultiboxPriorsTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      var height, width: Int
      var sizes, widthOverHeight: [Float]
      var boxes: [[Double]]
    }
    var priors: [Case]
  }

  // The published vectors carry seven digits.
  private let printedDigits = 2e-7

  @Test func `random maps agree with PyTorch to the last bit`() throws {
    for vector in try golden("detection_multibox", as: Golden.self).priors {
      let anchors = multiboxPriors(
        height: vector.height, width: vector.width, sizes: vector.sizes,
        widthOverHeight: vector.widthOverHeight)
      #expect(anchors == vector.boxes.map(Box.init(golden:)))
    }
  }

  @Test func `one cell, three ratios`() {
    let anchors = multiboxPriors(height: 1, width: 1, sizes: [0.8], widthOverHeight: [1, 2, 0.5])
    expectClose(
      anchors.flatMap(\.corners),
      [
        0.1, 0.1, 0.9, 0.9, -0.0656855, 0.2171573, 1.0656855, 0.7828428, 0.2171573, -0.0656855,
        0.7828428, 1.0656855,
      ], absolute: printedDigits)
  }

  @Test func `two by two cells`() {
    let anchors = multiboxPriors(height: 2, width: 2, sizes: [0.4], widthOverHeight: [1, 2, 0.5])
    #expect(anchors.count == 12)
    expectClose(
      anchors.prefix(3).flatMap(\.corners),
      [
        0.05, 0.05, 0.45, 0.45, -0.0328427, 0.1085786, 0.5328428, 0.3914214, 0.1085786,
        -0.0328427, 0.3914214, 0.5328428,
      ], absolute: printedDigits)
    expectClose(
      anchors[11].corners, [0.6085786, 0.4671573, 0.8914214, 1.0328428], absolute: printedDigits)
  }

  @Test func `sizes are relative to the height of a wide map`() {
    let anchors = multiboxPriors(
      height: 2, width: 4, sizes: [0.5, 0.25], widthOverHeight: [1, 2, 0.5])
    expectClose(
      anchors.prefix(5).flatMap(\.corners),
      [
        0, 0, 0.25, 0.5, 0.0625, 0.125, 0.1875, 0.375, -0.0517767, 0.0732233, 0.3017767, 0.4267767,
        0.0366117, -0.1035534, 0.2133884, 0.6035534, 0.25, 0, 0.5, 0.5,
      ], absolute: printedDigits)
  }

  @Test func `sides of the picture's own make the size a share of its area`() {
    let (height, width) = (561, 728)
    let picture = Box(0, 0, 1, 1).scaled(x: Float(width), y: Float(height))
    func first(_ sides: AnchorSides) -> [Box] {
      multiboxPriors(
        height: height, width: width, sizes: [0.5], widthOverHeight: [1, 2], sides: sides
      ).prefix(2).map { $0.scaled(x: picture.width, y: picture.height) }
    }
    // A hundredth of a pixel: corners of about 200 px are rounded to Float as fractions.
    let own = first(.ofOwnSide)
    expectClose(
      own.flatMap { [$0.width, $0.height] }, [364, 280.5, 514.774, 198.343], absolute: 0.01)
    expectClose(own.map { $0.area / picture.area }, [0.25, 0.25], absolute: 1e-4)
    let ofHeight = first(.ofHeight)
    expectClose(ofHeight.map { $0.width / $0.height }, [1, 2], absolute: 1e-4)
  }

  @Test func `on a square map both kinds of sides are the same`() {
    func anchors(_ sides: AnchorSides) -> [Box] {
      multiboxPriors(
        height: 4, width: 4, sizes: [0.3, 0.4], widthOverHeight: [1, 2, 0.5], sides: sides)
    }
    #expect(anchors(.ofHeight) == anchors(.ofOwnSide))
  }

  @Test func `a cell for every pixel of a photograph`() {
    let (height, width) = (561, 728)
    let anchors = multiboxPriors(
      height: height, width: width, sizes: [0.75, 0.5, 0.25], widthOverHeight: [1, 2, 0.5])
    #expect(anchors.count == 2_042_040)
    let cell = anchors[((250 * width) + 250) * 5..<((250 * width) + 251) * 5]
    expectClose(
      cell.flatMap(\.corners),
      [
        0.0551168, 0.0715241, 0.6330701, 0.8215240, 0.1514423, 0.1965241, 0.5367445, 0.6965240,
        0.2477679, 0.3215241, 0.4404190, 0.5715240, -0.0645813, 0.1813590, 0.7527681, 0.7116891,
        0.1397561, -0.0838060, 0.5484307, 0.9768541,
      ], absolute: printedDigits)
    let sides = cell.map { $0.scaled(x: Float(width), y: Float(height)) }
      .flatMap { [$0.width, $0.height] }
    // Half a millimetre of a pixel: the sides are printed with three decimals.
    expectClose(
      sides,
      [420.75, 420.75, 280.5, 280.5, 140.25, 140.25, 595.030, 297.515, 297.515, 595.030],
      absolute: 1e-3)
  }

  @Test func `the five levels of TinySSD`() {
    let sizes: [[Float]] = [
      [0.2, 0.272], [0.37, 0.447], [0.54, 0.619], [0.71, 0.79], [0.88, 0.961],
    ]
    let levels = zip([32, 16, 8, 4, 1], sizes).map { side, sizes in
      multiboxPriors(height: side, width: side, sizes: sizes, widthOverHeight: [1, 2, 0.5])
    }
    #expect(levels.map(\.count) == [4096, 1024, 256, 64, 4])
    let anchors = levels.flatMap(\.self)
    #expect(anchors.count == 5444)
    expectClose(
      anchors.prefix(4).flatMap(\.corners),
      [
        -0.084375, -0.084375, 0.115625, 0.115625, -0.120375, -0.120375, 0.151625, 0.151625,
        -0.1257964, -0.0550857, 0.1570464, 0.0863357, -0.0550857, -0.1257964, 0.0863357, 0.1570464,
      ], absolute: printedDigits)
    expectClose(
      anchors.suffix(4).flatMap(\.corners),
      [
        0.06, 0.06, 0.94, 0.94, 0.0195, 0.0195, 0.9805, 0.9805, -0.122254, 0.188873, 1.1222539,
        0.8111269, 0.188873, -0.122254, 0.8111269, 1.1222539,
      ], absolute: printedDigits)
    let corners = anchors.flatMap(\.corners)
    expectClose(
      [corners.min() ?? 0, corners.max() ?? 0], [-0.3770458, 1.3770459], absolute: printedDigits)
    // Summed in double; printed with two decimals.
    #expect(abs(corners.reduce(0) { $0 + Double($1) } - 10888) < 0.005)
  }
}
