public import Tensors

/// Features of fixed size for each region: the largest value in each bin of whole cells.
///
/// A region's edges are rounded to cells, halves away from zero, and both the first and the last
/// cell belong to it. It is divided into `height` × `width` bins, whose edges are rounded outwards:
/// bins overlap where the cells do not divide evenly. A bin outside of the map gives 0.
///
/// ## Shapes
/// - `map`: `[N, C, H, W]`; result: `[K, C, height, width]` for K regions, in row-major order
///
/// ## Gradient
/// Goes to the cell that won, to the first of equals in row-major order; NaN never wins. Regions are
/// constants.
///
/// Source: Girshick, "Fast R-CNN", ICCV 2015, section 2.1; details as in torchvision's `roi_pool`.
///
/// - Parameters:
///   - map: The features of a batch of pictures.
///   - regions: Where to pool, in pixels of the pictures.
///   - height: Bins from top to bottom.
///   - width: Bins from left to right.
///   - cellsPerPixel: Side of the map over side of the picture, such as 1/16.
public func roiPool(
  _ map: Tensor, _ regions: [Region], height: Int, width: Int, cellsPerPixel: Float
) -> Tensor {
  let grid = RegionGrid(
    "roiPool", map, regions, height: height, width: width, cellsPerPixel: cellsPerPixel)
  return grid.cellCount <= Int(UInt16.max)
    ? RegionPooling<UInt16>(grid).pooled(map) : RegionPooling<UInt32>(grid).pooled(map)
}

/// The bins of a region along one axis: which of the `extent` cells of a map each of `count` has.
///
/// - Parameters:
///   - low: The region's first edge in cells, not rounded.
///   - high: Its last edge in cells, not rounded; an inside-out region is one cell at `low`.
///   - count: How many bins the region is divided into.
///   - extent: Cells of the map on this axis; what lies outside is cut off.
func pooledBins(from low: Float, to high: Float, count: Int, extent: Int) -> [Range<Int>] {
  let start = Int(low.rounded())
  let length = max(Int(high.rounded()) - start + 1, 1)
  // In Float, as in torchvision's kernel: exact fractions give other bins for 7 cells in 13.
  let size = Float(length) / Float(count)
  return (0..<count).map { bin in
    let first = start + Int((Float(bin) * size).rounded(.down))
    let end = start + Int((Float(bin + 1) * size).rounded(.up))
    let inside = min(max(first, 0), extent)
    return inside..<max(inside, min(end, extent))
  }
}

/// The bins of all regions, and the search for the largest value of each.
///
/// `Place` numbers the cells of a map in row-major order; its last number stands for no cell.
private struct RegionPooling<Place: FixedWidthInteger & UnsignedInteger & SIMDScalar> {
  typealias Lanes = Tensor.ChannelBlock

  let grid: RegionGrid
  /// Rows and columns of the map that the bins have, all bins of a region one after the other.
  private let rows, columns: [Range<Int>]

  init(_ grid: RegionGrid) {
    self.grid = grid
    let boxes = grid.regions.map { $0.box.scaled(x: grid.cellsPerPixel, y: grid.cellsPerPixel) }
    rows = boxes.flatMap {
      pooledBins(from: $0.y0, to: $0.y1, count: grid.height, extent: grid.map[2])
    }
    columns = boxes.flatMap {
      pooledBins(from: $0.x0, to: $0.x1, count: grid.width, extent: grid.map[3])
    }
  }

  /// The result with its gradient; who won is written down only where one will be asked for.
  func pooled(_ map: Tensor) -> Tensor {
    guard map.needsGradient else { return largest(in: map, winners: nil) }
    let count = grid.resultShape.reduce(1, *)
    let winners = Buffer(byteCount: count * MemoryLayout<Place>.stride)
    let places = winners.pointer.bindMemory(to: Place.self, capacity: count)
    return Tensor(largest(in: map, winners: places), from: [map]) { gradient in
      withExtendedLifetime(winners) { [self.gradient(gradient, winners: places)] }
    }
  }

  // MARK: Forward

