import Detection
import Testing

struct RunLengthsTests {
  @Test func `runs go down the columns, outside first`() {
    let mask = Mask(width: 2, height: 3, bits: [true, false, true, true, false, true])
    #expect(RunLengths(mask).counts == [0, 2, 2, 2])
  }

  @Test func `runs of masks agree with pycocotools, and paint them again`() throws {
    for vector in try golden("detection_masks", as: MasksGolden.self).masks {
      let runs = RunLengths(vector.mask)
      #expect(runs.counts == vector.counts)
      #expect(runs.area == vector.area)
      #expect(Mask(runs) == vector.mask)
    }
  }

  @Test(arguments: [
    ([3, 2], "runs of 5 pixels"), ([9], "runs of more than 6 pixels"), ([-1, 7], "length -1"),
    ([Int.max, Int.max], "runs of more than 6 pixels"), ([], "runs of 0 pixels"),
  ])
  func `runs that do not fill the picture are refused`(counts: [Int], found: String) {
    let error = #expect(throws: RunLengthError.self) {
      try RunLengths(width: 2, height: 3, counts: counts)
    }
    #expect(error?.found.contains(found) == true)
  }

  @Test func `a size beyond all bounds is refused`() {
    #expect(throws: RunLengthError.self) {
      try RunLengths(width: .max, height: 2, counts: [0])
    }
    #expect(throws: RunLengthError.self) {
      try RunLengths(width: -1, height: -1, counts: [1])
    }
  }
}
