import Detection
import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing

/// Twenty training steps of TinySSD from the weights and on the pictures that PyTorch had.
struct TinySSDStepsTests {
  private struct Golden: Decodable {
    let boxes: [[Float]]
    let checks: [String: Double]
    let losses: [String: [Double]]
  }

  private let golden: Golden
  private let side = 64
  private let batch = 4

  init() throws {
    golden = try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: goldenFile("tinyssd_steps.json")))
  }

  /// Noise with a brighter box in each, drawn as the golden's script draws it.
  private func drawPictures(using random: inout SplitMix64) -> (Tensor, [Box]) {
    let cells = side * side
    var pixels: [Float] = []
    var boxes: [Box] = []
    for _ in golden.boxes {
      let (x, y) = (Int(random.nextUnit() * 24), Int(random.nextUnit() * 24))
      let (right, bottom) = (
        x + Int(random.nextUnit() * 24) + 12, y + Int(random.nextUnit() * 24) + 12
      )
      for place in 0..<3 * cells {
        let (row, column) = (place % cells / side, place % side)
        let isInside = (y..<bottom).contains(row) && (x..<right).contains(column)
        pixels.append((random.nextUnit() * 160).rounded(.down) + (isInside ? 64 : 0))
      }
      boxes.append(Box(Float(x), Float(y), Float(right), Float(bottom)))
    }
    return (Tensor(pixels, shape: [boxes.count, 3, side, side]), boxes)
  }

  /// The loss of each step.
  private func train() throws -> [Double] {
    var random = SplitMix64(seed: 81)
    let model = TinySSD(classes: 1, using: &random)
    let weights = parameters(of: model).flatMap { $0.parameter.value.scalars }
    let (pictures, boxes) = drawPictures(using: &random)
    #expect(boxes.map { [$0.x0, $0.y0, $0.x1, $0.y1] } == golden.boxes)
    let weightSum = try #require(golden.checks["weightSum"])
    // Sums of a million doubles in another order.
    #expect((weights.reduce(0.0) { $0 + Double($1) } - weightSum).magnitude < 1e-6)
    #expect(
      pictures.scalars.reduce(0.0) { $0 + Double($1) } == golden.checks["pictureSum"])

    let optimizer = SGD(model, learningRate: 0.05, momentum: 0.9, weightDecay: 5e-4)
    let scale = Float(side)
    let labels = boxes.map {
      [
        LabeledBox(
          box: Box($0.x0 / scale, $0.y0 / scale, $0.x1 / scale, $0.y1 / scale), classIndex: 0)
      ]
    }
    let anchors = TinySSD.anchors(height: side, width: side)
    return (0..<20).map { step in
      let chosen = (0..<batch).map { (step * batch + $0) % boxes.count }
      let targets = multiboxTargets(anchors: anchors, labels: chosen.map { labels[$0] })
      let offsets = Tensor(targets.offsets, shape: [batch, targets.anchorCount * 4])
      let mask = Tensor(targets.mask, shape: offsets.shape)
      let loss = training {
        let predictions = model.predictions(pictures.selected(chosen.map(Int32.init), along: 0))
        let loss =
          meanCrossEntropy(predictions.classLogits, targets.classes)
          + l1Loss(predictions.boxOffsets * mask, offsets * mask).mean()
        loss.backward()
        return loss.scalar
      }
      optimizer.step()
      return Double(loss)
    }
  }

  /// A training run magnifies each rounding, most of all where it turns a decision of a pooling or
  /// a ReLU, so the measure of what is allowed is what two of PyTorch's own orders of memory make of
  /// each other: three times their largest gap up to two steps later, since the first decision may
  /// turn two steps sooner here than there (as it does with the kernels for AVX2).
  @Test func `losses stay as close to PyTorch's as its own two memory orders stay together`() throws
  {
    let losses = try train()
    let eager = try #require(golden.losses["eager"])
    let channelsLast = try #require(golden.losses["channelsLast"])
    let gaps = zip(eager, channelsLast).map { ($0 - $1).magnitude }
    #expect(
      Tolerance.elementwise.allows(losses[0], eager[0]), "the first loss is all forward pass")
    for (step, loss) in losses.enumerated() {
      let gap = gaps.prefix(step + 3).reduce(0, max)
      #expect(
        (loss - eager[step]).magnitude <= 3 * gap,
        "step \(step): loss \(loss), PyTorch's \(eager[step]), gap \(gap)")
    }
  }

  @Test func `the same run gives the same losses, bit for bit`() throws {
    #expect(try train() == train())
  }
}
