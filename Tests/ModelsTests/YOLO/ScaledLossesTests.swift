import Detection
import Models
import Tensors
import TestSupport
import Testing

struct ScaledLossesTests {
  /// Some hundred logarithms and squares in Float, each up to about 10.
  private static let sums = Tolerance("sums of entropies", absolute: 1e-5, relative: 1e-5)

  private func losses(_ golden: YOLOGoldens.Scales, _ predictions: Tensor) -> ScaledLosses {
    ScaledLosses(
      predictions, golden.pictures.map { $0.map { LabeledBox(yolo: $0) } },
      anchors: golden.anchors, sharedFrom: golden.sharedFrom, ignoredAbove: golden.ignoredAbove)
  }

  @Test(arguments: YOLOGoldens.all.scales)
  func `each part, the mean and its gradient are as written out`(golden: YOLOGoldens.Scales) throws
  {
    let shape = [golden.pictures.count, golden.anchors.count, 5 + golden.classes]
    let parameter = Parameter(Tensor(golden.predictions.map { Float($0) }, shape: shape))
    training {
      let losses = losses(golden, parameter.value)
      for (part, expected) in [
        (losses.centers, golden.terms.centers), (losses.sides, golden.terms.sides),
        (losses.objectness, golden.terms.objectness), (losses.classes, golden.terms.classes),
        (losses.mean, golden.mean),
      ] {
        #expect(Self.sums.allows(Double(part.scalar), expected))
      }
      losses.mean.backward()
    }
    let gradient = try #require(parameter.gradient).scalars
    for (value, expected) in zip(gradient, golden.gradient) {
      #expect(Self.sums.allows(Double(value), expected))
    }
  }

  @Test func `gradients are the slopes of the loss`() throws {
    let anchors = ScaledAnchors(scales: [
      .init(grid: Grid(rows: 2, columns: 2), shapes: [BoxShape(width: 0.5, height: 0.25)])
    ])
    var random = SplitMix64(seed: 5)
    let predictions = Tensor.uniform([2, 4, 7], in: -0.5..<0.5, using: &random)
    let object = LabeledBox(box: Box(0.1, 0.2, 0.7, 0.6), classIndex: 1)
    checkGradient([predictions]) { ScaledLosses($0[0], [[object], []], anchors: anchors).mean }
  }

  @Test func `without any object only objectness is left, and nothing is divided by zero`() {
    let anchors = ScaledAnchors(scales: [
      .init(grid: Grid(rows: 1, columns: 1), shapes: [BoxShape(width: 0.5, height: 0.5)])
    ])
    let losses = ScaledLosses(.zeros([2, 1, 6]), [[], []], anchors: anchors)
    // Twice −ln ½.
    #expect(abs(losses.mean.scalar - 1.386_294_4) < 1e-6)
    #expect(losses.centers.scalar == 0 && losses.sides.scalar == 0 && losses.classes.scalar == 0)
  }
}

extension YOLOGoldens.Scales {
  var anchors: ScaledAnchors {
    ScaledAnchors(
      scales: scales.map { scale in
        .init(
          grid: Grid(rows: scale.rows, columns: scale.columns),
          shapes: scale.shapes.map { BoxShape(width: $0[0], height: $0[1]) })
      })
  }
}
