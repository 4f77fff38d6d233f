import Detection
import Layers
import Models
import Tensors

/// Whole networks, trained and applied.
///
/// TinySSD sees 32 pictures of 256×256 pixels, or one; ResNet-18 8 of 224×224.
let networkRows = [
  network("TinySSD training", pictures: 32, tinySSDTraining),
  network("TinySSD inference", pictures: 32) { tinySSDInference(pictures: 32) },
  network("TinySSD latency", pictures: 1) { tinySSDInference(pictures: 1) },
  network("ResNet-18 training", pictures: resNetBatch, resNetTraining),
  network("ResNet-18 inference", pictures: resNetBatch, resNetInference),
]

private func network(
  _ name: String, pictures: Int, _ makeStep: @escaping @Sendable () -> () -> Double
) -> Row {
  Row(
    name: name, unit: "pictures/s", amount: Double(pictures), script: "networks_torch.py",
    modes: networkModes, makeStep: makeStep)
}

private let side = 256

/// Forward, loss, backward and update; targets are made before the clock starts, as in the twin.
private func tinySSDTraining() -> () -> Double {
  let batch = 32
  var random = SplitMix64(seed: 0)
  let model = TinySSD(classes: 1, using: &random)
  let optimizer = SGD(model, learningRate: 0.2, weightDecay: 5e-4)
  let pictures = Tensor.uniform([batch, 3, side, side], in: 0..<255, using: &random)
  let labels = (0..<batch).map { _ -> [LabeledBox] in
    let (x, y) = (0.3 + 0.4 * random.nextUnit(), 0.3 + 0.4 * random.nextUnit())
    let half = 0.06 + 0.08 * random.nextUnit()
    return [LabeledBox(box: Box(x - half, y - half, x + half, y + half), classIndex: 0)]
  }
  let targets = multiboxTargets(
    anchors: TinySSD.anchors(height: side, width: side), labels: labels)
  let offsets = Tensor(targets.offsets, shape: [batch, targets.anchorCount * 4])
  let mask = Tensor(targets.mask, shape: offsets.shape)
  return timed {
    training {
      let predictions = model.predictions(pictures)
      let loss =
        crossEntropy(predictions.classLogits, targets.classes).mean()
        + l1Loss(predictions.boxOffsets * mask, offsets * mask).mean()
      loss.backward()
    }
    optimizer.step()
  }
}

private func tinySSDInference(pictures count: Int) -> () -> Double {
  var random = SplitMix64(seed: 0)
  let model = TinySSD(classes: 1, using: &random)
  let pictures = Tensor.uniform([count, 3, side, side], in: 0..<255, using: &random)
  return timed {
    let predictions = model.predictions(pictures)
    predictions.classLogits.withScalars { _ in }
    predictions.boxOffsets.withScalars { _ in }
  }
}

private let (resNetBatch, resNetSide, resNetClasses) = (8, 224, 1000)

private func resNetTraining() -> () -> Double {
  var random = SplitMix64(seed: 0)
  let model = ResNet18(classes: resNetClasses, using: &random)
  let optimizer = SGD(model, learningRate: 0.01, weightDecay: 5e-4)
  let pictures = Tensor.normal([resNetBatch, 3, resNetSide, resNetSide], using: &random)
  let classes = (0..<resNetBatch).map { _ in Int32(random.next() % UInt64(resNetClasses)) }
  return timed {
    training { crossEntropy(model(pictures), classes).mean().backward() }
    optimizer.step()
  }
}

private func resNetInference() -> () -> Double {
  var random = SplitMix64(seed: 0)
  let model = ResNet18(classes: resNetClasses, using: &random)
  let pictures = Tensor.uniform(
    [resNetBatch, 3, resNetSide, resNetSide], in: 0..<255, using: &random)
  return timed { model(pictures).withScalars { _ in } }
}
