import Tensors
import TestSupport

/// How a golden operation is said in our words, and how close it must come.
struct OperationRunner: Sendable {
  let tolerance: @Sendable (GoldenCase) -> Tolerance
  let forward: @Sendable ([Tensor], GoldenCase) -> Tensor

  init(
    _ tolerance: Tolerance,
    _ forward: @escaping @Sendable ([Tensor], GoldenCase) -> Tensor
  ) {
    self.tolerance = { _ in tolerance }
    self.forward = forward
  }

  init(
    toleranceFor tolerance: @escaping @Sendable (GoldenCase) -> Tolerance,
    _ forward: @escaping @Sendable ([Tensor], GoldenCase) -> Tensor
  ) {
    self.tolerance = tolerance
    self.forward = forward
  }

  static func binary(_ operation: @escaping @Sendable (Tensor, Tensor) -> Tensor) -> Self {
    Self(.arithmetic) { inputs, golden in
      guard let number = golden.number else { return operation(inputs[0], inputs[1]) }
      return golden.numberSide == "left"
        ? operation(Tensor(number), inputs[0]) : operation(inputs[0], Tensor(number))
    }
  }
}

extension Tolerance {
  /// As `elementwise`; a stretched operand's gradient adds up to 40 such numbers, and some cancel.
  fileprivate static let arithmetic = Tolerance(
    "arithmetic", absolute: 16 * rounding, relative: 8 * rounding)

  /// A mean, and a mean of squares of up to 3; gradients are a share of single elements.
  fileprivate static let variance = Tolerance(
    "variance", absolute: 16 * rounding, relative: 16 * rounding)
}

let arithmeticRunners: [String: OperationRunner] = [
  "add": .binary(+), "subtract": .binary(-), "multiply": .binary(*), "divide": .binary(/),
  "matmul": OperationRunner(toleranceFor: productTolerance) { inputs, _ in
    matmul(inputs[0], inputs[1])
  },
  "linear": OperationRunner(toleranceFor: productTolerance) { inputs, _ in
    linear(inputs[0], inputs[1], bias: inputs.count > 2 ? inputs[2] : nil)
  },
]

/// Products of up to 2 with up to ½, or with gradients of up to 1½.
@Sendable private func productTolerance(_ golden: GoldenCase) -> Tolerance {
  let extents = golden.inputs.flatMap(\.expected.shape) + golden.output.shape
  return .dot(count: extents.reduce(1, max) + 1, magnitude: 3)
}

let functionRunners: [String: OperationRunner] = [
  // MARK: Functions of one element
  "relu": OperationRunner(.exact) { inputs, _ in inputs[0].relu },
  "leakyReLU": OperationRunner(.elementwise) { $0[0].leakyReLU(slope: $1.slope!) },
  "clamped": OperationRunner(.exact) { $0[0].clamped(to: $1.low!...$1.high!) },
  "abs": OperationRunner(.exact) { inputs, _ in inputs[0].magnitude },
  "exp": OperationRunner(.polynomial) { inputs, _ in inputs[0].exponential },
  "log": OperationRunner(.tabledLogarithm) { inputs, _ in inputs[0].logarithm },
  "sqrt": OperationRunner(.elementwise) { inputs, _ in inputs[0].squareRoot },
  "power": OperationRunner(.polynomial) { $0[0].power($1.exponent!) },
  "sigmoid": OperationRunner(.polynomial) { inputs, _ in inputs[0].sigmoid },
  "tanh": OperationRunner(.polynomial) { inputs, _ in inputs[0].tanh },
  "softplus": OperationRunner(.polynomial) { inputs, _ in inputs[0].softplus },

  // MARK: Reductions
  // Sums of sixteenths are exact.
  "sum": OperationRunner(.exact) {
    $0[0].sum(along: $1.axes!, keepingAxes: $1.keepingDimensions!)
  },
  "mean": OperationRunner(.elementwise) {
    $0[0].mean(along: $1.axes!, keepingAxes: $1.keepingDimensions!)
  },
  "max": OperationRunner(.exact) {
    $0[0].max(along: $1.axes!, keepingAxes: $1.keepingDimensions!)
  },
  "min": OperationRunner(.exact) {
    $0[0].min(along: $1.axes!, keepingAxes: $1.keepingDimensions!)
  },
  "variance": OperationRunner(.variance) {
    $0[0].variance(along: $1.axes!, unbiased: $1.unbiased!)
  },

  // MARK: Softmax
  "softmax": OperationRunner(.polynomial) { alongLast($0[0], $1.axis!, \.softmax) },
  "logSoftmax": OperationRunner(.polynomial) { alongLast($0[0], $1.axis!, \.logSoftmax) },
]

/// Exchanges `axis` with the last one, around `operation`.
private func alongLast(
  _ input: Tensor, _ axis: Int, _ operation: (Tensor) -> Tensor
) -> Tensor {
  var order = Array(0..<input.rank)
  order.swapAt(axis, input.rank - 1)
  return operation(input.permuted(order)).permuted(order)
}

let shapeRunners: [String: OperationRunner] = [
  "reshape": OperationRunner(.exact) { $0[0].reshaped($1.shape!) },
  "permute": OperationRunner(.exact) { $0[0].permuted($1.order!) },
  "concatenate": OperationRunner(.exact) { concatenated($0, along: $1.axis!) },
  "stacked": OperationRunner(.exact) { stacked($0, along: $1.axis!) },
  "slice": OperationRunner(.exact) { inputs, golden in
    golden.bounds!.enumerated().reduce(inputs[0]) { part, bound in
      part.slice(bound.element[0]..<bound.element[1], along: bound.offset)
    }
  },
  "padded": OperationRunner(.exact) {
    $0[0].padded(before: $1.before!, after: $1.after!, with: $1.number!)
  },
  "flipped": OperationRunner(.exact) { $0[0].flipped(along: $1.axes!) },
  // Sums of sixteenths are exact.
  "selected": OperationRunner(.exact) { $0[0].selected($1.indices!, along: $1.axis!) },
  "gathered": OperationRunner(.exact) { $0[0].gathered($1.indices!, along: $1.axis!) },
]
