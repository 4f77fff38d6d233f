import Foundation

/// A body along a curve, its radius changing on the way: bananas, lemons, pencils, sausages.
struct Tube<Skin: TubeSkin>: Solid {
  /// Points of the curve, evenly spaced, and the body's radius at each, in pixels.
  private let spine: [Point]
  private let radii: [Float]
  private let segments: [Segment]
  private let skin: Skin
  private let step: Float
  let center: Point
  let reach: Float
  let height: Float
  /// Width and height of the body on the picture, in pixels.
  let extent: Point

  /// A piece of the curve in plain numbers: every pixel near the body asks every segment.
  private struct Segment {
    var x, y, edgeX, edgeY: Float
    /// One over the squared length.
    var inverse: Float
    /// Radius at the start, and by how much it is larger at the end.
    var radius, growth: Float
  }

  /// - Parameters:
  ///   - spine: at least two points, evenly spaced.
  ///   - radii: one radius per point, in pixels.
  init(spine: [Point], radii: [Float], skin: Skin) {
    self.spine = spine
    self.radii = radii
    self.skin = skin
    step = length(spine[1] - spine[0])
    segments = (0..<spine.count - 1).map { i in
      let edge = spine[i + 1] - spine[i]
      return Segment(
        x: spine[i].x, y: spine[i].y, edgeX: edge.x, edgeY: edge.y,
        inverse: 1 / max(dot(edge, edge), 1e-9), radius: radii[i], growth: radii[i + 1] - radii[i])
    }
    let thickest = radii.max()!
    var (low, high) = (spine[0], spine[0])
    for (node, radius) in zip(spine, radii) {
      low = pointwiseMin(low, node - radius)
      high = pointwiseMax(high, node + radius)
    }
    extent = high - low
    center = (low + high) / 2
    reach = extent.max() / 2 + 1
    height = 1.6 * thickest
  }

  func distance(at p: Point) -> Float { nearest(p).distance }

  func surface(at p: Point) -> Surface {
    let near = nearest(p)
    let along = normalized(spine[near.segment + 1] - spine[near.segment])
    let across = Point(-along.y, along.x)
    // The whole distance, not its part across the segment: else the bends show teeth.
    let reach = min(length(p - near.foot) / max(near.radius, 0.3), 1)
    let side = dot(p - near.foot, across) < 0 ? -reach : reach
    let angle = asin(side)
    let slope = (radii[near.segment + 1] - radii[near.segment]) / max(step, 1e-3)
    let point = TubePoint(
      along: near.position / Float(spine.count - 1), angle: angle,
      pixelsAlong: near.position * step, pixelsAcross: angle * near.radius)
    let appearance = skin.appearance(at: point)
    let lean = appearance.angle
    let flat = across * sin(lean) - along * (slope * 0.7)
    return Surface(
      distance: near.distance,
      normal: normalized(SIMD3(flat.x, flat.y, max(cos(lean), 0.05))),
      color: appearance.color, gloss: appearance.gloss)
  }

  /// The nearest point of the curve: its segment, position in segments, radius there.
  private func nearest(
    _ p: Point
  ) -> (distance: Float, segment: Int, position: Float, foot: Point, radius: Float) {
    var best = (distance: Float.infinity, segment: 0, share: Float(0))
    for i in segments.indices {
      let s = segments[i]
      let (dx, dy) = (p.x - s.x, p.y - s.y)
      let share = clamp01((dx * s.edgeX + dy * s.edgeY) * s.inverse)
      let (awayX, awayY) = (dx - s.edgeX * share, dy - s.edgeY * share)
      let distance = (awayX * awayX + awayY * awayY).squareRoot() - s.radius - s.growth * share
      if distance < best.distance { best = (distance, i, share) }
    }
    let s = segments[best.segment]
    return (
      best.distance, best.segment, Float(best.segment) + best.share,
      Point(s.x + s.edgeX * best.share, s.y + s.edgeY * best.share),
      s.radius + s.growth * best.share
    )
  }
}

