import Tensors
import Testing

@testable import Datasets

/// What holds for every thing in a still life, and for the loops that all of them share.
@Suite struct BodyTests {
  /// Several of each kind of fruit and of decoy, and bowls, turned and enlarged.
  static let bodies: [any Body] = {
    var generator = SplitMix64(seed: 11)
    var bodies: [any Body] = []
    for scale: Float in [0.7, 1.6] {
      for fruit in Fruit.allCases { bodies.append(fruit.body(scale: scale, using: &generator)) }
      for decoy in Decoy.allCases { bodies.append(decoy.body(scale: scale, using: &generator)) }
      bodies.append(Bowl(pose: Pose(turn: 1, scale: scale), using: &generator))
    }
    for i in bodies.indices { bodies[i].pose.position = Vector(Float(i % 3), 1, Float(i % 2)) }
    return bodies
  }()

  /// Directions spread over the sphere: points of a golden spiral.
  private static let directions: [Vector] = (0..<160).map { i in
    let y = 1 - 2 * (Float(i) + 0.5) / 160
    let (radius, angle) = ((1 - y * y).squareRoot(), Float(i) * 2.399_963)
    return Vector(radius * PortableMath.cosine(angle), y, radius * PortableMath.sine(angle))
  }

  @Test func `its reach holds all of a body`() {
    for body in Self.bodies {
      for direction in Self.directions {
        #expect(body.distance(at: direction * body.reach) > 0, "\(type(of: body))")
      }
    }
  }

  @Test func `no distance is larger than the way to the surface`() {
    // Else rays would step through the surface. Slopes say it: a distance falls by at most the step.
    for body in Self.bodies {
      for direction in Self.directions {
        for radius: Float in [0.3, 0.7, 1, 1.4] {
          let p = direction * radius
          // Inside, near the axis, slopes may be anything: no ray gets there.
          guard body.distance(at: p) > 0 else { continue }
          let e: Float = 0.004
          for step in [Vector(e, 0, 0), Vector(0, e, 0), Vector(0, 0, e)] {
            let fall = abs(body.distance(at: p + step) - body.distance(at: p))
            #expect(fall < 1.2 * e, "\(type(of: body)) at \(p)")
          }
        }
      }
    }
  }

  @Test func `the filling of a fruit lies inside it`() {
    for body in Self.bodies where !(body is Bowl || body is Cup) {
      for sphere in body.filling {
        #expect(body.distance(at: sphere.center) < 0, "\(type(of: body))")
        #expect(length(sphere.center) + sphere.radius < body.reach, "\(type(of: body))")
      }
    }
  }

  @Test func `a ray ends on the surface, which faces it`() throws {
    for body in Self.bodies {
      var hits = 0
      for direction in Self.directions {
        let origin = body.pose.position - direction * 9
        guard let t = body.hit(from: origin, along: direction, before: 99, tolerance: 0.001)
        else { continue }
        hits += 1
        let p = origin + direction * t
        let gap = body.distance(at: body.pose.inside(p)) * body.pose.scale
        #expect(abs(gap) < 0.002, "\(type(of: body)) at \(body.pose.inside(p))")
        let normal = body.normal(at: p, tolerance: 0.001)
        #expect(abs(length(normal) - 1) < 1e-3)
        // Rays that graze an edge may see a normal that is a little off.
        #expect(dot(normal, direction) < 0.25, "\(type(of: body))")
      }
      #expect(hits > 0, "\(type(of: body))")
    }
  }

  @Test func `a ray that ends before a body, or passes it, meets nothing`() {
    for body in Self.bodies {
      let radius = body.reach * body.pose.scale
      let origin = body.pose.position + Vector(0, 0, 9)
      let towards = Vector(0, 0, -1)
      #expect(body.hit(from: origin, along: towards, before: 8 - radius, tolerance: 0.001) == nil)
      #expect(
        body.hit(
          from: origin + Vector(radius + 0.1, 0, 0), along: towards, before: 99, tolerance: 0.001)
          == nil)
    }
  }

  @Test func `light is hidden behind an orange, free beside it, and dim at its edge`() {
    var generator = SplitMix64(seed: 4)
    var orange = Orange(pose: Pose(), using: &generator)
    orange.pose.position = Vector(0, 2, 0)
    func light(x: Float) -> Float {
      orange.lightPassing(from: Vector(x, -2, 0), toward: Vector(0, 1, 0), softness: 0.1)
    }
    #expect(light(x: 0) == 0)
    #expect(light(x: 1.9) == 1)
    let edge = (0...20).map { light(x: 0.5 + 0.05 * Float($0)) }
    #expect(zip(edge, edge.dropFirst()).allSatisfy { $0 <= $1 + 1e-3 })
    #expect(edge.contains { $0 > 0.2 && $0 < 0.8 })
  }

  @Test func `a pose turns there and back, and keeps lengths and angles`() {
    var pose = Pose(roll: 0.4, lean: -1.1, turn: 2.3, scale: 1.7)
    pose.position = Vector(1, -2, 3)
    let p = Vector(0.3, -0.8, 1.9)
    let back = pose.position + pose.outward(pose.inside(p)) * pose.scale
    #expect(length(back - p) < 1e-4)
    #expect(abs(dot(pose.right, pose.up)) < 1e-4 && abs(dot(pose.up, pose.front)) < 1e-4)
    #expect(length(cross(pose.right, pose.up) - pose.front) < 1e-4)
  }

  @Test func `melting joins two surfaces smoothly and changes nothing far from the seam`() {
    #expect(abs(melted(0.2, 2, width: 0.5) - 0.2) < 1e-6)
    #expect(abs(melted(2, 0.2, width: 0.5) - 0.2) < 1e-6)
    #expect(abs(melted(0.3, 0.3, width: 0.4) - 0.2) < 1e-6)
  }

  @Test func `a segment's distance knows ends, middle and both radii`() {
    func gap(_ p: Vector) -> Float {
      distance(p, toSegment: .zero, Vector(4, 0, 0), radii: (0.1, 0.3))
    }
    #expect(abs(gap(Vector(-2, 0, 0)) - 1.9) < 1e-6)
    #expect(abs(gap(Vector(2, 1, 0)) - 0.8) < 1e-6)
    #expect(abs(gap(Vector(4, 0, 2)) - 1.7) < 1e-6)
  }
}
