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
  let pooling = RegionPooling(
    RegionGrid(
      "roiPool", map, regions, height: height, width: width, cellsPerPixel: cellsPerPixel))
  return Tensor(pooling.largest(in: map), from: [map]) { [map = map.detached] gradient in
    [pooling.gradient(gradient, map)]
  }
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
private struct RegionPooling {
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

  // MARK: Forward

  /// One thread for a range of regions; block after block, so that a block's cells stay in cache.
  func largest(in map: Tensor) -> Tensor {
    map.withChannelBlocks { cells in
      Tensor(shape: grid.resultShape) { result in
        guard let result = result.baseAddress else { return }
        grid.eachRange { range in
          grid.withScratch { bins, line in
            for block in 0..<grid.blockCount {
              for index in range {
                let plane = grid.regions[index].picture * grid.blockCount + block
                pool(index, cells + plane * grid.cellCount, into: bins, line)
                scatterChannels(
                  bins, count: grid.binCount,
                  to: result + grid.resultOffset(index, block: block),
                  channels: grid.channelCount(ofBlock: block))
              }
            }
          }
        }
      }
    }
  }

  /// Takes the largest of each column of a row of bins into `line`, then the largest of its columns.
  private func pool(
    _ index: Int, _ cells: UnsafePointer<Lanes>, into bins: UnsafeMutablePointer<Lanes>,
    _ line: UnsafeMutablePointer<Lanes>
  ) {
    let firstRow = index * grid.height
    let firstColumn = index * grid.width
    let reach =
      columns[firstColumn].lowerBound..<columns[firstColumn + grid.width - 1].upperBound
    for row in 0..<grid.height {
      let rows = self.rows[firstRow + row]
      (line + reach.lowerBound).update(repeating: Self.nothing, count: reach.count)
      for y in rows {
        let row = cells + y &* grid.rowStride
        for column in reach { line[column].raise(to: row[column]) }
      }
      for column in 0..<grid.width {
        let columns = self.columns[firstColumn + column]
        var value = rows.isEmpty || columns.isEmpty ? Lanes.zero : Self.nothing
        for x in columns where !rows.isEmpty { value.raise(to: line[x]) }
        bins[row &* grid.width &+ column] = value
      }
    }
  }

  /// Below every number that can win.
  private static let nothing = Lanes(repeating: -.greatestFiniteMagnitude)

  // MARK: Backward

  /// One thread for a picture's channel block.
  ///
  /// Maxima are searched again: that takes less time than to write down who won and read it.
  func gradient(_ resultGradient: Tensor, _ map: Tensor) -> Tensor {
    resultGradient.withScalars { source in
      map.withChannelBlocks { cells in
        Tensor(channelBlocksOf: grid.map) { result in
          grid.eachPlane { picture, block, regions in
            let plane = (picture * grid.blockCount + block) * grid.cellCount
            (result + plane).update(repeating: .zero, count: grid.cellCount)
            guard let source = source.baseAddress else { return }
            withUnsafeTemporaryAllocation(of: Lanes.self, capacity: grid.binCount) { shares in
              guard let shares = shares.baseAddress else { return }
              grid.withScratch { maxima, line in
                for index in regions {
                  gatherChannels(
                    source + grid.resultOffset(index, block: block),
                    channels: grid.channelCount(ofBlock: block), count: grid.binCount,
                    into: shares)
                  pool(index, cells + plane, into: maxima, line)
                  add(index, shares, to: result + plane, cells + plane, maxima)
                }
              }
            }
          }
        }
      }
    }
  }

  /// Adds the share of each bin to the first of its cells that has the bin's maximum.
  private func add(
    _ index: Int, _ shares: UnsafePointer<Lanes>, to result: UnsafeMutablePointer<Lanes>,
    _ cells: UnsafePointer<Lanes>, _ maxima: UnsafePointer<Lanes>
  ) {
    for row in 0..<grid.height {
      let rows = self.rows[index * grid.height + row]
      for column in 0..<grid.width {
        let columns = self.columns[index * grid.width + column]
        let bin = row &* grid.width &+ column
        let maximum = maxima[bin]
        var share = shares[bin].replacing(with: 0, where: maximum .== Self.nothing)
        for y in rows {
          for x in columns {
            let cell = y &* grid.rowStride &+ x
            let wins = cells[cell] .== maximum
            result[cell] += Lanes.zero.replacing(with: share, where: wins)
            share.replace(with: 0, where: wins)
          }
        }
      }
    }
  }
}

extension Tensor.ChannelBlock {
  /// Takes the larger of each pair of lanes; NaN is never larger.
  @inline(__always)
  fileprivate mutating func raise(to other: Self) { replace(with: other, where: other .> self) }
}
