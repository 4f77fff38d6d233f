import Foundation
import Tensors

/// A banana or several among other things: everything that a picture of them shows.
struct BananaScene: Sendable {
  /// Pixels on each side of a picture.
  static let side = 256

  /// What bounding boxes of bananas keep to: those of d2l's set.
  enum Limits {
    static let side: ClosedRange<Int> = 31...74
    static let widthOverHeight: ClosedRange<Float> = 0.66...1.41
    /// Pixels between box and border.
    static let border = 5
    /// The geometric mean of width and height, in pixels: its middle and spread.
    static let meanSide: Float = 50.5
    static let spread: Float = 15
    /// The largest share of a banana that other things may hide.
    static let hidden: Float = 0.15
  }

  /// A half-open rectangle of pixels.
  typealias PixelBox = (x0: Int, y0: Int, x1: Int, y1: Int)

  let ground: Ground
  private(set) var bananas: [Banana] = []
  private(set) var boxes: [PixelBox] = []
  private(set) var masks: [Coverage] = []
  private var below: [any Solid] = []
  private var above: [any Solid] = []
  /// Randomness that painting uses: textures, light, and the camera.
  private let paintSeed: UInt64

  /// The scene that belongs to a seed.
  init(seed: UInt64, bananas count: Int) {
    var generator = SplitMix64(seed: seed)
    paintSeed = generator.next()
    ground = generator.pick(Ground.allCases)
    placeClutter(using: &generator)
    for _ in 0..<count { placeBanana(using: &generator) }
    if generator.happens(0.3) { placeOnTop(using: &generator) }
  }

  // MARK: Arranging

  /// Things on the ground, spread out, a good part of them yellow.
  private mutating func placeClutter(using generator: inout SplitMix64) {
    var centers: [Point] = []
    for _ in 0..<Int(generator.uniform(7...14)) {
      let kind = generator.pick(
        generator.happens(0.42) ? Clutter.yellow : Array(Clutter.allCases))
      let size = generator.uniform(24...(generator.happens(0.3) ? 96 : 60))
      // Of a few places, the one farthest from what lies there already.
      let places = (0..<4).map { _ in
        Point(generator.uniform(-4...260), generator.uniform(-4...260))
      }
      func room(_ place: Point) -> Float { centers.map { length($0 - place) }.min() ?? 0 }
      let place = places.max { room($0) < room($1) }!
      centers.append(place)
      below += kind.solids(at: place, size: size, using: &generator)
    }
  }

  /// One more banana, on top of everything, within the limits and clear of the other bananas.
  private mutating func placeBanana(using generator: inout SplitMix64) {
    for attempt in 0..<1000 {
      let turn = generator.turn()
      let wanted =
        Limits.meanSide
        + Limits.spread * (generator.uniform(-1...1) + generator.uniform(-1...1)) / 1.5
      // The same shape twice: once to measure it, once at the wanted size and place.
      let shape = generator
      var (first, second) = (shape, shape)
      let middle = Point(repeating: Float(Self.side) / 2)
      let trial = Banana(center: middle, length: 100, turn: turn, using: &first)
      generator = first
      let extent = trial.body.extent
      guard Limits.widthOverHeight.contains(extent.x / extent.y) else { continue }
      let room = Float(Self.side) / 2 - Float(Limits.border) - wanted / 2
      let center =
        middle + Point(generator.uniform(-room...room), generator.uniform(-room...room))
      let banana = Banana(
        center: center, length: 100 * wanted / (extent.x * extent.y).squareRoot(), turn: turn,
        using: &second)
      let mask = banana.body.coverage(height: Self.side, width: Self.side)
      guard let box = mask.bounds, Self.isWithinLimits(box) else { continue }
      guard masks.allSatisfy({ $0.shareCovered(by: mask) < 0.02 }) else { continue }
      // Most of it lies on the ground, so that an eye finds it; a very full ground has no room.
      guard attempt > 500 || mask.shareCovered(by: below) < 0.3 else { continue }
      bananas.append(banana)
      boxes.append(box)
      masks.append(mask)
      return
    }
    require(!bananas.isEmpty, "no banana fits the limits: the shapes and the limits disagree")
  }

