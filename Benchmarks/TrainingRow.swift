import Detection
import Layers
import Models
import Tensors

let trainingRowName = "TinySSD training"

/// Images a second of one training step of TinySSD: forward, loss, backward and update.
///
/// Batch 32 of 3×256×256 random pictures; targets are made before the clock starts, as in the twin.
func trainingRow(rounds: Int, warmUp: Int, peers: [TorchPeer]) throws -> Report.Row {
  let batch = 32
  let side = 256
  var random = SplitMix64(seed: 0)
  let model = TinySSD(classes: 1, using: &random)
  let optimizer = SGD(model, learningRate: 0.2, weightDecay: 5e-4)
  let pictures = Tensor.uniform([batch, 3, side, side], in: 0..<255, using: &random)
  let labels = (0..<batch).map { _ -> [LabeledBox] in
    let (x, y) = (0.3 + 0.4 * random.nextUnit(), 0.3 + 0.4 * random.nextUnit())
    let half = 0.06 + 0.08 * random.nextUnit()
    return [
      LabeledBox(box: Box(x - half, y - half, x + half, y + half), classIndex: 0)
    ]
  }
  let targets = multiboxTargets(
    anchors: TinySSD.anchors(height: side, width: side), labels: labels)
  let offsets = Tensor(targets.offsets, shape: [batch, targets.anchorCount * 4])
  let mask = Tensor(targets.mask, shape: offsets.shape)

  let clock = ContinuousClock()
  func step() -> Double {
    let duration = clock.measure {
      training {
        let predictions = model.predictions(pictures)
        let loss =
          crossEntropy(predictions.classLogits, targets.classes).mean()
          + l1Loss(predictions.boxOffsets * mask, offsets * mask).mean()
        loss.backward()
      }
      optimizer.step()
    }
    return duration / .seconds(1)
  }

  for _ in 0..<warmUp { _ = step() }
  var ours: [Double] = []
  var theirs = peers.map { _ in [Double]() }
  for _ in 0..<rounds {
    ours.append(step())
    for (index, peer) in peers.enumerated() { theirs[index].append(try peer.step()) }
  }
  let imagesPerSecond = { (seconds: [Double]) in Double(batch) / median(seconds) }
  return Report.Row(
    name: trainingRowName, unit: "images/s", ours: imagesPerSecond(ours),
    peers: Dictionary(
      uniqueKeysWithValues: zip(peers.map(\.mode), theirs.map(imagesPerSecond))))
}

/// The middle value; the mean of the middle two of an even number of values.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2)
    ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
