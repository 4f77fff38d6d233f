import Testing

@testable import Datasets

@Suite struct StillLifeSceneTests {
  /// Scenes of a fixed set, arranged but not painted.
  private static let scenes = (0..<24).map { StillLifeScene(seed: UInt64($0) &* 977) }

  @Test func `a scene holds one to six fruits, and other things`() {
    let counts = Self.scenes.map { $0.kinds.count { $0 != nil } }
    #expect(counts.allSatisfy { (1...6).contains($0) })
    #expect(Set(counts).count >= 4)
    #expect(Self.scenes.allSatisfy { $0.kinds.contains { $0 == nil } })
    #expect(Set(Self.scenes.flatMap(\.kinds).compactMap { $0 }).count == Fruit.allCases.count)
  }

  @Test func `enough is seen of every fruit, and none is too small or too large`() {
    for scene in Self.scenes {
      let sightings = Sightings(of: scene, side: 128)
      for body in scene.bodies.indices where scene.kinds[body] != nil {
        #expect(scene.visibleShares[body] >= 0.2)
        #expect(sightings.visible[body] >= 19)
        #expect((0.1...0.9).contains(Float(sightings.extents[body]) / 128))
      }
    }
  }

  @Test func `some fruits hide a part of others`() {
    let shares = Self.scenes.flatMap { scene in
      scene.bodies.indices.filter { scene.kinds[$0] != nil }.map { scene.visibleShares[$0] }
    }
    let hidden = Double(shares.count { $0 < 0.9 }) / Double(shares.count)
    #expect((0.15...0.6).contains(hidden))
  }

  @Test func `fruits lie on the table or in a bowl, not in one another`() {
    for scene in Self.scenes {
      let fillings = scene.bodies.map { body in body.filling.map(body.pose.placed) }
      for (i, body) in scene.bodies.enumerated() where scene.kinds[i] != nil {
        #expect(body.pose.position.y > 0)
        for (j, others) in fillings.enumerated() where j != i && !(scene.bodies[j] is Bowl) {
          for a in fillings[i] {
            for b in others {
              #expect(length(a.center - b.center) > 0.96 * (a.radius + b.radius))
            }
          }
        }
      }
    }
  }

  @Test func `what stands on the table touches it`() {
    for scene in Self.scenes where !(scene.bodies[0] is Bowl) {
      for body in scene.bodies {
        let reach = body.reach * body.pose.scale
        let lowest = (0..<900).reduce(Float.infinity) { lowest, i in
          let p = Point(Float(i % 30), Float(i / 30)) * (2 * reach / 29) - reach
          let below = body.pose.position + Vector(p.x, -2 * reach, p.y)
          let t = body.hit(
            from: below, along: Vector(0, 1, 0), before: .infinity, tolerance: 0.001)
          return t.map { min(lowest, below.y + $0) } ?? lowest
        }
        #expect(abs(lowest) < 0.06 * reach, "\(type(of: body)), reach \(reach)")
      }
    }
  }

  @Test func `the same seed arranges the same scene, another seed another`() {
    func places(_ seed: UInt64) -> [Vector] {
      StillLifeScene(seed: seed).bodies.map(\.pose.position)
    }
    #expect(places(5) == places(5))
    #expect(places(5) != places(6))
  }
}
