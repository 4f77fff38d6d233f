/// What RoIAlign reads along one axis: for each region and bin, cells of the map and their weights.
///
/// A bilinear sample is a weight for its row times a weight for its column, and a bin's samples are
/// a grid of rows and columns. So the mean of the samples is a sum over rows of sums over columns,
/// and each axis can be prepared by itself, once for all channels.
struct AxisTaps {
  struct Tap {
    var cell: Int
    var weight: Float
  }

  private(set) var taps: [Tap] = []
  /// `taps[starts[i]..<starts[i + 1]]` belong to bin i, all bins of a region one after the other.
  private(set) var starts = [0]
  /// For each region, from the first to behind the last cell that any of its bins reads.
  private(set) var reach: [Range<Int>] = []

  private let bins: Int
  private let extent: Int
  private let samplingRatio: Int?
  private let isAligned: Bool

  /// Taps of regions that `append` adds, on an axis of `extent` cells, for `bins` bins each.
  init(bins: Int, extent: Int, samplingRatio: Int?, isAligned: Bool) {
    self.bins = bins
    self.extent = extent
    self.samplingRatio = samplingRatio
    self.isAligned = isAligned
  }

  /// Adds the bins of a region between two edges in cells of the map.
  ///
  /// Positions are computed in Float, in the order in which torchvision's kernel computes them: a
  /// sample's last bit decides whether it lies on the map.
  mutating func append(from low: Float, to high: Float) {
    let shift: Float = isAligned ? 0.5 : 0
    let start = low - shift
    let length = isAligned ? (high - shift) - start : max((high - shift) - start, 1)
    let bin = length / Float(bins)
    let samples = samplingRatio ?? Int(bin.rounded(.up))
    let firstTap = taps.count
    for number in 0..<bins {
      for sample in 0..<max(samples, 0) {
        addSample(
          at: start + Float(number) * bin + (Float(sample) + 0.5) * bin / Float(samples),
          weight: 1 / Float(samples))
      }
      starts.append(taps.count)
    }
    let cells = taps[firstTap...].lazy.map(\.cell)
    reach.append((cells.min() ?? 0)..<(cells.max().map { $0 + 1 } ?? 0))
  }

  /// Adds the two cells beside `position`, unless it lies more than a cell outside of the map.
  ///
  /// Within that cell the border is repeated.
  private mutating func addSample(at position: Float, weight: Float) {
    guard position >= -1, position <= Float(extent) else { return }
    let inside = max(position, 0)
    let cell = Int(inside)
    guard cell < extent - 1 else { return addTap(Tap(cell: extent - 1, weight: weight)) }
    let share = inside - Float(cell)
    addTap(Tap(cell: cell, weight: (1 - share) * weight))
    addTap(Tap(cell: cell + 1, weight: share * weight))
  }

  /// Adds to the bin's tap of the same cell, which can only be one of the last two.
  private mutating func addTap(_ tap: Tap) {
    let bin = starts[starts.count - 1]
    for index in stride(from: taps.count - 1, through: max(bin, taps.count - 2), by: -1)
    where taps[index].cell == tap.cell {
      taps[index].weight += tap.weight
      return
    }
    taps.append(tap)
  }
}

extension AxisTaps {
  /// Lends taps and starts to a loop, which reads them without a check at each access.
  @inline(__always)
  func withTaps(_ body: (UnsafePointer<Tap>, UnsafePointer<Int>) -> Void) {
    taps.withUnsafeBufferPointer { taps in
      starts.withUnsafeBufferPointer { starts in
        // Without taps all starts are equal, and nobody reads through the other pointer.
        guard let starts = starts.baseAddress else { return }
        body(taps.baseAddress ?? UnsafePointer(bitPattern: 64)!, starts)
      }
    }
  }
}