/// A place on a tube's skin.
struct TubePoint {
  /// 0 at the first end of the curve, 1 at the last.
  var along: Float
  /// −π/2 at one side of the body, 0 on top, π/2 at the other side.
  var angle: Float
  var pixelsAlong: Float
  var pixelsAcross: Float
}

/// How a tube's skin looks.
protocol TubeSkin: Sendable {
  /// Colour, highlight, and the angle to which the surface there is turned: a round body
  /// returns the point's own angle.
  func appearance(at point: TubePoint) -> (color: Light, gloss: Float, angle: Float)
}

/// A ball, or one flattened to an ellipse: fruit, marbles, pills.
struct Ball: Solid {
  let center: Point
  /// Half axes in pixels, before turning.
  var radii: Point
  var turn: Float
  var color: Light
  var second: Light
  var pattern: Pattern
  var gloss: Float
  var seed: UInt32

  enum Pattern { case plain, mottled, beach, dimpled }

  var reach: Float { max(radii.x, radii.y) + 1 }
  var height: Float { 1.5 * min(radii.x, radii.y) }

  /// The point in the unit disc.
  private func local(_ p: Point) -> Point {
    rotated(p - center, cosine: cos(turn), sine: -sin(turn)) / radii
  }

  func distance(at p: Point) -> Float {
    let q = local(p)
    let r = length(q)
    let gradient = length(q / radii) / max(r, 1e-4)
    return r < 1e-3 ? -min(radii.x, radii.y) : (r - 1) / gradient
  }

  func surface(at p: Point) -> Surface {
    let q = local(p)
    let r2 = min(dot(q, q), 0.999)
    let z = (1 - r2).squareRoot()
    var up = rotated(q, cosine: cos(turn), sine: sin(turn))
    var shade = color
    switch pattern {
    case .plain: break
    case .mottled:
      shade = mix(color, second, Noise.fractal(q * 2.2, octaves: 4, seed: seed))
      shade *= 0.9 + 0.2 * Noise.smooth(p * 0.9, seed: seed)
    case .beach:
      let sector = (atan2(q.y + 0.25, q.x - 0.2) / (2 * .pi) + 1) * 6
      shade = Int(sector) % 2 == 0 ? color : second
    case .dimpled:
      // An apple's or tomato's hollow with the stump of a stem.
      let hollow = q - Point(0.15, -0.1)
      let d = length(hollow)
      shade = mix(color, second, Noise.fractal(q * 2.5, octaves: 3, seed: seed))
      shade = mix(Light(hex: 0x3a2a14), shade, smoothstep(0.06, 0.2, d))
      up -= hollow * (0.9 * smoothstep(0.5, 0.1, d) / max(d, 0.1))
    }
    return Surface(
      distance: distance(at: p), normal: normalized(SIMD3(up.x, up.y, max(z, 0.05))),
      color: shade, gloss: gloss)
  }
}

/// A flat piece with a convex outline and a bevelled edge: blocks, books, cheese, cards, coins.
struct Slab: Solid {
  private let corners: [Point]
  private let rounding: Float
  private let bevel: Float
  let center: Point
  let reach: Float
  let height: Float
  var color: Light
  var second: Light
  var pattern: Pattern
  var gloss: Float
  var seed: UInt32
  private let cosine: Float
  private let sine: Float

  enum Pattern { case plain, holes, pores, striped, printed, studs, rings }

  /// - Parameters:
  ///   - outline: corners clockwise on the screen, around the origin, in pixels, unturned.
  ///   - rounding: by how much the outline is widened with round corners, in pixels.
  init(
    outline: [Point], at center: Point, turn: Float, rounding: Float, bevel: Float, height: Float,
    color: Light, second: Light, pattern: Pattern, gloss: Float, seed: UInt32
  ) {
    corners = outline
    self.center = center
    self.rounding = rounding
    self.bevel = bevel
    self.height = height
    self.color = color
    self.second = second
    self.pattern = pattern
    self.gloss = gloss
    self.seed = seed
    cosine = cos(turn)
    sine = sin(turn)
    reach = outline.map(length).max()! + rounding + 1
  }

