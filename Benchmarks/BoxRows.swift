import Detection
import Foundation
import Models
import Tensors

/// Suppression beside torchvision's, and target assignment beside d2l's way of doing it.
let boxRows = [1000, 5000, 20000].map(suppressionRow) + [targetsRow]

/// Boxes a second through suppression at an overlap of 0.5.
///
/// The boxes are scattered around 50 objects in a picture of 1088×800, as a detector finds them;
/// scores are random.
private func suppressionRow(count: Int) -> Row {
  Row(
    name: "suppression \(count)", unit: "boxes/s", amount: Double(count), script: "boxes_torch.py",
    modes: ["torchvision"]
  ) {
    var random = SplitMix64(seed: 0)
    let objects = (0..<50).map { _ in
      CenterBox(
        x: 1088 * random.nextUnit(), y: 800 * random.nextUnit(),
        width: 32 + 224 * random.nextUnit(), height: 32 + 224 * random.nextUnit())
    }
    let noise = Tensor.normal([count, 4], using: &random).scalars.map { 0.2 * $0 }
    let boxes = (0..<count).map { index in
      let object = objects[Int(random.next() % 50)]
      return Box(
        CenterBox(
          x: object.x + object.width * noise[4 * index],
          y: object.y + object.height * noise[4 * index + 1],
          width: object.width * exp(noise[4 * index + 2]),
          height: object.height * exp(noise[4 * index + 3])))
    }
    let scores = boxes.map { _ in random.nextUnit() }
    return timed { _ = suppressed(boxes, scores: scores, overlapThreshold: 0.5) }
  }
}

/// Pictures a second whose 5444 anchors are matched with three objects each and encoded.
private let targetsRow = Row(
  name: "multibox targets", unit: "images/s", amount: 32, script: "boxes_torch.py",
  modes: ["d2l in PyTorch"]
) {
  var random = SplitMix64(seed: 0)
  let anchors = TinySSD.anchors(height: 256, width: 256)
  let labels = (0..<32).map { _ in
    (0..<3).map { _ in
      let (x, y) = (0.6 * random.nextUnit(), 0.6 * random.nextUnit())
      let (width, height) = (0.1 + 0.3 * random.nextUnit(), 0.1 + 0.3 * random.nextUnit())
      return LabeledBox(
        box: Box(x0: x, y0: y, x1: x + width, y1: y + height), classIndex: Int(random.next() % 4))
    }
  }
  return timed { _ = multiboxTargets(anchors: anchors, labels: labels) }
}
