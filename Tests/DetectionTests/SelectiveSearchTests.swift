import Detection
import Tensors
import Testing

struct SelectiveSearchTests {
  /// A red and a blue square on grey, 48 × 64 pixels.
  private static let (height, width) = (48, 64)
  private static let squares = [Box(6, 8, 26, 28), Box(36, 14, 56, 34)]
  private static let rgb: [UInt8] = (0..<height).flatMap { y in
    (0..<width).flatMap { x -> [UInt8] in
      let (x, y) = (Float(x), Float(y))
      func isInside(_ box: Box) -> Bool {
        x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1
      }
      return isInside(squares[0])
        ? [200, 30, 40] : isInside(squares[1]) ? [30, 40, 200] : [120, 120, 120]
    }
  }

  private func proposals(_ rgb: [UInt8], height: Int, width: Int, seed: UInt64 = 1) -> [Box] {
    var random = SplitMix64(seed: seed)
    return SelectiveSearch.fast(scales: [20, 40], shortestSide: 5)(
      rgb: rgb, height: height, width: width, using: &random)
  }

  @Test func `even squares are proposed, and so is the whole picture`() {
    let found = proposals(Self.rgb, height: Self.height, width: Self.width)
    let picture = Box(0, 0, Float(Self.width), Float(Self.height))
    for box in Self.squares + [picture] {
      let best = found.map { intersectionOverUnion($0, box) }.max() ?? 0
      // The blur of 0.8 pixels moves an edge by a pixel or two.
      #expect(best > 0.75, "\(box): \(best)")
    }
  }

  @Test func `no box comes twice and none is thinner than asked`() {
    let found = proposals(Self.rgb, height: Self.height, width: Self.width)
    #expect(Set(found).count == found.count)
    #expect(found.allSatisfy { min($0.width, $0.height) >= 5 })
  }

  @Test func `the same seed gives the same order, another seed the same boxes`() {
    let first = proposals(Self.rgb, height: Self.height, width: Self.width)
    let again = proposals(Self.rgb, height: Self.height, width: Self.width)
    let other = proposals(Self.rgb, height: Self.height, width: Self.width, seed: 2)
    #expect(first == again)
    #expect(Set(first) == Set(other))
  }

  @Test(arguments: [(1, 1), (1, 9), (7, 1)])
  func `tiny pictures have no proposal, and do not stop the search`(height: Int, width: Int) {
    #expect(
      proposals([UInt8](repeating: 9, count: 3 * height * width), height: height, width: width)
        .isEmpty)
  }

  @Test func `merging ends with one region, and its labels with one number`() throws {
    let groupings = SelectiveSearch.fast(scales: [20]).groupings(
      rgb: Self.rgb, height: Self.height, width: Self.width)
    for grouping in groupings {
      let count = grouping.segmentation.count
      #expect(grouping.merges.count == count - 1)
      #expect(grouping.boxes.count == 2 * count - 1)
      #expect(Set(grouping.labels(afterMerges: 0)).count == count)
      #expect(Set(grouping.labels(afterMerges: count - 1)) == [2 * count - 2])
      #expect(grouping.boxes.last == Box(0, 0, Float(Self.width), Float(Self.height)))
    }
  }

  @Test func `pictures searched together give the same on one thread and on several`() {
    let threads = threadCount
    defer { setThreadCount(threads) }
    let search = SelectiveSearch.fast(scales: [20, 40], shortestSide: 5)
    let mirrored = Array(Self.rgb.reversed())
    func found(threads: Int) -> [[Box]] {
      setThreadCount(threads)
      var random = SplitMix64(seed: 3)
      return search(
        pictures: [Self.rgb, mirrored, Self.rgb], height: Self.height, width: Self.width,
        using: &random)
    }
    let alone = found(threads: 1)
    #expect(found(threads: 3) == alone)
    #expect(alone[0] != alone[1])
    // Each picture has random numbers of its own: the order of equal pictures' boxes differs.
    #expect(Set(alone[0]) == Set(alone[2]) && alone[0] != alone[2])
  }

  @Test func `no pictures give no proposals`() {
    var random = SplitMix64(seed: 3)
    let search = SelectiveSearch.fast(scales: [20], shortestSide: 5)
    #expect(search(pictures: [], height: 8, width: 8, using: &random).isEmpty)
  }
}
