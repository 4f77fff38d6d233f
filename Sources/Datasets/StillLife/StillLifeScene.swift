import Tensors

/// Fruit and other things on a table: everything that a picture of them shows, at any size.
struct StillLifeScene: Sendable {
  /// What the arrangement keeps to.
  ///
  /// Sides are fractions of the picture's side.
  enum Limits {
    static let fruits = 6
    /// The longer side of a fruit's box.
    static let side: ClosedRange<Float> = 0.1...0.9
    /// How far a fruit may reach out of the picture.
    static let outside: Float = 0.04
    /// A fruit of which less is seen is taken away: the share of its outline, and of the picture.
    static let visibleShare: Float = 0.2
    static let visibleArea: Float = 0.0012
    /// Samples on a side when the visible parts are measured.
    static let measuringSide = 128
  }

  let sight: Sight
  let room: Room
  private(set) var bodies: [any Body] = []
  /// The kind of each body that is a fruit; nil for the others.
  private(set) var kinds: [Fruit?] = []
  /// The share of each body's outline inside the picture that is seen, by body.
  private(set) var visibleShares: [Float] = []
  /// Randomness that painting uses: light and camera.
  let paintSeed: UInt64
  private var fillings: [[Sphere]] = []

  /// The scene that belongs to a seed.
  init(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    paintSeed = generator.next()
    room = Room(using: &generator)
    // A middle fruit fills this share of the picture's side.
    let share = generator.uniform(0.14...0.5)
    sight = Sight(
      target: Vector(0, 0.5, 0), distance: 1 / (Sight.spread * share),
      pitch: generator.uniform(0.28...1.1), yaw: generator.uniform(-0.4...0.4))
    // A scene whose only fruit was hidden or found no place is arranged anew.
    repeat {
      (bodies, kinds, fillings) = ([], [], [])
      let wanted = 1 + Int(generator.nextUnit() * Float(Limits.fruits))
      if generator.happens(0.3) {
        placeBowl(share: share, fruits: min(wanted, 4), using: &generator)
      }
      let inBowl = fruitCount
      for _ in 0..<wanted - inBowl { placeFruit(using: &generator) }
      for _ in 0..<3 + Int(generator.nextUnit() * 6) { placeDecoy(using: &generator) }
      removeUnfitFruit()
    } while fruitCount == 0
  }

  private var fruitCount: Int { kinds.count { $0 != nil } }

  // MARK: Placing

  private mutating func placeBowl(
    share: Float, fruits: Int, using generator: inout SplitMix64
  ) {
    guard let place = tablePoint(0.5, generator.uniform(0.5...0.65)) else { return }
    let scale = generator.uniform(1.9...2.9) * min(1, 0.3 / share)
    guard scale > 1.4 else { return }
    var bowl = Bowl(pose: Pose(scale: scale), using: &generator)
    bowl.pose.position = place + Vector(0, scale, 0)
    add(bowl, kind: nil)
    for _ in 0..<fruits { placeFruit(in: bowl, using: &generator) }
  }

  /// One more fruit in a bowl, as low as one of some tried places allows.
  private mutating func placeFruit(in bowl: Bowl, using generator: inout SplitMix64) {
    let kind = generator.pick(Fruit.allCases)
    var fruit = kind.body(scale: generator.uniform(0.7...1.1), using: &generator)
    let room = bowl.pose.scale
    var lowest: Vector?
    for _ in 0..<16 {
      let side = Point(generator.uniform(-0.6...0.6), generator.uniform(-0.6...0.6)) * room
      fruit.pose.position = bowl.pose.position + Vector(side.x, -room, side.y)
      let ceiling = lowest?.y ?? bowl.pose.position.y + 0.3 * room
      // Upwards until nothing is in the way.
      while fruit.pose.position.y + 0.05 * room < ceiling {
        fruit.pose.position.y += 0.05 * room
        let filling = fruit.filling.map(fruit.pose.placed)
        let isInside = filling.allSatisfy { sphere in
          let p = bowl.pose.inside(sphere.center)
          return bowl.holds(p) && bowl.distance(at: p) * room > 0.88 * sphere.radius
        }
        guard isInside, isClear(filling, except: 0) else { continue }
        lowest = fruit.pose.position
        break
      }
    }
    guard let lowest else { return }
    fruit.pose.position = lowest
    if isFramed(fruit) { add(fruit, kind: kind) }
  }