  static func isWithinLimits(_ box: PixelBox) -> Bool {
    let (width, height) = (box.x1 - box.x0, box.y1 - box.y0)
    return Limits.side.contains(width) && Limits.side.contains(height)
      && Limits.widthOverHeight.contains(Float(width) / Float(height))
      && min(box.x0, box.y0) >= Limits.border
      && max(box.x1, box.y1) <= side - Limits.border
  }

  /// A thing that hides a little of a banana, but nothing that its box depends on.
  private mutating func placeOnTop(using generator: inout SplitMix64) {
    for _ in 0..<12 {
      let box = generator.pick(boxes)
      let kind = generator.pick([
        Clutter.pencil, .stick, .chilli, .coin, .sausage, .ribbon, .orange,
      ])
      let place = Point(
        generator.uniform(Float(box.x0 - 12)...Float(box.x1 + 12)),
        generator.uniform(Float(box.y0 - 12)...Float(box.y1 + 12)))
      let size = generator.uniform(28...60)
      let solids = kind.solids(at: place, size: size, using: &generator)
      let cover = Coverage(of: solids, height: Self.side, width: Self.side)
      let hidden = masks.map { $0.shareCovered(by: cover) }
      let boxesStay = masks.indices.allSatisfy { i in
        masks[i].without(cover).bounds.map { $0 == boxes[i] } ?? false
      }
      if boxesStay, hidden.max()! <= Limits.hidden, hidden.max()! > 0.01 {
        above += solids
        return
      }
    }
  }

  // MARK: Painting

  /// The picture, row by row, red, green and blue bytes.
  func painted() -> [UInt8] {
    var generator = SplitMix64(seed: paintSeed)
    var raster = Raster(
      height: Self.side, width: Self.side, ground.texture(using: &generator))
    let azimuth = generator.turn()
    let elevation = generator.uniform(0.75...1.25)
    let warmth = generator.uniform(-0.12...0.12)
    let lamp = Lamp(
      direction: SIMD3(
        cos(azimuth) * cos(elevation), sin(azimuth) * cos(elevation), sin(elevation)),
      color: Light(1 + warmth, 1, 1 - warmth), ambient: generator.uniform(0.3...0.5))
    // Nothing casts a shadow on the sky.
    let shadow = ground == .sky ? 0 : generator.uniform(0.35...0.7)
    for solid in below { solid.paint(on: &raster, lamp: lamp, shadow: shadow) }
    for banana in bananas { banana.body.paint(on: &raster, lamp: lamp, shadow: shadow) }
    for solid in above { solid.paint(on: &raster, lamp: lamp, shadow: shadow) }
    return Camera(using: &generator).develop(raster)
  }
}

extension Coverage {
  /// What several solids cover together.
  init(of solids: [any Solid], height: Int, width: Int) {
    self.init(height: height, width: width)
    for solid in solids {
      let one = solid.coverage(height: height, width: width)
      for i in shares.indices { shares[i] = max(shares[i], one.shares[i]) }
    }
  }

  /// What stays visible under a cover.
  func without(_ cover: Coverage) -> Coverage {
    var left = self
    for i in shares.indices where left.shares[i] > 0 { left.shares[i] *= 1 - cover.shares[i] }
    return left
  }

  /// The share of this that lies under a cover.
  func shareCovered(by cover: Coverage) -> Float { 1 - without(cover).area / max(area, 1e-6) }

  /// The share of the pixels with a part of this that lie on any of the solids.
  func shareCovered(by solids: [any Solid]) -> Float {
    var (own, covered) = (0, 0)
    for i in shares.indices where shares[i] > 0 {
      let p = Point(Float(i % width) + 0.5, Float(i / width) + 0.5)
      own += 1
      let isCovered = solids.contains { solid in
        let away = p - solid.center
        return abs(away.x) <= solid.reach && abs(away.y) <= solid.reach
          && solid.distance(at: p) < 0
      }
      if isCovered { covered += 1 }
    }
    return Float(covered) / Float(max(own, 1))
  }
}
