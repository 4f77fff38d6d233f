import Detection
import Testing

struct ShapeClustersTests {
  private func shape(_ width: Float, _ height: Float) -> BoxShape {
    BoxShape(width: width, height: height)
  }

  @Test func `a cluster is the mean of its shapes, and small ones come first`() {
    let shapes = [
      shape(0.75, 0.5), shape(0.125, 0.125), shape(0.125, 0.1875), shape(0.75, 0.625),
    ]
    #expect(
      shapeClusters(shapes, count: 2) == [shape(0.125, 0.15625), shape(0.75, 0.5625)])
  }

  @Test func `shapes of one area are told apart by their overlap`() {
    let shapes = [shape(0.5, 0.125), shape(0.125, 0.5), shape(0.5, 0.125), shape(0.125, 0.5)]
    #expect(Set(shapeClusters(shapes, count: 2)) == [shape(0.5, 0.125), shape(0.125, 0.5)])
  }

  @Test func `as many clusters as shapes are the shapes themselves`() {
    let shapes = [shape(0.5, 0.5), shape(0.25, 0.25), shape(0.125, 0.125)]
    #expect(shapeClusters(shapes, count: 3) == shapes.reversed())
  }

  @Test func `equal shapes leave clusters without any where they are`() {
    let shapes = [BoxShape](repeating: shape(0.25, 0.5), count: 6)
    #expect(shapeClusters(shapes, count: 3) == Array(shapes.prefix(3)))
  }
}
