import Testing

@testable import Datasets

@Suite struct SightingsTests {
  private let scene = StillLifeScene(seed: 12)

  @Test func `every sample shows the nearest of all that its ray meets`() {
    let sightings = Sightings(of: scene, side: 48)
    var others = 0
    for i in stride(from: 0, to: 48 * 48, by: 3) {
      let ray = scene.sight.ray((Float(i % 48) + 0.5) / 48, (Float(i / 48) + 0.5) / 48)
      var (nearest, owner) = (Float.infinity, Sightings.wall)
      if ray.y < 0 { (nearest, owner) = (-scene.sight.eye.y / ray.y, Sightings.table) }
      let toWall = (-scene.room.wallDistance - scene.sight.eye.z) / ray.z
      if ray.z < 0, toWall < nearest { (nearest, owner) = (toWall, Sightings.wall) }
      for (number, body) in scene.bodies.enumerated() {
        let t = body.hit(from: scene.sight.eye, along: ray, before: .infinity, tolerance: 0.01)
        if let t, t < nearest { (nearest, owner) = (t, number) }
      }
      if sightings.owners[i] != owner { others += 1 }
    }
    // Rays that graze an outline within the tolerance may see either side of it.
    #expect(others <= 4)
  }

  @Test func `what is seen of a body is a part of the whole`() {
    let sightings = Sightings(of: scene, side: 64)
    for body in scene.bodies.indices {
      #expect(sightings.visible[body] <= sightings.whole[body])
      #expect(sightings.visible[body] == sightings.owners.count { $0 == body })
      #expect(sightings.extents[body] * sightings.extents[body] >= sightings.whole[body])
    }
  }
}
