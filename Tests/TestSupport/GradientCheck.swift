package import Tensors
package import Testing

extension Tolerance {
  /// A central difference in Float with a step of 2⁻⁷ and values of about 1.
  ///
  /// The cut Taylor series leaves 2⁻¹⁴ of a sixth of the third derivative, and the rounding of the
  /// two results, divided by the step, 2⁻¹⁷. A wrong gradient is off by its own size.
  package static let centralDifference = Tolerance(
    "central difference", absolute: 2e-3, relative: 2e-3)
}

/// Compares the gradients that `backward` gives with the slope of the function itself.
///
/// The function is walked a little along one random direction of all inputs at once, and its
/// result is weighed by random numbers, in Double. Inputs must keep away from kinks.
package func checkGradient(
  _ inputs: [Tensor], seed: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation,
  _ function: ([Tensor]) -> Tensor
) {
  var generator = SplitMix64(seed: seed)
  let parameters = inputs.map { Parameter($0) }
  let result = training { function(parameters.map(\.value)) }
  let weights = Tensor.normal(result.shape, using: &generator)
  result.backward(from: weights)
  let directions = inputs.map { Tensor.normal($0.shape, using: &generator) }

  var expected = 0.0
  for (parameter, direction) in zip(parameters, directions) {
    guard let gradient = parameter.gradient else {
      Issue.record("an input has no gradient", sourceLocation: sourceLocation)
      return
    }
    expected += dot(gradient, direction)
  }
  let step: Float = 0x1p-7
  let ahead = zip(inputs, directions).map { $0 + $1 * step }
  let behind = zip(inputs, directions).map { $0 - $1 * step }
  let slope = (dot(function(ahead), weights) - dot(function(behind), weights)) / Double(2 * step)
  if !Tolerance.centralDifference.allows(slope, expected) {
    Issue.record(
      "the function's slope is \(slope), its gradient says \(expected)",
      sourceLocation: sourceLocation)
  }
}

private func dot(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.scalars, b.scalars).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