  /// One thread for a range of regions; block after block, so that a block's cells stay in cache.
  private func largest(in map: Tensor, winners: UnsafeMutablePointer<Place>?) -> Tensor {
    map.withChannelBlocks { cells in
      Tensor(shape: grid.resultShape) { result in
        guard let result = result.baseAddress else { return }
        grid.eachRange { range in
          withScratch { bins, places in
            for block in 0..<grid.blockCount {
              let channels = grid.channelCount(ofBlock: block)
              for index in range {
                let plane = grid.regions[index].picture * grid.blockCount + block
                let cells = cells + plane * grid.cellCount
                let offset = grid.resultOffset(index, block: block)
                if let winners {
                  pool(index, cells, into: bins, winners: places)
                  scatterChannels(
                    places, count: grid.binCount, to: winners + offset, channels: channels)
                } else {
                  pool(index, cells, into: bins, winners: nil)
                }
                scatterChannels(bins, count: grid.binCount, to: result + offset, channels: channels)
              }
            }
          }
        }
      }
    }
  }

  /// Looks through the cells of each bin in row-major order: of equals, the first stays.
  ///
  /// Compiled twice: without `winners`, the places are not followed.
  @inline(__always)
  private func pool(
    _ index: Int, _ cells: UnsafePointer<Lanes>, into bins: UnsafeMutablePointer<Lanes>,
    winners: UnsafeMutablePointer<SIMD16<Place>>?
  ) {
    for row in 0..<grid.height {
      let rows = self.rows[index &* grid.height &+ row]
      for column in 0..<grid.width {
        let columns = self.columns[index &* grid.width &+ column]
        var largest = Lanes(repeating: rows.isEmpty || columns.isEmpty ? 0 : Self.nothing)
        var winner = SIMD16<UInt32>(repeating: .max)
        for y in rows {
          for x in columns {
            let place = y &* grid.rowStride &+ x
            let isLarger = cells[place] .> largest
            largest.replace(with: cells[place], where: isLarger)
            winner.replace(
              with: SIMD16(repeating: UInt32(truncatingIfNeeded: place)), where: isLarger)
          }
        }
        let bin = row &* grid.width &+ column
        bins[bin] = largest
        if let winners { winners[bin] = SIMD16(truncatingIfNeeded: winner) }
      }
    }
  }

  /// Below every number that can win.
  private static var nothing: Float { -.greatestFiniteMagnitude }

  /// Room for a region's bins and their winners, one block of channels wide.
  private func withScratch(
    _ body: (UnsafeMutablePointer<Lanes>, UnsafeMutablePointer<SIMD16<Place>>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: grid.binCount) { bins in
      withUnsafeTemporaryAllocation(of: SIMD16<Place>.self, capacity: grid.binCount) { places in
        guard let bins = bins.baseAddress, let places = places.baseAddress else { return }
        body(bins, places)
      }
    }
  }

  // MARK: Backward

  /// Adds each bin's share to its winner, one thread for a picture's channel block.
  private func gradient(_ resultGradient: Tensor, winners: UnsafePointer<Place>) -> Tensor {
    resultGradient.withScalars { shares in
      Tensor(shape: grid.map) { result in
        guard let result = result.baseAddress else { return }
        grid.eachPlane { picture, block, regions in
          let channels = grid.channelCount(ofBlock: block)
          let first = picture * grid.channels + block * Lanes.scalarCount
          let planes = result + first * grid.cellCount
          planes.update(repeating: 0, count: channels * grid.cellCount)
          guard let shares = shares.baseAddress else { return }
          for index in regions {
            let offset = grid.resultOffset(index, block: block)
            for channel in 0..<channels {
              let bins = offset &+ channel &* grid.binCount
              add(shares + bins, at: winners + bins, to: planes + channel &* grid.cellCount)
            }
          }
        }
      }
    }
  }

  /// Adds what a region's bins of one channel received.
  private func add(
    _ shares: UnsafePointer<Float>, at winners: UnsafePointer<Place>,
    to plane: UnsafeMutablePointer<Float>
  ) {
    for bin in 0..<grid.binCount where winners[bin] != .max {
      plane[Int(winners[bin])] += shares[bin]
    }
  }
}
