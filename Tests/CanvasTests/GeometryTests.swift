import Canvas
import Testing

@Suite struct GeometryTests {
  @Test func `transforms happen in the order they are written`() {
    let moved = Transform.translation(1, 0).then(.scaling(2, 3))(Point(1, 1))
    #expect(moved == Point(4, 3))
    let scaled = Transform.scaling(2, 3).then(.translation(1, 0))(Point(1, 1))
    #expect(scaled == Point(3, 3))
  }

  @Test func `a quarter turn is clockwise on the canvas`() {
    let turned = Transform.rotation(degrees: 90)(Point(1, 0))
    #expect(abs(turned.x) < 1e-15 && abs(turned.y - 1) < 1e-15)
  }

  @Test func `rectangles that only touch do not overlap`() {
    let box = Rectangle(x0: 0, y0: 0, x1: 2, y1: 2)
    #expect(box.overlap(with: Rectangle(x0: 2, y0: 0, x1: 3, y1: 2)) == 0)
    #expect(box.overlap(with: Rectangle(x0: 1, y0: -1, x1: 3, y1: 1)) == 1)
    #expect(
      box.union(Rectangle(x0: 5, y0: 1, x1: 6, y1: 3)) == Rectangle(x0: 0, y0: 0, x1: 6, y1: 3))
  }
}
