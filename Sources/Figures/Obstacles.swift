internal import Canvas

/// What is already drawn in a plot, for finding the place where something new covers least.
struct Obstacles {
  /// Samples of lines, a few points apart, and markers.
  var points: [Point] = []
  /// Texts.
  var boxes: [Rectangle] = []

  /// How much a box would cover: one for each sample within 4 points of it, and the area of texts.
  func cost(of box: Rectangle) -> Double {
    let near = box.inset(by: -4)
    let covered = points.count {
      $0.x > near.x0 && $0.x < near.x1 && $0.y > near.y0 && $0.y < near.y1
    }
    return Double(covered) + boxes.reduce(0) { $0 + near.overlap(with: $1) }
  }

  /// The first of the cheapest places, and its cost; stops when there are none.
  func cheapest(of places: [Rectangle]) -> (place: Rectangle, cost: Double) {
    let costs = places.map(cost)
    guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }) else {
      fatalError("Obstacles: no places to choose from")
    }
    return (places[best], costs[best])
  }
}
