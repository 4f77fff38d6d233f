public import Detection
public import Layers
public import Tensors

/// What a single-shot detector says about each anchor of each picture.
public struct MultiboxPredictions {
  /// `[N, A, C + 1]`: unnormalised scores, background first.
  public let classLogits: Tensor
  /// `[N, A · 4]`: offsets of the boxes from their anchors, as `OffsetCoder` encodes them.
  public let boxOffsets: Tensor
}

/// A single-shot detector small enough to train on a processor, in the form of the `ssd` chapter.
///
/// Three halving blocks (16, 32, 64 channels), then two more with 128 channels and a third, then
/// one cell for the whole picture: maps of 32, 16, 8, 4 and 1 cells a side for a picture of 256.
///
/// Source: Liu et al., "SSD: single shot multibox detector", ECCV 2016; sizes as in d2l.ai 14.7.
public final class TinySSD: Layer {
  /// Anchors at each cell of each map.
  public static let anchorsPerCell = 4
  /// Anchor sizes at each level, as shares of the picture's height.
  public static let sizes: [[Float]] = [
    [0.2, 0.272], [0.37, 0.447], [0.54, 0.619], [0.71, 0.79], [0.88, 0.961],
  ]
  /// Width over height of the anchors at every level.
  public static let ratios: [Float] = [1, 2, 0.5]
  /// Pixels of the picture from one cell to the next, at each level but the last, which is one cell.
  public static let strides = [8, 16, 32, 64]

  private let blocks: [any Layer]
  private let classHeads: [Conv2D]
  private let boxHeads: [Conv2D]
  private let outcomes: Int

  /// A detector of `classes` kinds of object, background not counted.
  public init(
    classes: Int, initializer: Initializer = .uniformByFanIn, using generator: inout SplitMix64
  ) {
    let downSampling = { (inputs: Int, outputs: Int, generator: inout SplitMix64) in
      TinySSD.downSampling(inputs, outputs, initializer, using: &generator)
    }
    blocks = [
      Sequential(
        downSampling(3, 16, &generator), downSampling(16, 32, &generator),
        downSampling(32, 64, &generator)),
      downSampling(64, 128, &generator), downSampling(128, 128, &generator),
      downSampling(128, 128, &generator), GlobalMaxPool2D(),
    ]
    outcomes = classes + 1
    let perCell = TinySSD.anchorsPerCell
    let head = { (inputs: Int, outputs: Int, generator: inout SplitMix64) in
      Conv2D(
        inputs, outputs, kernel: 3, padding: 1, initializer: initializer, using: &generator)
    }
    var (classHeads, boxHeads): ([Conv2D], [Conv2D]) = ([], [])
    for channels in [64, 128, 128, 128, 128] {
      classHeads.append(head(channels, perCell * outcomes, &generator))
      boxHeads.append(head(channels, perCell * 4, &generator))
    }
    (self.classHeads, self.boxHeads) = (classHeads, boxHeads)
  }

  /// Twice convolution, normalisation and ReLU, then half the rows and columns.
  private static func downSampling(
    _ inputs: Int, _ outputs: Int, _ initializer: Initializer, using generator: inout SplitMix64
  ) -> Sequential {
    Sequential(
      Conv2D(
        inputs, outputs, kernel: 3, padding: 1, initializer: initializer, using: &generator),
      BatchNorm2D(outputs), ReLU(),
      Conv2D(
        outputs, outputs, kernel: 3, padding: 1, initializer: initializer, using: &generator),
      BatchNorm2D(outputs), ReLU(), MaxPool2D(2))
  }

  /// The class scores alone.
  public func callAsFunction(_ pictures: Tensor) -> Tensor { predictions(pictures).classLogits }

  /// What every level says about `pictures` `[N, 3, H, W]`, levels one after the other.
  public func predictions(_ pictures: Tensor) -> MultiboxPredictions {
    let count = pictures.shape[0]
    // Channels go last before flattening, so that the numbers of one anchor stay neighbours.
    let flattened = { (map: Tensor) in map.permuted([0, 2, 3, 1]).reshaped([count, -1]) }
    var map = pictures
    var (scores, offsets): ([Tensor], [Tensor]) = ([], [])
    for (level, block) in blocks.enumerated() {
      map = block(map)
      scores.append(flattened(classHeads[level](map)))
      offsets.append(flattened(boxHeads[level](map)))
    }
    return MultiboxPredictions(
      classLogits: concatenated(scores, along: 1).reshaped([count, -1, outcomes]),
      boxOffsets: concatenated(offsets, along: 1))
  }

  /// Rows and columns of each level's map for a picture of `height` × `width` pixels.
  public static func maps(height: Int, width: Int) -> [(rows: Int, columns: Int)] {
    strides.map { (height / $0, width / $0) } + [(1, 1)]
  }

  /// The anchors of a picture of `height` × `width` pixels, in the order of the predictions.
  public static func anchors(height: Int, width: Int) -> [Box] {
    zip(maps(height: height, width: width), sizes).flatMap { map, sizes in
      multiboxPriors(height: map.rows, width: map.columns, sizes: sizes, widthOverHeight: ratios)
    }
  }
}
