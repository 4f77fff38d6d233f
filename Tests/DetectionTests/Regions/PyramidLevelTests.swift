import Detection
import Testing

struct PyramidLevelTests {
  @Test func `levels of squares, as torchvision has them`() {
    let sides: [Float] = [111, 112, 223, 224, 448, 900]
    #expect(sides.map { pyramidLevel(of: Box(5, 5, 5 + $0, 5 + $0)) } == [2, 3, 3, 4, 5, 5])
  }

  @Test func `only the area counts, not the shape`() {
    #expect(pyramidLevel(of: Box(0, 0, 448, 112)) == 4)
  }

  @Test func `boxes without area belong to the finest level`() {
    #expect(pyramidLevel(of: Box(3, 3, 3, 9)) == 2)
    #expect(pyramidLevel(of: Box(9, 3, 3, 9)) == 2)
  }

  @Test func `levels end where the pyramid does`() {
    #expect(pyramidLevel(of: Box(0, 0, 900, 900), levels: 2...4) == 4)
    #expect(pyramidLevel(of: Box(0, 0, 9, 9), levels: 3...5) == 3)
  }
}