  func distance(at p: Point) -> Float { edge(p).distance }

  /// Distance to the outline and the unturned direction outwards from the nearest edge.
  private func edge(_ p: Point) -> (distance: Float, outwards: Point) {
    let q = rotated(p - center, cosine: cosine, sine: -sine)
    guard corners.count > 1 else {
      return (length(q) - rounding, normalized(q))
    }
    var inside = true
    var best = (distance: Float.infinity, outwards: Point.zero)
    for i in corners.indices {
      let a = corners[i]
      let side = corners[(i + 1) % corners.count] - a
      let outwards = normalized(Point(side.y, -side.x))
      if dot(q - a, outwards) > 0 { inside = false }
      let foot = a + side * clamp01(dot(q - a, side) / dot(side, side))
      let d = length(q - foot)
      if d < best.distance { best = (d, outwards) }
    }
    return ((inside ? -best.distance : best.distance) - rounding, best.outwards)
  }

  func surface(at p: Point) -> Surface {
    let near = edge(p)
    let q = rotated(p - center, cosine: cosine, sine: -sine)
    let tilt = smoothstep(-bevel, 0, near.distance) * 0.85
    var normal = SIMD3<Float>(0, 0, 1)
    var shade = color * (0.94 + 0.12 * Noise.fractal(q * 0.2, octaves: 3, seed: seed))
    switch pattern {
    case .plain: break
    case .holes:
      let cell = Noise.cell(q / 11, seed: seed)
      let radius = 0.16 + 0.22 * cell.identity
      let depth = smoothstep(radius, radius - 0.09, cell.nearest)
      shade = mix(shade, second, depth * 0.8)
      let lean = cell.offset * (depth * (1 - depth) * 5)
      normal = normalized(SIMD3(lean.x, lean.y, 1))
    case .pores:
      let cell = Noise.cell(q / 3.2, seed: seed)
      shade = mix(shade, second, smoothstep(0.42, 0.2, cell.nearest) * (0.3 + 0.7 * cell.identity))
    case .striped:
      let band = q.x / 7 - (q.x / 7).rounded(.down)
      shade = band < 0.5 ? shade : second
    case .printed:
      let row = (q.y / 4).rounded(.down)
      let word = Noise.lattice(Int32((q.x / 2.5).rounded(.down)), Int32(row), seed: seed)
      if q.y / 4 - row < 0.5, word > 0.3, near.distance < -5 { shade = second }
    case .studs:
      let f = q / 10 - (q / 10).rounded(.down) - 0.5
      let d = length(f)
      if near.distance < -4 {
        let rim = smoothstep(0.36, 0.31, d) * smoothstep(0.22, 0.29, d)
        normal = normalized(SIMD3(f.x * rim * 4, f.y * rim * 4, 1))
        shade *= 1 - 0.35 * smoothstep(0.44, 0.36, d) * smoothstep(0.32, 0.36, d)
      }
    case .rings:
      let r = length(q) / max(rounding, 1)
      shade = mix(shade, second, smoothstep(0.72, 0.76, r) * smoothstep(0.92, 0.88, r))
      shade = mix(shade, second, smoothstep(0.42, 0.3, r) * Noise.smooth(q * 0.45, seed: seed))
    }
    let lean = near.outwards * tilt
    let up = rotated(lean + Point(normal.x, normal.y), cosine: cosine, sine: sine)
    return Surface(
      distance: near.distance,
      normal: normalized(SIMD3(up.x, up.y, normal.z * (1.05 - tilt * tilt))), color: shade,
      gloss: gloss)
  }
}
