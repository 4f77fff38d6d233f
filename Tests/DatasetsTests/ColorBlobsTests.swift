import Datasets
import Detection
import Images
import Testing

@Suite struct ColorBlobsTests {
  /// A picture with a red square and a long yellow bar on blue, and their masks.
  private func scene(shift: Int, colors: [[UInt8]]) -> (Image, [LabeledBox], [RunLengths]) {
    let side = 48
    var pixels = Array(repeating: [UInt8]([30, 40, 160]), count: side * side)
    let boxes = [(4 + shift, 6, 16 + shift, 18), (6, 30 + shift, 40, 38 + shift)]
    var masks: [RunLengths] = []
    for (index, (x0, y0, x1, y1)) in boxes.enumerated() {
      var mask = Mask(width: side, height: side)
      for y in y0..<y1 {
        for x in x0..<x1 {
          mask[x, y] = true
          pixels[y * side + x] = colors[index]
        }
      }
      masks.append(RunLengths(mask))
    }
    let labels = boxes.enumerated().map { index, box in
      LabeledBox(
        box: Box(Float(box.0), Float(box.1), Float(box.2), Float(box.3)), classIndex: index)
    }
    return (Image(height: side, width: side, pixels: pixels.flatMap { $0 }), labels, masks)
  }

  private func detector(colors: [[UInt8]]) -> ColorBlobDetector {
    let scenes = [0, 3, 5].map { scene(shift: $0, colors: colors) }
    return ColorBlobDetector(
      training: DecodedDataset(
        classNames: ["square", "bar"], images: scenes.map(\.0),
        labels: scenes.map {
          $0.1.map {
            LabeledBox(box: $0.box.scaled(x: 1 / 48, y: 1 / 48), classIndex: $0.classIndex)
          }
        },
        masks: scenes.map(\.2)))
  }

  @Test func `where colour tells everything, it finds everything`() {
    let colors: [[UInt8]] = [[220, 40, 30], [230, 200, 40]]
    let (image, labels, _) = scene(shift: 1, colors: colors)
    let found = detector(colors: colors).detections(in: image)
    let precision = AveragePrecision(detections: [found], groundTruths: [labels])
    #expect(precision.ap50 == 1)
    #expect(found.count == 2)
  }

  @Test func `of one colour, shapes still tell classes apart`() {
    let colors: [[UInt8]] = [[220, 40, 30], [220, 40, 30]]
    let (image, labels, _) = scene(shift: 2, colors: colors)
    let found = detector(colors: colors).detections(in: image)
    #expect(AveragePrecision(detections: [found], groundTruths: [labels]).ap50 == 1)
  }

  @Test func `colours that no object had are no objects`() {
    let (image, _, _) = scene(shift: 1, colors: [[40, 200, 60], [40, 200, 60]])
    let red = detector(colors: [[220, 40, 30], [230, 200, 40]])
    #expect(red.detections(in: image).isEmpty)
  }
}
