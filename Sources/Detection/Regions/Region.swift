import Tensors

/// A region of interest: a box, and which picture of a batch it lies on.
///
/// The number is a position in the batch, not a class: two regions of one map may lie on different
/// pictures, and a box alone would not say on which.
public struct Region: Hashable, Sendable, Codable {
  /// The picture's place in the batch, counted from 0.
  public var picture: Int
  /// Where the region lies, in pixels of that picture.
  public var box: Box

  /// Makes a region from the place of its picture in the batch and a box in pixels.
  public init(picture: Int, box: Box) {
    self.picture = picture
    self.box = box
  }
}

/// The boxes of a batch's pictures as regions, picture after picture.
public func regions(_ boxesOfPictures: [[Box]]) -> [Region] {
  boxesOfPictures.enumerated().flatMap { picture, boxes in
    boxes.map { Region(picture: picture, box: $0) }
  }
}

/// What pooling and alignment share: regions of a map, each to become `height` × `width` bins.
struct RegionGrid {
  let regions: [Region]
  /// Bins of a region from top to bottom and from left to right.
  let height, width: Int
  let cellsPerPixel: Float
  /// `[N, C, H, W]`.
  let map: [Int]
  /// Cells of the map from one row to the next.
  let rowStride: Int

  /// Stops, naming `operation`, on anything that cannot be computed.
  init(
    _ operation: String, _ map: Tensor, _ regions: [Region], height: Int, width: Int,
    cellsPerPixel: Float
  ) {
    require(
      map.rank == 4 && map.count > 0,
      "\(operation): the map \(map.shape) must be [N, C, H, W] with no extent 0")
    require(
      height > 0 && width > 0, "\(operation): \(height)×\(width) bins; both must be at least 1")
    require(
      cellsPerPixel > 0 && cellsPerPixel.isFinite,
      "\(operation): cellsPerPixel is \(cellsPerPixel); give map side / picture side, such as 1/16")
    for (index, region) in regions.enumerated() {
      require(
        (0..<map.shape[0]).contains(region.picture),
        "\(operation): region \(index) lies on picture \(region.picture), but the map \(map.shape) "
          + "has pictures 0 ..< \(map.shape[0])")
      let box = region.box.scaled(x: cellsPerPixel, y: cellsPerPixel)
      require(
        [box.x0, box.y0, box.x1, box.y1].allSatisfy { $0.magnitude < Self.farthestCell },
        "\(operation): region \(index) has the box \(region.box); its coordinates must be numbers "
          + "near a picture: clip boxes, and drop what training made of NaN")
    }
    self.regions = regions
    self.height = height
    self.width = width
    self.cellsPerPixel = cellsPerPixel
    self.map = map.shape
    rowStride = map.shape[3]
  }

  /// Beyond it, Float no longer tells neighbouring cells apart.
  private static let farthestCell: Float = 0x1p24

  var channels: Int { map[1] }
  var cellCount: Int { map[2] * map[3] }
  var binCount: Int { height * width }
  var blockCount: Int { Tensor.channelBlockCount(channels) }
  var resultShape: [Int] { [regions.count, channels, height, width] }

  /// Channels of block `block`: 16, or what the last block has.
  func channelCount(ofBlock block: Int) -> Int {
    min(Tensor.ChannelBlock.scalarCount, channels - block * Tensor.ChannelBlock.scalarCount)
  }

  /// Where channel block `block` of region `index` begins in the row-major result.
  func resultOffset(_ index: Int, block: Int) -> Int {
    (index * channels + block * Tensor.ChannelBlock.scalarCount) * binCount
  }

  // MARK: Division of work

  /// Calls `body` with region numbers, each on one thread; results do not depend on the division.
  func eachRange(_ body: (Range<Int>) -> Void) {
    let work = channels * binCount
    inParallel(regions.count, smallest: max(1, Self.smallestWork / work), body)
  }

  /// Calls `body` for each picture and channel block, with the picture's regions in their order.
  ///
  /// Regions overlap, so what they add up in a cell belongs to one thread: sums are the same bits
  /// for any number of threads.
  func eachPlane(_ body: (_ picture: Int, _ block: Int, _ regions: [Int]) -> Void) {
    var regionsOfPicture = [[Int]](repeating: [], count: map[0])
    for (index, region) in regions.enumerated() { regionsOfPicture[region.picture].append(index) }
    inParallel(blockCount * map[0], smallest: 1) { planes in
      for plane in planes {
        let (block, picture) = plane.quotientAndRemainder(dividingBy: map[0])
        body(picture, block, regionsOfPicture[picture])
      }
    }
  }

  /// Room for a region's bins and for one row of the map, one block of channels wide.
  func withScratch(
    _ body: (
      _ bins: UnsafeMutablePointer<Tensor.ChannelBlock>,
      _ line: UnsafeMutablePointer<Tensor.ChannelBlock>
    ) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Tensor.ChannelBlock.self, capacity: binCount + rowStride) {
      guard let bins = $0.baseAddress else { return }
      body(bins, bins + binCount)
    }
  }

  /// Numbers of a result below which a second thread costs more than it saves.
  private static let smallestWork = 1 << 14
}
