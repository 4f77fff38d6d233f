import Tensors

/// A table in front of a wall: what a still life stands on and before.
struct Room: Sendable {
  /// How far behind the origin the wall stands.
  let wallDistance: Float
  let table: Material
  let wall: Material
  /// The table's colour on the whole, thrown back at what stands on it.
  let tableColor: Light

  init(using generator: inout SplitMix64) {
    wallDistance = generator.uniform(4...16)
    table = Material(generator.pick(Material.Kind.tables), using: &generator)
    wall = Material(generator.pick(Material.Kind.walls), using: &generator)
    var sum = Light.zero
    for i in 0..<64 {
      let p = Point(Float(i % 8), Float(i / 8)) * 0.83
      sum += table.finish(at: p, detail: 0.05).color
    }
    tableColor = sum / 64
  }
}

/// What a table or a wall is made of.
struct Material: Sendable {
  enum Kind: CaseIterable {
    case boards, checkedCloth, stripedCloth, marble, tiles, slate, plaster, wallpaper, bricks

    static let tables: [Kind] = [
      .boards, .boards, .checkedCloth, .stripedCloth, .marble, .tiles, .slate,
    ]
    static let walls: [Kind] = [
      .plaster, .plaster, .wallpaper, .bricks, .tiles, .boards, .stripedCloth, .slate,
    ]
  }

  private let kind: Kind
  private let first: Light
  private let second: Light
  private let size: Float
  private let cosine: Float
  private let sine: Float
  private let seed: UInt32

  init(_ kind: Kind, using generator: inout SplitMix64) {
    self.kind = kind
    seed = generator.textureSeed()
    let turn = generator.turn()
    // Walls and floors of pieces lie straight; the rest may lie as it likes.
    let isStraight = kind == .bricks || kind == .wallpaper
    cosine = isStraight ? 1 : PortableMath.cosine(turn)
    sine = isStraight ? 0 : PortableMath.sine(turn)
    // Colours that fruit has too: wood and brick like oranges, cloth like lemons, leaves, apples.
    let (ones, others, sizes): ([UInt32], [UInt32], ClosedRange<Float>) =
      switch kind {
      case .boards:
        (
          [0x9c6b3f, 0xc69a6a, 0x6e4a2e, 0xb8a48c, 0xa85f2b, 0x4a3324, 0xd0a860], [0x3a2818],
          1.2...3.2
        )
      case .checkedCloth, .stripedCloth:
        (
          [0xe8e2d0, 0xd9d3c5, 0x8c2f2f, 0x33557a, 0xe3c04a, 0x5d7a4c, 0xd98a3a],
          [0xf2efe6, 0xc23b3b, 0x2f4f8a, 0xe8c23a, 0x6a8f5a, 0xd9772a, 0x444444], 0.5...1.6
        )
      case .marble: ([0xd8d4cc, 0xe6dcc8, 0x6b6f70, 0xb8a890], [0x6a6660, 0xa88a5a], 1...2)
      case .tiles:
        ([0xd8d8d0, 0x5c8fa3, 0xb56a4a, 0x7d8f78, 0xe6d9b0, 0x40525c], [0x8a857a], 1.2...2.6)
      case .slate: ([0x3f4448, 0x5a5f5e, 0x2c2a2a, 0x55483c], [0x777a78], 1...2)
      case .plaster:
        (
          [
            0xd9cdb8, 0xb8b4a8, 0x8a9a8c, 0xc9a070, 0xa8584a, 0x5f7480, 0x4a4038, 0x7a8a50,
            0xd6b65a,
          ],
          [0x8a8070], 1...2
        )
      case .wallpaper:
        (
          [0xd8c8a8, 0x6f8a78, 0xb8604a, 0xe0d6c0, 0x4a5f7a, 0xc9a845],
          [0xf0e6d0, 0x8aa04a, 0xd9a53a, 0xb5452f], 0.8...1.8
        )
      case .bricks: ([0xa8583a, 0xb87a4a, 0xc9b8a0, 0x7a4a3a], [0xa8a090, 0x5a5048], 0.9...1.5)
      }
    first = generator.near(generator.pick(ones), spread: 0.12)
    second = generator.near(generator.pick(others), spread: 0.12)
    size = generator.uniform(sizes)
  }

