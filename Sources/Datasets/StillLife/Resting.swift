extension Body {
  /// Lowers the body onto the table, its origin above a place.
  mutating func rest(at place: Vector) {
    pose.position = .zero
    let radius = reach * pose.scale
    // Rays from below, close enough to meet the thin ends of a banana; each only as far as another
    // has come.
    let steps = 24
    var lowest = 2 * radius
    for i in 0...steps {
      for j in 0...steps {
        let p = Point(Float(i), Float(j)) * (2 * radius / Float(steps)) - radius
        let met = hit(
          from: Vector(p.x, -radius, p.y), along: Vector(0, 1, 0), before: lowest,
          tolerance: 0.002 * radius)
        if let met { lowest = min(lowest, met) }
      }
    }
    pose.position = Vector(place.x, radius - lowest, place.z)
  }
}
