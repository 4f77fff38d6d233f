import Tensors
import Testing

@testable import Datasets

@Suite struct LightingTests {
  private let scene = PaintedScene(StillLifeScene(seed: 12))

  /// Light from a white spot far from everything, facing up or down.
  private func light(facing normal: Vector, seed: UInt64, gloss: Float = 0) -> Light {
    var generator = SplitMix64(seed: seed)
    return Lighting(using: &generator).reflected(
      by: Finish(color: Light(repeating: 1), gloss: gloss), at: Vector(0, 90, 0), normal: normal,
      view: Vector(0, 1, 0), owner: 0, in: scene)
  }

  @Test func `what faces the lamp is brighter than what turns away`() {
    for seed in UInt64(0)..<20 {
      let (up, down) = (
        light(facing: Vector(0, 1, 0), seed: seed), light(facing: Vector(0, -1, 0), seed: seed)
      )
      #expect(up.min() > down.max())
      // The table's colour comes from below.
      #expect(down.min() > 0)
    }
  }

  @Test func `gloss only adds light`() {
    for seed in UInt64(0)..<20 {
      let dull = light(facing: Vector(0, 1, 0), seed: seed)
      let shiny = light(facing: Vector(0, 1, 0), seed: seed, gloss: 0.6)
      #expect((shiny - dull).min() >= 0)
    }
  }

  @Test func `it is darker between things than in the open`() {
    let up = Vector(0, 1, 0)
    let body = scene.bodies.firstIndex { !$0.filling.isEmpty }!
    let sphere = scene.bodies[body].filling.map(scene.bodies[body].pose.placed)[0]
    let beside = Vector(sphere.center.x + 1.1 * sphere.radius, 0, sphere.center.z)
    let open = scene.openness(at: Vector(200, 0, 0), normal: up, owner: Sightings.table)
    #expect(scene.openness(at: beside, normal: up, owner: Sightings.table) < open)
    #expect(scene.lightPassing(Vector(0, 90, 0), toward: up, softness: 0.1) == 1)
    let under = sphere.center - Vector(0, sphere.radius * 1.5, 0)
    #expect(scene.lightPassing(under, toward: up, softness: 0.1) < 0.1)
  }
}
