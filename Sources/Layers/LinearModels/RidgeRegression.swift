public import Tensors

/// A linear map fitted by least squares, its weights held back: closed form, no steps.
///
/// Minimises ‖XW − Y‖² + λ‖W‖², which (XᵀX + λI)W = XᵀY solves.
public struct RidgeRegression: Codable, Sendable {
  /// One row a feature, one column a target, row-major.
  public let weights: [Float]
  /// Numbers that are predicted for each row.
  public let targetCount: Int

  /// Fits rows of features to rows of targets.
  ///
  /// There is no bias: append a feature that is always 1 where one is wanted.
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - targets: `[N, T]`.
  ///   - penalty: λ, 0 or more; with 0, the features must not depend on one another.
  public init(features: Tensor, targets: Tensor, penalty: Float) {
    require(
      features.rank == 2 && targets.rank == 2 && features.shape[0] == targets.shape[0],
      "RidgeRegression: features \(features.shape) and targets \(targets.shape); give as many rows")
    require(penalty >= 0, "RidgeRegression: the penalty is \(penalty), below 0")
    let transposed = features.permuted([1, 0])
    var system = SymmetricSystem(
      matrix: matmul(transposed, features).scalars.map(Double.init), size: features.shape[1])
    system.addToDiagonal(Double(penalty))
    targetCount = targets.shape[1]
    weights = system.solutions(
      of: matmul(transposed, targets).scalars.map(Double.init), columns: targetCount
    ).map(Float.init)
  }

  /// The targets of each row: `[N, D]` → `[N, T]`.
  public func callAsFunction(_ features: Tensor) -> Tensor {
    matmul(features, Tensor(weights, shape: [weights.count / targetCount, targetCount]))
  }
}

/// A symmetric positive definite system of equations, solved by Cholesky's factorisation A = LLᵀ.
private struct SymmetricSystem {
  private var matrix: [Double]
  private let size: Int

  init(matrix: [Double], size: Int) { (self.matrix, self.size) = (matrix, size) }

  mutating func addToDiagonal(_ value: Double) {
    for index in 0..<size { matrix[index * size + index] += value }
  }

  /// The solution for each column of the right side, `[size, columns]` row-major.
  func solutions(of rightSide: [Double], columns: Int) -> [Double] {
    let lower = factor()
    var result = rightSide
    for row in 0..<size {
      for column in 0..<columns {
        for k in 0..<row {
          result[row * columns + column] -= lower[row * size + k] * result[k * columns + column]
        }
        result[row * columns + column] /= lower[row * size + row]
      }
    }
    for row in (0..<size).reversed() {
      for column in 0..<columns {
        for k in row + 1..<size {
          result[row * columns + column] -= lower[k * size + row] * result[k * columns + column]
        }
        result[row * columns + column] /= lower[row * size + row]
      }
    }
    return result
  }

  private func factor() -> [Double] {
    var lower = [Double](repeating: 0, count: size * size)
    lower.withUnsafeMutableBufferPointer { lower in
      for row in 0..<size {
        for column in 0...row {
          var sum = matrix[row * size + column]
          for k in 0..<column { sum -= lower[row * size + k] * lower[column * size + k] }
          if row == column {
            // The matrix was summed in Float: what is left below its rounding is not information.
            require(
              sum > Double(Float.ulpOfOne) * matrix[row * size + row],
              "RidgeRegression: the features depend on one another; give a penalty above 0")
            lower[row * size + row] = sum.squareRoot()
          } else {
            lower[row * size + column] = sum / lower[column * size + column]
          }
        }
      }
    }
    return lower
  }
}
