/// A picture cut into regions that cover it without overlap.
public struct Segmentation: Equatable, Sendable {
  /// Number of rows.
  public let height: Int
  /// Number of columns.
  public let width: Int
  /// The region of each pixel in row-major order, numbered from 0 in the order of first pixels.
  public let labels: [Int32]
  /// Number of regions.
  public let count: Int
}

/// Cuts a picture where neighbouring pixels differ by more than a region's own pixels do.
///
/// Pixels are the nodes of a graph, joined to their eight neighbours by edges that weigh the
/// Euclidean distance of their colours. Edges are taken from the lightest on; two components become
/// one where the edge is no heavier than the heaviest edge inside either, plus `scale` over its size.
/// Then components smaller than `minimumSize` join a neighbour, again from the lightest edge on.
/// Source: Felzenszwalb and Huttenlocher, "Efficient graph-based image segmentation", IJCV 2004.
///
/// - Parameters:
///   - picture: three planes, 0…255.
///   - scale: the paper's k: the larger, the larger the regions.
///   - minimumSize: in pixels.
///   - blur: deviation in pixels of the Gaussian blur that goes before.
public func graphSegmentation(
  _ picture: ColorPlanes, scale: Float, minimumSize: Int = 1, blur: Float = 0.8
) -> Segmentation {
  require(scale >= 0, "graphSegmentation: the scale must not be negative, and is \(scale)")
  let (height, width) = (picture.height, picture.width)
  let graph = PixelGraph(picture.blurred(deviation: blur))
  var components = PixelComponents(count: height * width, scale: scale)
  for edge in graph.edges {
    let (a, b) = (components.root(of: edge.from), components.root(of: edge.to))
    if a != b, edge.weight <= min(components.threshold(of: a), components.threshold(of: b)) {
      components.join(a, b, by: edge.weight)
    }
  }
  if minimumSize > 1 {
    for edge in graph.edges {
      let (a, b) = (components.root(of: edge.from), components.root(of: edge.to))
      if a != b, min(components.size(of: a), components.size(of: b)) < minimumSize {
        components.join(a, b, by: edge.weight)
      }
    }
  }
  return components.segmentation(height: height, width: width)
}

/// The edges between neighbouring pixels, lightest first; equal ones in reading order.
private struct PixelGraph {
  struct Edge {
    var from: Int32
    var to: Int32
    var weight: Float
  }

  private(set) var edges: [Edge] = []

  init(_ picture: ColorPlanes) {
    let (height, width) = (picture.height, picture.width)
    let (first, second, third) = (picture.planes[0], picture.planes[1], picture.planes[2])
    var unsorted: [Edge] = []
    unsorted.reserveCapacity(4 * height * width)
    for y in 0..<height {
      for x in 0..<width {
        let here = y * width + x
        func join(_ there: Int) {
          let difference = SIMD3(
            first[here] - first[there], second[here] - second[there], third[here] - third[there])
          unsorted.append(
            Edge(
              from: Int32(here), to: Int32(there),
              weight: (difference * difference).sum().squareRoot()))
        }
        if x + 1 < width { join(here + 1) }
        if y + 1 < height {
          join(here + width)
          if x + 1 < width { join(here + width + 1) }
          if x > 0 { join(here + width - 1) }
        }
      }
    }
    edges = sortedByWeight(unsorted)
  }
}

/// A radix sort in three passes of eleven bits: the bits of numbers from 0 up are in their order.
private func sortedByWeight(_ edges: [PixelGraph.Edge]) -> [PixelGraph.Edge] {
  let (bits, buckets) = (11, 1 << 11)
  var (current, next) = (edges, edges)
  for shift in stride(from: 0, to: 3 * bits, by: bits) {
    var starts = [Int](repeating: 0, count: buckets + 1)
    func bucket(_ edge: PixelGraph.Edge) -> Int {
      Int(edge.weight.bitPattern >> UInt32(shift)) & (buckets - 1)
    }
    for edge in current { starts[bucket(edge) + 1] += 1 }
    for index in 1...buckets { starts[index] += starts[index - 1] }
    for edge in current {
      let index = bucket(edge)
      next[starts[index]] = edge
      starts[index] += 1
    }
    swap(&current, &next)
  }
  return current
}

/// Sets of pixels that grow together, each with the weight up to which it accepts an edge.
private struct PixelComponents {
  private var parents: [Int32]
  private var sizes: [Int32]
  private var thresholds: [Float]
  private let scale: Float

  init(count: Int, scale: Float) {
    parents = (0..<Int32(count)).map { $0 }
    sizes = [Int32](repeating: 1, count: count)
    thresholds = [Float](repeating: scale, count: count)
    self.scale = scale
  }

  func size(of root: Int) -> Int { Int(sizes[root]) }
  func threshold(of root: Int) -> Float { thresholds[root] }

  mutating func root(of pixel: Int32) -> Int {
    var pixel = Int(pixel)
    while parents[pixel] != pixel {
      parents[pixel] = parents[Int(parents[pixel])]
      pixel = Int(parents[pixel])
    }
    return pixel
  }

  mutating func join(_ a: Int, _ b: Int, by weight: Float) {
    let (large, small) = sizes[a] >= sizes[b] ? (a, b) : (b, a)
    parents[small] = Int32(large)
    sizes[large] += sizes[small]
    thresholds[large] = weight + scale / Float(sizes[large])
  }

  mutating func segmentation(height: Int, width: Int) -> Segmentation {
    var numberOfRoot = [Int32](repeating: -1, count: parents.count)
    var labels = [Int32](repeating: 0, count: parents.count)
    var count: Int32 = 0
    for pixel in labels.indices {
      let root = root(of: Int32(pixel))
      if numberOfRoot[root] < 0 {
        numberOfRoot[root] = count
        count += 1
      }
      labels[pixel] = numberOfRoot[root]
    }
    return Segmentation(height: height, width: width, labels: labels, count: Int(count))
  }
}
