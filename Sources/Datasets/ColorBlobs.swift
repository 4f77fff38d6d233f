public import Detection
public import Images

/// A detector that knows colours and no shapes: patches of fruit colour, named by the nearest mean.
///
/// A guard for data sets: where this does well, colour gives the objects away, and a network need
/// not learn what they look like. It is an honest try: the colours of objects and backgrounds are
/// counted on the training pictures' masks, and a patch is told not only by its mean colour but by
/// how colours vary in it and by how it fills its box.
public struct ColorBlobDetector: Sendable {
  /// Bins of each channel.
  private static let bins = 16
  /// A pixel may belong to an object where its colour's share of objects is above one of these.
  private static let thresholds: [Float] = [0.3, 0.5, 0.7, 0.85]
  /// Patches of fewer pixels, as a share of the picture, are noise.
  private static let smallestShare: Float = 0.003

  /// For each colour the share of its training pixels that belong to objects.
  private let objectShare: [Float]
  /// What the patches of each class look like on average, in units of the features' spreads.
  private let means: [[Float]]
  private let spreads: [Float]

  /// Counts colours and averages features over the objects of `training`, which must have masks.
  public init(training: DecodedDataset) {
    guard let masks = training.masks else {
      fatalError("ColorBlobDetector: the training pictures have no masks; decode them with masks")
    }
    // Starts from one pixel of each kind, so that colours never seen are no objects.
    var objects = [Float](repeating: 0.1, count: Self.bins * Self.bins * Self.bins)
    var all = [Float](repeating: 1, count: objects.count)
    var features: [(classIndex: Int, values: [Float])] = []
    for (picture, image) in training.images.enumerated() {
      for pixel in 0..<image.height * image.width { all[Self.bin(image, pixel)] += 1 }
      for (label, runs) in zip(training.labels[picture], masks[picture]) {
        let pixels = Mask(runs).bits.indices(where: true)
        for pixel in pixels { objects[Self.bin(image, pixel)] += 1 }
        features.append((label.classIndex, Self.features(of: pixels, in: image)))
      }
    }
    objectShare = zip(objects, all).map { $0 / $1 }
    let count = Float(features.count)
    let center = Self.mean(features.map(\.values))
    spreads = center.indices.map { i in
      (features.reduce(0) { $0 + ($1.values[i] - center[i]) * ($1.values[i] - center[i]) } / count)
        .squareRoot()
    }
    means = training.classNames.indices.map { index in
      Self.mean(features.filter { $0.classIndex == index }.map(\.values))
    }
  }

  /// The patches found in a picture, boxes in **pixels**, scored by how sure their colours are and
  /// how near the mean of their class.
  ///
  /// Patches are sought at several thresholds: a higher one parts objects that touch.
  public func detections(in image: Image) -> [ScoredBox] {
    let count = image.height * image.width
    let shares = (0..<count).map { objectShare[Self.bin(image, $0)] }
    let found = Self.thresholds.flatMap { threshold in
      patches(of: shares.map { $0 > threshold }, width: image.width).compactMap { pixels in
        Float(pixels.count) < Self.smallestShare * Float(count)
          ? nil : detection(of: pixels, shares: shares, in: image)
      }
    }
    let kept = suppressed(
      found.map(\.box), scores: found.map(\.score), classes: found.map(\.classIndex),
      overlapThreshold: 0.5)
    return kept.map { found[$0] }
  }

  private func detection(of pixels: [Int], shares: [Float], in image: Image) -> ScoredBox {
    let features = Self.features(of: pixels, in: image)
    let distances = means.map { mean in
      features.indices.reduce(Float(0)) { sum, i in
        let away = (mean[i] - features[i]) / max(spreads[i], 0.01)
        return sum + away * away
      }
    }
    let best = distances.indices.min { distances[$0] < distances[$1] }!
    let sureness = pixels.reduce(Float(0)) { $0 + shares[$1] } / Float(pixels.count)
    return ScoredBox(
      box: Self.box(of: pixels, width: image.width), classIndex: best,
      score: sureness / (1 + distances[best]))
  }

  // MARK: Colours and patches

  private static func bin(_ image: Image, _ pixel: Int) -> Int {
    func step(_ channel: Int) -> Int { Int(image.pixels[3 * pixel + channel]) * bins / 256 }
    return (step(0) * bins + step(1)) * bins + step(2)
  }

  /// The connected patches of true bits, smoothed first: a pixel counts when most around it do.
  private func patches(of bits: [Bool], width: Int) -> [[Int]] {
    let height = bits.count / width
    var open = bits.indices.map { i in
      let (y, x) = (i / width, i % width)
      var (yes, all) = (0, 0)
      for row in max(y - 1, 0)...min(y + 1, height - 1) {
        for column in max(x - 1, 0)...min(x + 1, width - 1) {
          all += 1
          if bits[row * width + column] { yes += 1 }
        }
      }
      return 2 * yes > all
    }
    var patches: [[Int]] = []
    for start in open.indices where open[start] {
      open[start] = false
      var patch = [start]
      var next = 0
      while next < patch.count {
        let i = patch[next]
        next += 1
        let x = i % width
        for (j, isInside) in [
          (i - 1, x > 0), (i + 1, x < width - 1), (i - width, i >= width),
          (i + width, i + width < open.count),
        ] where isInside && open[j] {
          open[j] = false
          patch.append(j)
        }
      }
      patches.append(patch)
    }
    return patches
  }

  private static func box(of pixels: [Int], width: Int) -> Box {
    let (columns, rows) = (pixels.map { $0 % width }, pixels.map { $0 / width })
    return Box(
      x0: Float(columns.min()!), y0: Float(rows.min()!), x1: Float(columns.max()! + 1),
      y1: Float(rows.max()! + 1))
  }

  /// Mean colour, its spread, the part of the box that is filled, and the box's longer by its
  /// shorter side.
  private static func features(of pixels: [Int], in image: Image) -> [Float] {
    let box = box(of: pixels, width: image.width)
    let count = Float(pixels.count)
    var values: [Float] = []
    for channel in 0..<3 {
      let levels = pixels.map { Float(image.pixels[3 * $0 + channel]) }
      let mean = levels.reduce(0, +) / count
      let square = levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      values += [mean, square.squareRoot()]
    }
    return values + [
      count / box.area, max(box.width, box.height) / min(box.width, box.height),
    ]
  }

  private static func mean(_ rows: [[Float]]) -> [Float] {
    guard let first = rows.first else { return [] }
    return first.indices.map { i in rows.reduce(0) { $0 + $1[i] } / Float(rows.count) }
  }
}

extension [Bool] {
  fileprivate func indices(where value: Bool) -> [Int] { indices.filter { self[$0] == value } }
}
