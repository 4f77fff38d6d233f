import Detection
import Foundation
import Testing

struct CompressedRunLengthsTests {
  @Test func `COCO's string is written and read as pycocotools does`() throws {
    for vector in try golden("detection_masks", as: MasksGolden.self).masks {
      let runs = RunLengths(vector.mask)
      #expect(runs.compressed == vector.compressed)
      let read = try RunLengths(
        width: vector.width, height: vector.height, compressed: vector.compressed)
      #expect(read == runs)
    }
  }

  @Test func `JSON has COCO's form and comes back`() throws {
    let runs = RunLengths(
      Mask(width: 2, height: 3, bits: [false, true, false, true, true, false]))
    let json = try JSONEncoder().encode(runs)
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(object["size"] as? [Int] == [3, 2])
    #expect(object["counts"] as? String == runs.compressed)
    #expect(try JSONDecoder().decode(RunLengths.self, from: json) == runs)
  }

  @Test func `plain numbers are read from JSON as well`() throws {
    let json = Data(#"{"size": [3, 2], "counts": [1, 4, 1]}"#.utf8)
    #expect(try JSONDecoder().decode(RunLengths.self, from: json).counts == [1, 4, 1])
  }

  @Test(arguments: [
    ("6\u{7f}", "character code 127"), ("o", "end in the middle"), ("5", "runs of 5 pixels"),
    (String(repeating: "o", count: 20), "more than 60 bits"), ("", "runs of 0 pixels"),
  ])
  func `a string that is no mask is refused`(text: String, found: String) {
    let error = #expect(throws: RunLengthError.self) {
      try RunLengths(width: 2, height: 3, compressed: text)
    }
    #expect(error?.found.contains(found) == true, "\(text): \(error?.found ?? "")")
  }
}
