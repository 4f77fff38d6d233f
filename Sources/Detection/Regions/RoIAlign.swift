public import Tensors

/// Features of fixed size for each region: the mean of samples between the cells of a map.
///
/// A region is divided into `height` × `width` equal bins, nothing is rounded, and in each bin the
/// map is read at evenly spaced points by bilinear interpolation. A point up to one cell outside of
/// the map reads its border, one further out counts as 0.
///
/// ## Shapes
/// - `map`: `[N, C, H, W]`; result: `[K, C, height, width]` for K regions, in row-major order
///
/// ## Gradient
/// Flows to the map, by the weights of the reading; regions are constants.
///
/// Source: He, Gkioxari, Dollár and Girshick, "Mask R-CNN", ICCV 2017, section 3; details as in
/// torchvision's `roi_align`.
///
/// - Parameters:
///   - map: The features of a batch of pictures.
///   - regions: Where to read, in pixels of the pictures.
///   - height: Bins from top to bottom.
///   - width: Bins from left to right.
///   - cellsPerPixel: Side of the map over side of the picture, such as 1/16.
///   - samplingRatio: Samples of a bin along each axis; nil: as many as the bin has cells, rounded up.
///   - aligned: Whether pixel and cell centres lie at halves, so that a region that covers the map
///     gives the map back. torchvision's default is false, which reads half a cell too far right and
///     down and takes a side of less than one cell for one.
public func roiAlign(
  _ map: Tensor, _ regions: [Region], height: Int, width: Int, cellsPerPixel: Float,
  samplingRatio: Int? = nil, aligned: Bool = true
) -> Tensor {
  let grid = RegionGrid(
    "roiAlign", map, regions, height: height, width: width, cellsPerPixel: cellsPerPixel)
  require(
    samplingRatio.map { $0 > 0 } ?? true,
    "roiAlign: samplingRatio is \(samplingRatio ?? 0); give at least 1, or nil to adapt it")
  let alignment = RegionAlignment(grid, samplingRatio: samplingRatio, isAligned: aligned)
  return Tensor(alignment.read(map), from: [map]) { [alignment.gradient($0)] }
}

/// The bins of all regions, ready to be read from a map and to be written to its gradient.
private struct RegionAlignment {
  typealias Lanes = Tensor.ChannelBlock

  let grid: RegionGrid
  private var rows: AxisTaps
  private var columns: AxisTaps

  init(_ grid: RegionGrid, samplingRatio: Int?, isAligned: Bool) {
    self.grid = grid
    rows = AxisTaps(
      bins: grid.height, extent: grid.map[2], samplingRatio: samplingRatio, isAligned: isAligned)
    columns = AxisTaps(
      bins: grid.width, extent: grid.map[3], samplingRatio: samplingRatio, isAligned: isAligned)
    for region in grid.regions {
      let box = region.box.scaled(x: grid.cellsPerPixel, y: grid.cellsPerPixel)
      rows.append(from: box.y0, to: box.y1)
      columns.append(from: box.x0, to: box.x1)
    }
  }

  // MARK: Forward

  /// One thread for a range of regions; block after block, so that a block's cells stay in cache.
  func read(_ map: Tensor) -> Tensor {
    map.withChannelBlocks { cells in
      Tensor(shape: grid.resultShape) { result in
        guard let result = result.baseAddress else { return }
        grid.eachRange { range in
          grid.withScratch { bins, line in
            for block in 0..<grid.blockCount {
              for index in range {
                let plane = grid.regions[index].picture * grid.blockCount + block
                read(index, cells + plane * grid.cellCount, into: bins, line)
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

  /// Sums the rows of each row of bins into `line`, then its columns into the bins.
  private func read(
    _ index: Int, _ cells: UnsafePointer<Lanes>, into bins: UnsafeMutablePointer<Lanes>,
    _ line: UnsafeMutablePointer<Lanes>
  ) {
    let reach = columns.reach[index]
    rows.withTaps { rowTaps, rowStarts in
      columns.withTaps { columnTaps, columnStarts in
        for row in 0..<grid.height {
          let bin = index * grid.height + row
          (line + reach.lowerBound).update(repeating: .zero, count: reach.count)
          for tap in rowStarts[bin]..<rowStarts[bin + 1] {
            let (weight, row) = (rowTaps[tap].weight, cells + rowTaps[tap].cell * grid.rowStride)
            for column in reach { line[column] += weight * row[column] }
          }
          for column in 0..<grid.width {
            let bin = index * grid.width + column
            var sum = Lanes.zero
            for tap in columnStarts[bin]..<columnStarts[bin + 1] {
              sum += columnTaps[tap].weight * line[columnTaps[tap].cell]
            }
            bins[row * grid.width + column] = sum
          }
        }
      }
    }
  }

  // MARK: Backward

  /// The reading in reverse, one thread for a picture's channel block.
  func gradient(_ resultGradient: Tensor) -> Tensor {
    resultGradient.withScalars { source in
      Tensor(channelBlocksOf: grid.map) { cells in
        grid.eachPlane { picture, block, regions in
          let plane = cells + (picture * grid.blockCount + block) * grid.cellCount
          plane.update(repeating: .zero, count: grid.cellCount)
          guard let source = source.baseAddress else { return }
          grid.withScratch { bins, line in
            for index in regions {
              gatherChannels(
                source + grid.resultOffset(index, block: block),
                channels: grid.channelCount(ofBlock: block), count: grid.binCount, into: bins)
              write(index, bins, into: plane, line)
            }
          }
        }
      }
    }
  }

  private func write(
    _ index: Int, _ bins: UnsafeMutablePointer<Lanes>, into cells: UnsafeMutablePointer<Lanes>,
    _ line: UnsafeMutablePointer<Lanes>
  ) {
    let reach = columns.reach[index]
    rows.withTaps { rowTaps, rowStarts in
      columns.withTaps { columnTaps, columnStarts in
        for row in 0..<grid.height {
          (line + reach.lowerBound).update(repeating: .zero, count: reach.count)
          for column in 0..<grid.width {
            let bin = index * grid.width + column
            let share = bins[row * grid.width + column]
            for tap in columnStarts[bin]..<columnStarts[bin + 1] {
              line[columnTaps[tap].cell] += columnTaps[tap].weight * share
            }
          }
          let bin = index * grid.height + row
          for tap in rowStarts[bin]..<rowStarts[bin + 1] {
            let (weight, row) = (rowTaps[tap].weight, cells + rowTaps[tap].cell * grid.rowStride)
            for column in reach { row[column] += weight * line[column] }
          }
        }
      }
    }
  }
}
