import Testing

@testable import Datasets

@Suite struct SightTests {
  private let sight = Sight(target: Vector(0, 0.5, 0), distance: 9, pitch: 0.6, yaw: 0.3)

  @Test func `the middle of the picture is the target, at its distance`() {
    let p = sight.eye + sight.ray(0.5, 0.5) * 9
    #expect(length(p - Vector(0, 0.5, 0)) < 1e-3)
  }

  @Test func `a sphere's square is where the rays meet it`() throws {
    for center in [Vector(0, 0.5, 0), Vector(1.5, 0, 1), Vector(-2, 1, -3)] {
      let sphere = Sphere(center: center, radius: 0.8)
      let square = try #require(sight.square(around: sphere))
      var (low, high) = (Point(repeating: 9), Point(repeating: -9))
      for row in 0..<200 {
        for column in 0..<200 {
          let place = Point(Float(column) + 0.5, Float(row) + 0.5) / 200
          let ray = sight.ray(place.x, place.y)
          let away = center - sight.eye
          let beside = away - ray * dot(away, ray)
          guard length(beside) < sphere.radius else { continue }
          (low, high) = (pointwiseMin(low, place), pointwiseMax(high, place))
        }
      }
      // It holds the outline, and is not much larger.
      #expect(((low - (square.center - square.half)).min()) > -0.005)
      #expect((((square.center + square.half) - high).min()) > -0.005)
      #expect(2 * square.half < 1.2 * (high - low).max())
    }
  }

  @Test func `what is behind the eye, or around it, has no square`() {
    #expect(sight.square(around: Sphere(center: sight.eye * 2, radius: 1)) == nil)
    #expect(sight.square(around: Sphere(center: sight.eye, radius: 1)) == nil)
  }
}
