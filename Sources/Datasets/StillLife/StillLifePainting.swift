import Tensors

extension StillLifeScene {
  /// Samples on each side of a pixel.
  static let samples = 3

  /// The picture's bytes, red, green and blue, and for each pixel the body it shows, row by row.
  ///
  /// A body owns a pixel when more than half of the pixel's samples show it.
  func painted(side: Int) -> (pixels: [UInt8], owners: [Int?]) {
    var generator = SplitMix64(seed: paintSeed)
    let lighting = Lighting(using: &generator)
    let camera = Camera(using: &generator)
    let scene = PaintedScene(self)
    let sightings = Sightings(of: self, side: Self.samples * side)
    var raster = Raster(height: side, width: side) { _ in .zero }
    let size = sight.pixelSize(side: side)
    var parts: [PixelPart] = []
    for row in 0..<side {
      for column in 0..<side {
        collect(&parts, of: sightings, row: row, column: column)
        var light = Light.zero
        for part in parts {
          let ray = sight.ray(
            part.center.x / Float(sightings.side), part.center.y / Float(sightings.side))
          light +=
            self.light(
              along: ray, depth: part.depth, pixel: size, owner: part.owner, lighting, scene)
            * Float(part.count)
        }
        light /= Float(Self.samples * Self.samples)
        // A soft shoulder: bright light approaches white instead of being cut.
        raster.pixels[row * side + column] = light * 1.25 / (0.8 + light * 0.85)
      }
    }
    return (camera.develop(raster), owners(in: sightings, side: side))
  }

  /// For each pixel of a picture the body it shows, as `painted` gives it, without painting.
  func owners(side: Int) -> [Int?] {
    owners(in: Sightings(of: self, side: Self.samples * side), side: side)
  }

  /// The body that most samples of each pixel show, if it is most of the pixel.
  private func owners(in sightings: Sightings, side: Int) -> [Int?] {
    var parts: [PixelPart] = []
    return (0..<side * side).map { pixel in
      collect(&parts, of: sightings, row: pixel / side, column: pixel % side)
      let owner = parts.max { $0.count < $1.count }!.owner
      let count = parts.reduce(0) { $1.owner == owner ? $0 + $1.count : $0 }
      return owner >= 0 && 2 * count > Self.samples * Self.samples ? owner : nil
    }
  }

  /// A surface that some of a pixel's samples show.
  private struct PixelPart {
    var owner: Int
    var count: Int
    /// The mean distance of its samples.
    var depth: Float
    /// Their mean place, in samples.
    var center: Point
  }

  /// Collects the surfaces that a pixel's samples show: samples of one body count as one surface
  /// unless one lies far behind the other, as the inside of a cup behind its rim.
  private func collect(
    _ parts: inout [PixelPart], of sightings: Sightings, row: Int, column: Int
  ) {
    parts.removeAll(keepingCapacity: true)
    let step = 16 * sight.pixelSize(side: sightings.side / Self.samples)
    for y in Self.samples * row..<Self.samples * (row + 1) {
      for x in Self.samples * column..<Self.samples * (column + 1) {
        let i = y * sightings.side + x
        let (owner, depth) = (sightings.owners[i], sightings.depths[i])
        let center = Point(Float(x) + 0.5, Float(y) + 0.5)
        let known = parts.firstIndex {
          $0.owner == owner
            && (owner < 0 || abs($0.depth / Float($0.count) - depth) < step * depth)
        }
        if let known {
          parts[known].count += 1
          parts[known].depth += depth
          parts[known].center += center
        } else {
          parts.append(PixelPart(owner: owner, count: 1, depth: depth, center: center))
        }
      }
    }
    for i in parts.indices {
      parts[i].depth /= Float(parts[i].count)
      parts[i].center /= Float(parts[i].count)
    }
  }

  private func light(
    along ray: Vector, depth: Float, pixel: Float, owner: Int, _ lighting: Lighting,
    _ scene: PaintedScene
  ) -> Light {
    var p = sight.eye + ray * depth
    let detail = pixel * depth
    switch owner {
    case Sightings.table:
      let slant = detail / max(-ray.y, 0.2)
      return lighting.reflected(
        by: room.table.finish(at: Point(p.x, p.z), detail: slant), at: p,
        normal: Vector(0, 1, 0), view: -ray, owner: owner, in: scene)
    case Sightings.wall:
      return lighting.reflected(
        by: room.wall.finish(at: Point(p.x, p.y), detail: detail), at: p,
        normal: Vector(0, 0, 1), view: -ray, owner: owner, in: scene)
    default:
      let body = bodies[owner]
      // The mean of several samples lies beside the surface; where the ray between them meets it,
      // that is the point.
      let met = body.hit(
        from: sight.eye, along: ray, before: depth + 16 * detail, tolerance: 0.1 * detail)
      if let met { p = sight.eye + ray * met }
      var normal = body.normal(at: p, tolerance: 0.5 * detail)
      // Else the mean may lie behind a rim.
      if dot(normal, ray) > 0 { normal = normalized(normal - ray * dot(normal, ray)) }
      let finish = body.finish(at: body.pose.inside(p), detail: detail / body.pose.scale)
      if finish.bump != .zero { normal = normalized(normal + body.pose.outward(finish.bump)) }
      return lighting.reflected(
        by: finish, at: p, normal: normal, view: -ray, owner: owner, in: scene)
    }
  }
}
