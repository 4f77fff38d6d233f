public import Tensors

/// A linear support vector machine for one class: which side of a plane a row of features lies on.
///
/// Minimises ½‖w‖² + ½(b/B)² + Σ Cᵢ·max(0, 1 − yᵢ(w·xᵢ + b)), with y = ±1, B the bias feature and
/// C the cost, multiplied by `positiveWeight` where y = 1.
///
/// Source: Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", ICML 2008,
/// algorithm 1, for the hinge loss and without shrinking.
public struct LinearSVM: Codable, Sendable {
  /// How much errors cost, and the bias is held back.
  public struct Costs: Hashable, Codable, Sendable {
    /// The cost C of a unit of hinge loss.
    public var cost: Float
    /// The factor on C for positive rows.
    public var positiveWeight: Float
    /// The constant feature B that the bias multiplies: the larger, the freer the bias.
    public var biasFeature: Float

    /// Makes costs; R-CNN's program has 0.001, 2 and 10.
    public init(cost: Float = 0.001, positiveWeight: Float = 2, biasFeature: Float = 10) {
      require(
        cost > 0 && positiveWeight > 0 && biasFeature > 0,
        "LinearSVM: cost \(cost), weight \(positiveWeight), bias feature \(biasFeature); "
          + "all must be above 0")
      (self.cost, self.positiveWeight, self.biasFeature) = (cost, positiveWeight, biasFeature)
    }
  }

  /// One weight a feature.
  public let weights: [Float]
  /// Added to the weighted sum.
  public let bias: Float

  /// A machine with given weights.
  public init(weights: [Float], bias: Float) { (self.weights, self.bias) = (weights, bias) }

  /// Trains on rows of features.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - isPositive: for each row whether it belongs to the class.
  ///   - tolerance: ends when no multiplier wants to move by more than this much of a margin.
  ///   - mostPasses: ends after so many passes over the rows all the same.
  ///   - random: the order in which rows are visited.
  public init(
    features: Tensor, isPositive: [Bool], costs: Costs = Costs(), tolerance: Float = 0.01,
    mostPasses: Int = 1000, using random: inout SplitMix64
  ) {
    require(
      features.rank == 2 && features.shape[0] == isPositive.count,
      "LinearSVM: features \(features.shape) for \(isPositive.count) rows; give [rows, features]")
    let rows = PaddedRows(features, biasFeature: costs.biasFeature)
    let limits = isPositive.map { costs.cost * ($0 ? costs.positiveWeight : 1) }
    let plane = rows.plane(
      isPositive: isPositive, limits: limits, tolerance: tolerance, mostPasses: mostPasses,
      using: &random)
    weights = Array(plane.prefix(features.shape[1]))
    bias = plane[features.shape[1]] * costs.biasFeature
  }

  /// How far on the class's side each row lies, 1 being the margin: `[N, D]` → N numbers.
  public func scores(_ features: Tensor) -> [Float] {
    linear(
      features, Tensor(weights, shape: [1, weights.count]), bias: Tensor([bias], shape: [1])
    ).scalars
  }

  /// What training minimises.
  public func objective(
    features: Tensor, isPositive: [Bool], costs: Costs = Costs()
  ) -> Double {
    let scaledBias = Double(bias / costs.biasFeature)
    let length = weights.reduce(scaledBias * scaledBias) { $0 + Double($1) * Double($1) }
    let losses = zip(scores(features), isPositive).map { score, isPositive in
      Double(isPositive ? costs.positiveWeight * max(0, 1 - score) : max(0, 1 + score))
    }
    return length / 2 + Double(costs.cost) * losses.reduce(0, +)
  }
}

/// Rows of features with the bias feature behind them, filled up to whole vectors.
private struct PaddedRows {
  typealias Lanes = SIMD16<Float>

  let count: Int
  /// Vectors in a row.
  let width: Int
  private let vectors: [Lanes]

  init(_ features: Tensor, biasFeature: Float) {
    let columns = features.shape[1]
    let (count, width) = (features.shape[0], columns / Lanes.scalarCount + 1)
    self.count = count
    self.width = width
    vectors = features.withScalars { scalars in
      (0..<count * width).map { index in
        let (row, first) = (index / width, index % width * Lanes.scalarCount)
        var vector = Lanes.zero
        for lane in 0..<min(Lanes.scalarCount, columns - first) {
          vector[lane] = scalars[row * columns + first + lane]
        }
        if columns - first < Lanes.scalarCount { vector[columns - first] = biasFeature }
        return vector
      }
    }
  }

  /// The weights of features and bias feature that minimise the objective.
  ///
  /// Every row has a multiplier from 0 to its limit, and the plane is the sum of all rows, each times
  /// its multiplier and sign. A row's best multiplier, the others held, is a division.
  func plane(
    isPositive: [Bool], limits: [Float], tolerance: Float, mostPasses: Int,
    using random: inout SplitMix64
  ) -> [Float] {
    var plane = [Lanes](repeating: .zero, count: width)
    var multipliers = [Float](repeating: 0, count: count)
    let squares = (0..<count).map { dot(row: $0, vectors) { $0[$1] } }
    var order = Array(0..<count)
    for _ in 0..<mostPasses {
      order.shuffle(using: &random)
      var largestStep: Float = 0
      for row in order {
        let sign: Float = isPositive[row] ? 1 : -1
        let slope = sign * dot(row: row, plane) { vectors, index in vectors[index % width] } - 1
        let old = multipliers[row]
        let new = min(max(old - slope / squares[row], 0), limits[row])
        guard new != old else { continue }
        largestStep = max(largestStep, abs(slope))
        multipliers[row] = new
        let move = Lanes(repeating: sign * (new - old))
        for index in 0..<width { plane[index] += move * vectors[row * width + index] }
      }
      if largestStep < tolerance { break }
    }
    return plane.flatMap { vector in (0..<Lanes.scalarCount).map { vector[$0] } }
  }

  @inline(__always)
  private func dot(row: Int, _ other: [Lanes], _ element: ([Lanes], Int) -> Lanes) -> Float {
    var sum = Lanes.zero
    for index in row * width..<(row + 1) * width { sum += vectors[index] * element(other, index) }
    return sum.sum()
  }
}