  /// The look of the plane at a point; `detail` is the size of a pixel there.
  func finish(at p: Point, detail: Float) -> Finish {
    let q = rotated(p, cosine: cosine, sine: sine)
    func cloud(_ p: Point, _ octaves: Int, _ scale: Float = 1, salt: UInt32 = 0) -> Float {
      Noise.fractal(
        Vector(p.x, p.y, 0.5), octaves: octaves, detail: detail * scale, seed: seed ^ salt)
    }
    /// 0…1 across a step of width `detail` at the least, so that edges do not flicker.
    func edge(_ from: Float, _ to: Float, _ x: Float, _ scale: Float) -> Float {
      smoothstep(from - detail * scale, to + detail * scale, x)
    }
    switch kind {
    case .boards:
      let board = (q.y / size).rounded(.down)
      let inside = q.y / size - board
      let shade = 0.75 + 0.5 * Noise.lattice(Int32(board), 3, seed: seed)
      let shift = board * 7.3
      let warp = cloud(Point(q.x * 0.25 + shift, q.y * 1.1), 3) * 9
      let rings = 0.5 + 0.5 * PortableMath.sine(warp * 5 + inside * 4)
      let fibre = cloud(Point(q.x * 0.9 + shift, q.y * 22), 4, 22)
      let gap = edge(0, 0.03, min(inside, 1 - inside), 1 / size)
      return Finish(
        color: mix(second, first, 0.35 + 0.3 * rings + 0.35 * fibre)
          * (shade * (0.3 + 0.7 * gap)), gloss: 0.12)
    case .checkedCloth, .stripedCloth:
      let cell = q / size
      let f = cell - cell.rounded(.down)
      func stripe(_ x: Float) -> Float {
        edge(0.24, 0.26, abs(x - 0.5), 1 / size)
      }
      let share = kind == .checkedCloth ? (stripe(f.x) + stripe(f.y)) / 2 : stripe(f.x)
      let weave = cloud(q * 16, 2, 16, salt: 5)
      let fold = cloud(p * 0.35, 3, salt: 9)
      return Finish(
        color: mix(first, second, share) * (0.55 + 0.5 * fold + 0.4 * weave), gloss: 0)
    case .marble:
      let body = cloud(q * 0.5, 6)
      let vein = abs(PortableMath.sine(q.x * 0.8 / size + body * 8))
      return Finish(
        color: mix(first * (0.75 + 0.5 * body), second, 0.65 * smoothstep(0.16, 0, vein)),
        gloss: 0.3)
    case .tiles:
      let r = q / size
      let tile = r.rounded(.down)
      let f = r - tile
      let chance = Noise.lattice(Int32(tile.x), Int32(tile.y), seed: seed)
      let border = min(min(f.x, 1 - f.x), min(f.y, 1 - f.y))
      let glaze = first * (0.75 + 0.3 * chance) * (0.75 + 0.5 * cloud(q + tile * 5, 4))
      return Finish(
        color: mix(second, glaze, edge(0.015, 0.04, border, 1 / size)), gloss: 0.25)
    case .slate:
      let body = cloud(q * 1.2, 6)
      return Finish(
        color: mix(first, second, 0.5 * smoothstep(0.5, 0.8, body)) * (0.6 + 0.8 * body))
    case .plaster:
      let stain = cloud(p * 0.3, 4)
      let grain = cloud(p * 5, 4, 5, salt: 3)
      return Finish(
        color: mix(first, second, 0.6 * smoothstep(0.5, 0.75, stain)) * (0.75 + 0.5 * grain),
        gloss: 0)
    case .wallpaper:
      let r = q / size
      let column = r.x - r.x.rounded(.down)
      let bands = edge(0.3, 0.32, abs(column - 0.5), 1 / size)
      // Round spots between the bands.
      let spot = Point(column - 0.5, r.y - r.y.rounded(.down) - 0.5)
      let dots = 1 - edge(0.12, 0.14, length(spot), 1 / size)
      return Finish(
        color: mix(first, second, max(0.7 * bands, dots)) * (0.75 + 0.5 * cloud(p * 2, 4, 2)),
        gloss: 0.03)
    case .bricks:
      let row = (p.y / (0.45 * size)).rounded(.down)
      let r = Point(p.x / size + 0.5 * row, p.y / (0.45 * size))
      let brick = r.rounded(.down)
      let f = (r - brick) * Point(1, 0.45)
      let border = min(min(f.x, 1 - f.x), min(f.y, 0.45 - f.y))
      let chance = Noise.lattice(Int32(brick.x), Int32(brick.y), seed: seed)
      let grain = cloud(p * 4, 4, 4)
      let color = first * (0.6 + 0.5 * chance) * (0.7 + 0.6 * grain)
      return Finish(
        color: mix(second * (0.7 + 0.6 * grain), color, edge(0.02, 0.05, border, 1 / size)),
        gloss: 0)
    }
  }
}
