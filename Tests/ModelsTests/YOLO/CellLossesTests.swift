import Detection
import Models
import Tensors
import TestSupport
import Testing

struct CellLossesTests {
  /// Squares of differences in Float of numbers about 1, some hundred of them added; the overlaps among
  /// them are good to 1e-5.
  private static let sums = Tolerance("sums of squares", absolute: 1e-5, relative: 1e-5)

  private func losses(_ golden: YOLOGoldens.Cells, _ predictions: Tensor) -> CellLosses {
    CellLosses(
      predictions, golden.pictures.map { $0.map { LabeledBox(yolo: $0) } },
      layout: golden.layout, confidence: golden.confidenceIsOverlap ? .overlap : .one)
  }

  @Test(arguments: YOLOGoldens.all.cells)
  func `each part, the sum and its gradient are as written out`(golden: YOLOGoldens.Cells) throws {
    let parameter = Parameter(
      Tensor(golden.predictions.map { Float($0) }, shape: golden.shape))
    training {
      let losses = losses(golden, parameter.value)
      for (part, expected) in [
        (losses.centers, golden.terms.centers), (losses.sides, golden.terms.sides),
        (losses.objects, golden.terms.objects), (losses.empty, golden.terms.empty),
        (losses.classes, golden.terms.classes), (losses.sum, golden.total),
      ] {
        #expect(Self.sums.allows(Double(part.scalar), expected))
      }
      losses.sum.backward()
    }
    let gradient = try #require(parameter.gradient).scalars
    for (value, expected) in zip(gradient, golden.gradient) {
      #expect(Self.sums.allows(Double(value), expected))
    }
  }

  @Test func `the toy of one object comes to 1.2439864, or to 1.3255864 with confidence one`() {
    let totals = YOLOGoldens.all.cells.prefix(2).map { golden in
      losses(golden, Tensor(golden.predictions.map { Float($0) }, shape: golden.shape)).sum.scalar
    }
    #expect(abs(totals[0] - 1.2439864) < 1e-6)
    #expect(abs(totals[1] - 1.3255864) < 1e-6)
  }

  @Test func `gradients are the slopes of the loss`() throws {
    // Confidence one: with the overlap, the slope would see a target move that counts as a constant.
    let layout = CellLayout(grid: Grid(rows: 2, columns: 2), boxesPerCell: 2, classes: 3)
    var random = SplitMix64(seed: 5)
    let predictions = Tensor.uniform(
      [2, 4, layout.numbersPerCell], in: 0.3..<0.7, using: &random)
    let object = LabeledBox(box: Box(0.1, 0.2, 0.7, 0.6), classIndex: 1)
    checkGradient([predictions]) {
      CellLosses($0[0], [[object], []], layout: layout, confidence: .one).sum
    }
  }

  @Test func `an empty picture wants no confidence and nothing else`() {
    let layout = CellLayout(grid: Grid(rows: 1, columns: 1), boxesPerCell: 2, classes: 1)
    let numbers: [Float] = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 0.25]
    let losses = CellLosses(Tensor(numbers, shape: [1, 1, 11]), [[]], layout: layout)
    #expect(losses.empty.scalar == 1.25 && losses.sum.scalar == 0.625)
  }

  @Test func `predictions of another layout stop the program, and both shapes are named`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let layout = CellLayout(grid: Grid(rows: 1, columns: 1), boxesPerCell: 2, classes: 1)
      _ = CellLosses(.zeros([1, 1, 12]), [[]], layout: layout)
    }
    expectStopped(result, saying: "predictions [1, 1, 12], expected [1, 1, 11]")
  }
}

extension YOLOGoldens.Cells {
  var layout: CellLayout {
    CellLayout(
      grid: Grid(rows: rows, columns: columns), boxesPerCell: boxes, classes: classes)
  }
  var shape: [Int] { [pictures.count, layout.grid.count, layout.numbersPerCell] }
}

extension LabeledBox {
  /// Centre, sides and class of a golden.
  init(yolo golden: YOLOGoldens.Object) {
    let numbers = golden.map { Float($0) }
    self.init(
      box: Box(
        CenterBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])),
      classIndex: Int(golden[4]))
  }
}
