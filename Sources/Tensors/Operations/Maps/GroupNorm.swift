/// Normalises groups of channels of each picture to mean 0 and variance 1, then scales and shifts
/// each channel.
///
/// y = scale · (x − mean) / √(variance + ε) + shift, statistics over a group's channels, H and W.
///
/// ## Shapes
/// - `input`: `[N, C, H, W]`, `groups` dividing C; `scale`, `shift`: `[C]`; result: as `input`
///
/// ## Gradient
/// Flows to all three, through the statistics too.
///
/// Source: Wu and He, "Group normalization", ECCV 2018, eq. 1–7.
public func groupNorm(
  _ input: Tensor, groups: Int, scale: Tensor, shift: Tensor, epsilon: Float = 1e-5
) -> Tensor {
  requireChannels("groupNorm", input, [scale, shift])
  require(
    groups > 0 && input.shape[1] % groups == 0,
    "groupNorm: \(groups) groups do not divide the \(input.shape[1]) channels of \(input.shape)")
  if input.count == 0 { return .empty(input.shape, from: [input, scale, shift]) }
  let norm = GroupNormalisation(
    input.storage.rowMajor, scale.storage.rowMajor, shift.storage.rowMajor, groups: groups,
    epsilon: epsilon)
  return Tensor(norm.forward(), from: [input, scale, shift]) { gradient in
    let (dx, dScale, dShift) = norm.backward(gradient.storage.rowMajor)
    return [
      Tensor(dx), Tensor(dScale).sum(along: [0]), Tensor(dShift).sum(along: [0]),
    ]
  }
}

private struct GroupNormalisation {
  private let x, scale, shift: Storage
  private let channels, cells, groups, groupCount: Int
  private let epsilon: Float
  /// Mean and 1 / deviation of each group of each picture.
  private let means, factors: Storage

  init(_ x: Storage, _ scale: Storage, _ shift: Storage, groups: Int, epsilon: Float) {
    (self.x, self.scale, self.shift) = (x, scale, shift)
    (self.groups, self.epsilon) = (groups, epsilon)
    let shape = x.layout.shape
    channels = shape[1] / groups
    cells = shape[2] * shape[3]
    groupCount = shape[0] * groups
    (means, factors) = (Storage(.rowMajor([groupCount])), Storage(.rowMajor([groupCount])))
  }

  private func eachGroup(_ body: (Int) -> Void) {
    inParallel(groupCount, smallest: (1 << 12) / (channels * cells) + 1) { range in
      for group in range { body(group) }
    }
  }

  func forward() -> Storage {
    let y = Storage(x.layout)
    eachGroup { group in
      let size = channels * cells
      let from = x.floats + group * size
      let mean = Float(sumOfLanes(size) { Lanes(from + $0, count: size - $0) } / Double(size))
      let squares = sumOfLanes(size) { i in
        let distance = Lanes(from + i, count: size - i) - mean
        return size - i >= 16 ? distance * distance : masked(distance * distance, size - i)
      }
      let factor = 1 / (Float(squares / Double(size)) + epsilon).squareRoot()
      (means.floats[group], factors.floats[group]) = (mean, factor)
      for c in 0..<channels {
        let channel = group % groups * channels + c
        let slope = scale.floats[channel] * factor
        let offset = shift.floats[channel] - mean * slope
        let into = y.floats + group * size + c * cells
        for i in 0..<cells { into[i] = from[c * cells + i] * slope + offset }
      }
    }
    return y
  }

  /// With n the normalised input and g = dy · scale: dx = (g − mean g − n · mean(g·n)) / deviation.
  ///
  /// The gradients of scale and shift are given for each picture, `[N, C]`.
  func backward(_ dy: Storage) -> (dx: Storage, dScale: Storage, dShift: Storage) {
    let dx = Storage(x.layout)
    let perPicture = [x.layout.shape[0], x.layout.shape[1]]
    let (dScale, dShift) = (Storage(.rowMajor(perPicture)), Storage(.rowMajor(perPicture)))
    eachGroup { group in
      let size = channels * cells
      let (mean, factor) = (means.floats[group], factors.floats[group])
      var (sumG, sumGN) = (0.0, 0.0)
      for c in 0..<channels {
        let place = group * size + c * cells
        let (from, gradient) = (x.floats + place, dy.floats + place)
        let total = sumOfLanes(cells) { Lanes(gradient + $0, count: cells - $0) }
        let product = sumOfLanes(cells) { i in  // beyond the end the gradient is 0
          let normal = (Lanes(from + i, count: cells - i) - mean) * factor
          return Lanes(gradient + i, count: cells - i) * normal
        }
        dShift.floats[group * channels + c] = Float(total)
        dScale.floats[group * channels + c] = Float(product)
        let weight = Double(scale.floats[group % groups * channels + c])
        sumG += weight * total
        sumGN += weight * product
      }
      let (meanG, meanGN) = (Float(sumG / Double(size)), Float(sumGN / Double(size)))
      for c in 0..<channels {
        let place = group * size + c * cells
        let (from, gradient, into) = (x.floats + place, dy.floats + place, dx.floats + place)
        let weight = scale.floats[group % groups * channels + c]
        for i in 0..<cells {
          let normal = (from[i] - mean) * factor
          into[i] = (gradient[i] * weight - meanG - normal * meanGN) * factor
        }
      }
    }
    return (dx, dScale, dShift)
  }

  private func masked(_ lanes: Lanes, _ count: Int) -> Lanes {
    var lanes = lanes
    for lane in count..<16 { lanes[lane] = 0 }
    return lanes
  }
}
