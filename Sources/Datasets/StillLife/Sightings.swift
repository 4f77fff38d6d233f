/// What the rays of a picture meet: a grid of samples, row by row.
struct Sightings: Sendable {
  /// What a sample shows that shows no body.
  static let table = -1
  static let wall = -2

  /// Samples on a side.
  let side: Int
  /// How far away the nearest surface is, and whose it is: a body's number, the table or the wall.
  private(set) var depths: [Float]
  private(set) var owners: [Int]
  /// For each body, the samples that show it, and those that would if nothing stood before it.
  private(set) var visible: [Int]
  private(set) var whole: [Int]
  /// For each body, the longer side of what its outline takes of the grid, in samples.
  private(set) var extents: [Int]

  /// Looks at a scene through `side` × `side` samples.
  init(of scene: StillLifeScene, side: Int) {
    self.side = side
    depths = []
    owners = []
    depths.reserveCapacity(side * side)
    owners.reserveCapacity(side * side)
    let (sight, wall) = (scene.sight, -scene.room.wallDistance)
    for row in 0..<side {
      for column in 0..<side {
        let ray = sight.ray((Float(column) + 0.5) / Float(side), (Float(row) + 0.5) / Float(side))
        let toTable = ray.y < 0 ? -sight.eye.y / ray.y : .infinity
        let toWall = ray.z < 0 ? (wall - sight.eye.z) / ray.z : .infinity
        depths.append(min(toTable, toWall))
        owners.append(toTable < toWall ? Self.table : Self.wall)
      }
    }
    visible = Array(repeating: 0, count: scene.bodies.count)
    (whole, extents) = (visible, visible)
    for (number, body) in scene.bodies.enumerated() { look(at: body, number, from: sight) }
    for owner in owners where owner >= 0 { visible[owner] += 1 }
  }

  private mutating func look(at body: any Body, _ number: Int, from sight: Sight) {
    let sphere = Sphere(center: body.pose.position, radius: body.reach * body.pose.scale)
    let square =
      sight.square(around: sphere) ?? (center: Point(repeating: 0.5), half: Float(0.5))
    let count = Float(side)
    func range(_ middle: Float) -> Range<Int> {
      let low = max((middle - square.half) * count, 0)
      let high = min((middle + square.half) * count + 1, count)
      return low < high ? Int(low)..<Int(high) : 0..<0
    }
    let size = sight.pixelSize(side: side)
    let away = length(sphere.center - sight.eye)
    var (top, bottom, left, right) = (side, -1, side, -1)
    for row in range(square.center.y) {
      for column in range(square.center.x) {
        let ray = sight.ray((Float(column) + 0.5) / count, (Float(row) + 0.5) / count)
        guard
          let depth = body.hit(
            from: sight.eye, along: ray, before: .infinity, tolerance: 0.1 * size * away)
        else { continue }
        whole[number] += 1
        (top, bottom) = (min(top, row), max(bottom, row))
        (left, right) = (min(left, column), max(right, column))
        let i = row * side + column
        if depth < depths[i] {
          depths[i] = depth
          owners[i] = number
        }
      }
    }
    extents[number] = max(bottom - top, right - left) + 1
  }
}
