import Canvas
import Testing

@testable import Figures

@Suite struct ObstaclesTests {
  private let area = Rectangle(x0: 0, y0: 0, x1: 300, y1: 200)
  private let size = CanvasSize(width: 60, height: 40)

  private func place(avoiding points: [Point], _ boxes: [Rectangle] = []) -> Rectangle {
    Obstacles(points: points, boxes: boxes)
      .cheapest(of: Legend.places(for: size, in: area)).place
  }

  @Test func `an empty plot has its legend at the top right`() {
    let box = place(avoiding: [])
    #expect(box == Rectangle(x: 300 - 6 - 60, y: 6, width: 60, height: 40))
  }

  @Test func `a falling line leaves the top right to the legend and a rising one the top left`() {
    let falling = (0...30).map { Point(Double($0) * 10, Double($0) * 200 / 30) }
    #expect(place(avoiding: falling).x0 == 234)
    let rising = falling.map { Point(300 - $0.x, $0.y) }
    #expect(place(avoiding: rising).x0 == 6)
    #expect(place(avoiding: rising).y0 == 6)
  }

  @Test func `a text keeps the legend away`() {
    let text = Rectangle(x0: 240, y0: 10, x1: 290, y1: 23)
    #expect(place(avoiding: [], [text]).x0 == 6)
  }

  @Test func `where everything is covered the place with the fewest samples wins`() {
    var points = (0..<100).map { Point(Double($0) * 3, 20) }  // along the top
    points += (0..<100).map { Point(Double($0) * 3, 100) }  // along the middle
    points += [Point(30, 180), Point(270, 180), Point(271, 180)]
    let box = place(avoiding: points)
    #expect(box.y0 == 154 && box.x0 == 120)
  }
}
