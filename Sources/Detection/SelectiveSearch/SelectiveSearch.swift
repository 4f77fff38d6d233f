public import Tensors

/// Proposes boxes that may hold objects, from colours and textures alone, without learning.
///
/// A picture is cut into small regions, which merge by likeness until one is left; the box of every
/// region on the way is a proposal. Several colour spaces, measures of likeness and sizes of first
/// regions are tried, since no single one suits all objects.
/// Source: Uijlings et al., "Selective search for object recognition", IJCV 2013; written from the
/// paper.
public struct SelectiveSearch: Hashable, Sendable {
  /// The colour spaces to work in.
  public var colorSpaces: [ColorSpace]
  /// The sums of similarities to merge by.
  public var similarities: [RegionSimilarities]
  /// The scales of the first segmentation, which are its smallest region sizes, too.
  public var scales: [Int]
  /// Boxes with a shorter side are left out; pixels.
  public var shortestSide: Int
  /// Deviation of the blur before the segmentation; pixels.
  public var blur: Float

  /// Any strategy.
  public init(
    colorSpaces: [ColorSpace], similarities: [RegionSimilarities], scales: [Int],
    shortestSide: Int, blur: Float = 0.8
  ) {
    self.colorSpaces = colorSpaces
    self.similarities = similarities
    self.scales = scales
    self.shortestSide = shortestSide
    self.blur = blur
  }

  /// The paper's fast mode: two colour spaces, two sums, two scales.
  ///
  /// - Parameters:
  ///   - scales: 50 and 100 in the paper, whose pictures are 500 pixels wide.
  ///   - shortestSide: 20 in the authors' experiments, in such pictures.
  public static func fast(scales: [Int] = [50, 100], shortestSide: Int = 20) -> SelectiveSearch {
    SelectiveSearch(
      colorSpaces: [.hsv, .lab],
      similarities: [[.color, .texture, .size, .fill], [.texture, .size, .fill]],
      scales: scales, shortestSide: shortestSide)
  }

  /// The proposals in a picture, the likeliest first, no box twice; pixels.
  ///
  /// A grouping's last merges come first, each rank multiplied by a random number so that large
  /// regions do not always lead (section 3.4 of the paper).
  /// - Parameters:
  ///   - rgb: interleaved bytes, row after row.
  ///   - random: where the ranks' random numbers come from.
  public func callAsFunction(
    rgb: [UInt8], height: Int, width: Int, using random: inout SplitMix64
  ) -> [Box] {
    var ranked: [(box: Box, rank: Float)] = []
    for grouping in groupings(rgb: rgb, height: height, width: width) {
      for (position, box) in grouping.boxes.reversed().enumerated() {
        let rank = Float(position + 1) * random.nextUnit()
        if min(box.width, box.height) >= Float(shortestSide) { ranked.append((box, rank)) }
      }
    }
    let order = ranked.indices.sorted { (ranked[$0].rank, $0) < (ranked[$1].rank, $1) }
    var seen: Set<Box> = []
    return order.map { ranked[$0].box }.filter { seen.insert($0).inserted }
  }

  /// How the picture's regions merge, once for each colour space, scale and sum of similarities.
  public func groupings(rgb: [UInt8], height: Int, width: Int) -> [RegionGrouping] {
    colorSpaces.flatMap { space in
      let picture = ColorPlanes(height: height, width: width, rgb: rgb, space: space)
      let bins = PixelBins(picture)
      return scales.flatMap { scale in
        let segmentation = graphSegmentation(
          picture, scale: Float(scale), minimumSize: scale, blur: blur)
        return similarities.map { RegionGrouping(segmentation, bins: bins, by: $0) }
      }
    }
  }
}
