import Foundation
import Tensors

/// What a scene lies on.
enum Ground: CaseIterable, Sendable {
  case planks, cloth, grass, tiles, sky, pebbles, newspaper, stone, leaves, sand

  /// The light of each point of a random ground of this kind.
  func texture(using generator: inout SplitMix64) -> (Point) -> Light {
    let seed = generator.textureSeed()
    let turn = generator.turn()
    let (cosine, sine) = (cos(turn), sin(turn))
    switch self {
    case .planks:
      let width = generator.uniform(24...60)
      let wood = generator.near(generator.pick([0x9c6b3f, 0xc69a6a, 0x6e4a2e, 0xb8a48c, 0x8b5a2b]))
      let grain = wood * generator.uniform(0.35...0.6)
      return { p in
        let q = rotated(p, cosine: cosine, sine: sine)
        let plank = (q.y / width).rounded(.down)
        let inside = q.y / width - plank
        let shade = 0.75 + 0.5 * Noise.lattice(Int32(plank), 3, seed: seed)
        let warp = Noise.fractal(q * Point(0.012, 0.05) + plank * 7, octaves: 3, seed: seed) * 9
        let rings = 0.5 + 0.5 * sin(warp * 6 + inside * 5)
        let fibre = Noise.fractal(q * Point(0.04, 0.9) + plank * 31, octaves: 3, seed: seed)
        let gap = smoothstep(0, 0.045, min(inside, 1 - inside))
        return mix(grain, wood, 0.35 + 0.3 * rings + 0.35 * fibre) * (shade * (0.25 + 0.75 * gap))
      }
    case .cloth:
      let base = generator.near(
        generator.pick([0xd9d3c5, 0x8c2f2f, 0x33557a, 0xe3c04a, 0x5d7a4c, 0xb9b9bd, 0xe8e2d0]))
      let stripe = generator.near(
        generator.pick([0xf2efe6, 0xc23b3b, 0x2f4f8a, 0xf0c83c, 0xe8c23a, 0x6a8f5a, 0x444444]))
      let period = generator.uniform(14...44)
      let isChecked = generator.happens(0.6)
      return { p in
        let q = rotated(p, cosine: cosine, sine: sine)
        let fold = Noise.fractal(p * 0.012, octaves: 3, seed: seed)
        let cell = q / period
        let phase = cell - cell.rounded(.down)
        let across: Float = phase.x < 0.5 ? 1 : 0
        let down: Float = phase.y < 0.5 ? 1 : 0
        var color = mix(base, stripe, isChecked ? (across + down) / 2 : across * 0.9)
        let thread = sin(q.x * 2.1) * sin(q.y * 2.1)
        color *= 0.9 + 0.16 * thread + 0.1 * Noise.smooth(q * 0.8, seed: seed)
        return color * (0.5 + 0.9 * fold)
      }
    case .grass:
      let blade = generator.near(generator.pick([0x5f8f2f, 0x7fa33a, 0x4a7a35, 0x94953f]))
      let soil = generator.near(0x33301a)
      return { p in
        var light: Float = 0
        for layer in UInt32(0)..<3 {
          let lean = Float(layer) * 1.1 + 0.5
          let q = rotated(p, cosine: cos(lean), sine: sin(lean))
          let wave = Noise.smooth(q * 0.05, seed: seed &+ layer) * 9
          let value = Noise.smooth(
            Point(q.x * 0.55 + wave, q.y * 0.07), seed: seed &+ layer &* 77)
          light = max(light, value * (0.7 + 0.15 * Float(layer)))
        }
        let patch = Noise.fractal(p * 0.02, octaves: 3, seed: seed)
        return mix(soil, blade * (0.6 + 0.9 * patch), smoothstep(0.25, 0.95, light)) * 1.15
      }
    case .tiles:
      let side = generator.uniform(30...64)
      let glaze = generator.near(
        generator.pick([0xd8d8d0, 0x5c8fa3, 0xb56a4a, 0x7d8f78, 0xe6d9b0, 0x40525c]))
      let other = generator.happens(0.5) ? glaze : generator.near(0xe8c860, spread: 0.3)
      let grout = generator.near(0x8a857a)
      return { p in
        let q = rotated(p, cosine: cosine, sine: sine) / side
        let tile = q.rounded(.down)
        let f = q - tile
        let chance = Noise.lattice(Int32(tile.x), Int32(tile.y), seed: seed)
        let isOdd = (Int(tile.x) + Int(tile.y)) & 1 == 0
        let border = min(min(f.x, 1 - f.x), min(f.y, 1 - f.y))
        let cloud = Noise.fractal(q * 3 + tile * 5, octaves: 4, seed: seed)
        let color = (isOdd ? glaze : other) * (0.75 + 0.3 * chance) * (0.75 + 0.5 * cloud)
        let edge = smoothstep(0.02, 0.05, border)
        return mix(
          grout * (0.7 + 0.5 * cloud), color * (0.8 + 0.2 * smoothstep(0.05, 0.12, border)), edge)
      }
    case .sky:
      let high = generator.near(generator.pick([0x3f7fc4, 0x6aa7dc, 0xd98a5a, 0x5d6a80]))
      let low = generator.near(generator.pick([0xbfd9ec, 0xf3d9a8, 0xc9ccd2]))
      let cover = generator.uniform(0.35...0.6)
      return { p in
        let cloud = Noise.fractal(p * Point(0.014, 0.024), octaves: 5, seed: seed)
        let sky = mix(high, low, clamp01(p.y / 256))
        let lit = Noise.fractal(p * Point(0.014, 0.024) + Point(0.12, 0.12), octaves: 5, seed: seed)
        let white = Light(hex: 0xf4f4f2) * (0.75 + 1.2 * (cloud - lit + 0.1))
        return mix(sky, white, smoothstep(cover, cover + 0.22, cloud))
      }
    case .pebbles:
      let size = generator.uniform(9...24)
      let pale = generator.near(generator.pick([0xb3a894, 0x9aa0a6, 0xc8b48c]))
      let dark = generator.near(generator.pick([0x5c5248, 0x4d565e, 0x7a5a40]))
      return { p in
        let warped = p + (Noise.smooth(p * 0.08, seed: seed) - 0.5) * 8
        let cell = Noise.cell(warped / size, seed: seed)
        let edge = smoothstep(0.02, 0.22, cell.second - cell.nearest)
        let grain = Noise.fractal(p * 0.35, octaves: 3, seed: seed)
        let lit = 0.85 + 0.5 * (cell.offset.x + cell.offset.y)
        return mix(dark, pale, cell.identity) * ((0.25 + 0.75 * edge) * lit * (0.7 + 0.6 * grain))
      }
    case .newspaper:
      let paper = generator.near(generator.pick([0xd8d2c2, 0xe4e0d4, 0xcfc4a6]))
      let ink = generator.near(0x37342f)
      let line = generator.uniform(5...8)
      let tilt = generator.uniform(-0.5...0.5)
      let column = generator.uniform(60...110)
      return { p in
        let q = rotated(p, cosine: cos(tilt), sine: sin(tilt))
        let block = Point(q.x / column, q.y / (line * 15)).rounded(.down)
        let kind = Noise.lattice(Int32(block.x), Int32(block.y), seed: seed)
        let inColumn = q.x - block.x * column
        let stain = Noise.fractal(p * 0.015, octaves: 4, seed: seed)
        let sheet = paper * (0.72 + 0.5 * stain)
        guard inColumn > 5, inColumn < column - 4 else { return sheet }
        if kind > 0.8 {
          let photo = Noise.fractal(q * 0.05, octaves: 4, seed: seed ^ 5)
          return mix(ink, sheet, smoothstep(0.25, 0.75, photo))
        }
        let size: Float = kind < 0.15 ? line * 3 : line
        let row = (q.y / size).rounded(.down)
        let height = q.y / size - row
        let glyph = Noise.smooth(Point(q.x / size * 2.2, row * 13), seed: seed)
        let space = Noise.smooth(Point(q.x / size * 0.6, row * 29), seed: seed ^ 9)
        let isInk = height > 0.2 && height < 0.75 && space > 0.3
        return isInk ? mix(sheet, ink, smoothstep(0.35, 0.6, glyph) * 0.85) : sheet
      }
    case .stone:
      let base = generator.near(generator.pick([0x8d8d8a, 0xb9aa98, 0x6b5f5a, 0xc9c5bb, 0x4f5a56]))
      let vein = generator.near(generator.pick([0x3c3a38, 0xe0dccf, 0xb58f4a]))
      return { p in
        let q = rotated(p, cosine: cosine, sine: sine)
        let cloud = Noise.fractal(q * 0.02, octaves: 5, seed: seed)
        let speck = Noise.fractal(p * 0.4, octaves: 3, seed: seed ^ 3)
        let wave = abs(sin(q.x * 0.03 + cloud * 9))
        let color = mix(base * (0.6 + 0.8 * cloud), vein, 0.7 * smoothstep(0.14, 0, wave))
        return color * (0.6 + 0.8 * speck)
      }
    case .leaves:
      let size = generator.uniform(22...40)
      let one = generator.near(generator.pick([0x4f7d34, 0x8a6a2e, 0xa8542a, 0x6f8a3c]))
      let two = generator.near(generator.pick([0xc7a03a, 0x5a8040, 0x7a4a26, 0x9db04a]))
      return { p in
        var color = Light(hex: 0x1d1a10)
        // Two layers of leaves, each a lens around a cell's site.
        for layer in UInt32(0)..<3 {
          let cell = Noise.cell(p / size + Float(layer) * 3.7, seed: seed &+ layer &* 991)
          let lean = cell.identity * 6.283
          let q = rotated(cell.offset, cosine: cos(lean), sine: sin(lean))
          let lens = abs(q.y) - 0.30 * (1 - (q.x * q.x) / 0.36)
          let vein =
            smoothstep(0.03, 0.0, abs(q.y)) + 0.5
            * smoothstep(0.8, 1, sin(q.x * 40 + abs(q.y) * 40))
          let shade = (0.7 + 0.9 * abs(q.y) + 0.3 * Noise.smooth(p * 0.3, seed: seed)) - 0.18 * vein
          let leaf = mix(one, two, (cell.identity * 7.3).truncatingRemainder(dividingBy: 1)) * shade
          color = mix(
            color * (1 - 0.5 * smoothstep(0.12, 0, lens)), leaf, smoothstep(0.02, -0.02, lens))
        }
        return color
      }
    case .sand:
      let base = generator.near(generator.pick([0xd6bd8a, 0xc4a878, 0xb9a58a, 0xd9c9a5]))
      let period = generator.uniform(0.15...0.4)
      return { p in
        let q = rotated(p, cosine: cosine, sine: sine)
        let bend = Noise.fractal(q * 0.015, octaves: 3, seed: seed) * 22
        let ripple = 0.5 + 0.5 * sin(q.y * period + bend)
        let grain = Noise.smooth(p * 1.3, seed: seed) + Noise.smooth(p * 0.5, seed: seed ^ 1)
        return base * (0.5 + 0.35 * ripple + 0.3 * grain)
      }
    }
  }
}
