import Detection
import Testing

struct BoxFormsTests {
  @Test func `centre form holds the middle and the sides`() {
    #expect(
      CenterBox(Box(60, 45, 378, 516)) == CenterBox(x: 219, y: 280.5, width: 318, height: 471))
    #expect(
      CenterBox(Box(400, 112, 655, 493)) == CenterBox(x: 527.5, y: 302.5, width: 255, height: 381))
  }

  @Test func `COCO's form holds the top left corner and the sides`() {
    #expect(
      TopLeftBox(Box(60, 45, 378, 516)) == TopLeftBox(x: 60, y: 45, width: 318, height: 471))
  }

  // Quarters stay exact in Float through sums and halves, so equality is asked for.
  @Test func `forms agree with torchvision, and lead back`() throws {
    for vector in try golden("detection_boxes", as: BoxesGolden.self).forms {
      for (index, corners) in vector.corners.enumerated() {
        let box = Box(golden: corners)
        let center = CenterBox(box)
        let topLeft = TopLeftBox(box)
        #expect(
          [center.x, center.y, center.width, center.height].map(Double.init)
            == vector.centers[index])
        #expect(
          [topLeft.x, topLeft.y, topLeft.width, topLeft.height].map(Double.init)
            == vector.topLefts[index])
        #expect(Box(center) == box)
        #expect(Box(topLeft) == box)
      }
    }
  }

  @Test func `a last pixel included makes a box one wider`() {
    let (a, b) = (Box(10, 10, 19, 19).includingLastPixel, Box(15, 10, 24, 19).includingLastPixel)
    #expect(a.width == 10)
    // 5 × 10 pixels of 150: the overlap that PASCAL VOC's program finds.
    #expect(abs(intersectionOverUnion(a, b) - 1.0 / 3) < 1e-6)
  }
}