  private mutating func placeFruit(using generator: inout SplitMix64) {
    let kind = generator.pick(Fruit.allCases)
    for _ in 0..<40 {
      let scale = mix(0.6, 1.7, generator.nextUnit() * generator.nextUnit())
      var fruit = kind.body(scale: scale, using: &generator)
      guard let place = freePlace(using: &generator) else { continue }
      fruit.rest(at: place)
      guard isFramed(fruit), isClear(fruit.filling.map(fruit.pose.placed)) else { continue }
      return add(fruit, kind: kind)
    }
  }

  private mutating func placeDecoy(using generator: inout SplitMix64) {
    let kind = generator.pick(Decoy.common)
    for _ in 0..<20 {
      var body = kind.body(
        scale: mix(0.6, 1.7, generator.nextUnit() * generator.nextUnit()), using: &generator)
      guard let place = freePlace(using: &generator) else { continue }
      body.rest(at: place)
      // Too near the eye, a thing hides the picture.
      let away = length(body.pose.position - sight.eye)
      let radius = body.reach * body.pose.scale
      guard radius < 0.22 * away, place.z - radius > -room.wallDistance else { continue }
      guard isClear(body.filling.map(body.pose.placed)) else { continue }
      return add(body, kind: nil)
    }
  }

  /// A place on the table: anywhere on the picture, or beside what is there already.
  private func freePlace(using generator: inout SplitMix64) -> Vector? {
    let (x, y) = (generator.uniform(0.05...0.95), generator.uniform(0.1...0.97))
    let neighbour = generator.nextUnit()
    let angle = generator.turn()
    let gap = generator.uniform(1.6...2.8)
    guard neighbour < 0.55, !bodies.isEmpty else { return tablePoint(x, y) }
    let body = bodies[Int(neighbour / 0.55 * Float(bodies.count))]
    let away = gap * body.pose.scale
    return Vector(
      body.pose.position.x + away * PortableMath.cosine(angle), 0,
      body.pose.position.z + away * PortableMath.sine(angle))
  }

  /// The place on the table that lies at a place on the picture.
  private func tablePoint(_ x: Float, _ y: Float) -> Vector? {
    let ray = sight.ray(x, y)
    guard ray.y < -0.05 else { return nil }
    let place = sight.eye - ray * (sight.eye.y / ray.y)
    return place.z > -room.wallDistance + 1 ? place : nil
  }

  private mutating func add(_ body: any Body, kind: Fruit?) {
    bodies.append(body)
    kinds.append(kind)
    fillings.append(body.filling.map(body.pose.placed))
  }

  // MARK: Checking

  /// Whether spheres keep clear of all bodies, of the wall, and of the eye.
  private func isClear(_ spheres: [Sphere], except excluded: Int? = nil) -> Bool {
    spheres.allSatisfy { sphere in
      sphere.center.z - sphere.radius > -room.wallDistance
        && length(sphere.center - sight.eye) > 3 * sphere.radius
    }
      && fillings.enumerated().allSatisfy { index, others in
        index == excluded
          || others.allSatisfy { other in
            spheres.allSatisfy {
              length($0.center - other.center) > 0.97 * ($0.radius + other.radius)
            }
          }
      }
  }

  /// Whether a fruit lies in the picture and is neither too small nor too large there.
  private func isFramed(_ fruit: any Body) -> Bool {
    var (low, high) = (Point(repeating: 9), Point(repeating: -9))
    for sphere in fruit.filling.map(fruit.pose.placed) {
      guard let square = sight.square(around: sphere) else { return false }
      low = pointwiseMin(low, square.center - square.half)
      high = pointwiseMax(high, square.center + square.half)
    }
    let margin = Limits.outside
    return Limits.side.contains((high - low).max()) && low.min() > -margin
      && high.max() < 1 + margin
  }

  /// Takes away fruit of which too little is seen or that is too small or large, the most hidden
  /// first, until none is left.
  private mutating func removeUnfitFruit() {
    while true {
      let sightings = Sightings(of: self, side: Limits.measuringSide)
      let side = Float(sightings.side)
      visibleShares = bodies.indices.map {
        Float(sightings.visible[$0]) / Float(max(sightings.whole[$0], 1))
      }
      let unfit = bodies.indices.filter {
        kinds[$0] != nil
          && (visibleShares[$0] < Limits.visibleShare
            || Float(sightings.visible[$0]) < Limits.visibleArea * side * side
            || !Limits.side.contains(Float(sightings.extents[$0]) / side))
      }
      guard let worst = unfit.min(by: { visibleShares[$0] < visibleShares[$1] }) else { return }
      bodies.remove(at: worst)
      kinds.remove(at: worst)
      fillings.remove(at: worst)
    }
  }
}
