import Detection
import Testing

struct OverlapMatrixTests {
  // Float keeps 24 bits; a quotient of sums of products of quarters is off by a few units at most.
  private let roundingOfFloat = 1e-6

  @Test func `five anchors with the dog and the cat`() {
    let expected = [
      [0.0536481, 0], [0.1417233, 0], [0, 0.5657238], [0, 0.2058824], [0, 0.7459080],
    ]
    let overlaps = OverlapMatrix(DogAndCat.anchors, [DogAndCat.dog, DogAndCat.cat])
    // The vectors are printed with seven digits.
    expectClose(overlaps.values, expected.flatMap(\.self), absolute: 1e-6)
  }

  @Test func `the four predictions of the dog and the cat with each other`() {
    let overlaps = OverlapMatrix(DogAndCat.candidates, DogAndCat.candidates)
    let expected = [
      [1, 0.7368420, 0.5454325, 0], [0.7368420, 1, 0.6306102, 0.0115020],
      [0.5454325, 0.6306102, 1, 0.0838670], [0, 0.0115020, 0.0838670, 1],
    ]
    expectClose(overlaps.values, expected.flatMap(\.self), absolute: roundingOfFloat)
  }

  @Test func `random, degenerate, NaN and no boxes agree with torchvision`() throws {
    for vector in try golden("detection_boxes", as: BoxesGolden.self).overlaps {
      let overlaps = OverlapMatrix(
        vector.rows.map(Box.init(golden:)), vector.columns.map(Box.init(golden:)))
      #expect(overlaps.rowCount == vector.overlaps.count)
      expectClose(
        overlaps.values, vector.overlaps.flatMap { $0.map { $0 ?? .nan } },
        absolute: roundingOfFloat, "\(vector.name)")
    }
  }

  @Test func `rows and columns are read by name`() {
    let overlaps = OverlapMatrix([Box(0, 0, 1, 1)], [Box(0, 0, 1, 1), Box(0, 0, 1, 0.5)])
    #expect(overlaps.rowCount == 1 && overlaps.columnCount == 2)
    #expect(overlaps[0, 1] == 0.5)
    #expect(Array(overlaps[row: 0]) == [1, 0.5])
    #expect(OverlapMatrix(rows: [[1, 0.5]]) == overlaps)
  }

  @Test func `a matrix agrees with pairs, to the last bit`() {
    let boxes = DogAndCat.anchors + DogAndCat.candidates
    let overlaps = OverlapMatrix(boxes, boxes)
    for (row, a) in boxes.enumerated() {
      for (column, b) in boxes.enumerated() {
        #expect(overlaps[row, column] == intersectionOverUnion(a, b))
      }
    }
  }
}
