import Canvas
import Foundation
import Testing

@Suite struct InkBoundsTests {
  private func bounds(_ draw: (inout Canvas) -> Void) -> Rectangle? {
    var canvas = Canvas(size: CanvasSize(width: 10, height: 10))
    draw(&canvas)
    return canvas.inkBounds
  }

  private func agrees(_ box: Rectangle?, _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double)
    -> Bool
  {
    guard let box else { return false }
    // Cairo's 1/256 at sixteenfold size, a few of them for the pieces of a curve.
    return zip([box.x0, box.y0, box.x1, box.y1], [x0, y0, x1, y1]).allSatisfy {
      abs($0 - $1) < 0.002
    }
  }

  @Test func `nothing drawn has no bounds`() {
    #expect(bounds { _ in } == nil)
  }

  @Test func `a rectangle bounds itself, even outside the canvas`() {
    let box = bounds {
      $0.fill(.rectangle(Rectangle(x0: -3, y0: 2, x1: 15, y1: 4)), .ink)
    }
    #expect(agrees(box, -3, 2, 15, 4))
  }

  @Test func `a turned ellipse is bounded by its curve and not by its control points`() {
    // An ellipse with half axes a and b turned by 45° reaches √((a² + b²) / 2) to every side.
    let reach = ((16.0 + 4) / 2).squareRoot()
    let box = bounds { canvas in
      canvas.group(transform: Transform.rotation(degrees: 45).then(.translation(5, 6))) {
        $0.fill(.ellipse(center: Point(0, 0), radiusX: 4, radiusY: 2), .ink)
      }
    }
    #expect(agrees(box, 5 - reach, 6 - reach, 5 + reach, 6 + reach))
  }

  @Test func `a stroke adds half its width, scaled with its group`() {
    let box = bounds { canvas in
      canvas.group(transform: .scaling(3, 3)) {
        $0.stroke(.line(Point(1, 1), Point(5, 1)), .ink, Stroke(2))
      }
    }
    #expect(agrees(box, 3, 0, 15, 6))
  }

  @Test func `groups within groups and several shapes join`() {
    let box = bounds { canvas in
      canvas.fill(.circle(center: Point(1, 1), radius: 1), .ink)
      canvas.group(transform: .translation(10, 0)) { canvas in
        canvas.group(transform: .scaling(2, 2)) {
          $0.fill(.rectangle(Rectangle(x0: 1, y0: 1, x1: 2, y1: 3)), .ink)
        }
      }
    }
    #expect(agrees(box, 0, 0, 14, 6))
  }
}
