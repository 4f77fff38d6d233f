import Tensors

/// A convolution that has taken the normalisation behind it into its own weights and bias.
///
/// With k = scale / √(variance + ε): weights · k, and (bias − mean) · k + shift.
final class FoldedConvolution {
  private let weight: Tensor
  private let bias: Tensor
  private let original: Conv2D
  let versions: [Int]

  init(_ convolution: Conv2D, _ norm: BatchNorm2D, versions: [Int]) {
    original = convolution
    self.versions = versions
    let factor =
      norm.scale.value * (norm.runningVariance.value + norm.epsilon).power(-0.5)
    weight = convolution.weight.value * factor.reshaped([-1, 1, 1, 1])
    let start = convolution.bias?.value ?? .zeros(factor.shape)
    bias = (start - norm.runningMean.value) * factor + norm.shift.value
  }

  func callAsFunction(_ input: Tensor, withReLU: Bool) -> Tensor {
    let (stride, padding, dilation) = (original.stride, original.padding, original.dilation)
    return convolution(
      input, weight, bias: bias, stride: [stride, stride], padding: [padding, padding],
      dilation: [dilation, dilation], groups: original.groups, withReLU: withReLU)
  }
}

/// The folded convolutions of a `Sequential`, by place, remade when something they came from
/// changed.
final class FoldedConvolutions: OutsideModel {
  private var folds: [FoldedConvolution?]

  init(count: Int) { folds = Array(repeating: nil, count: count) }

  func fold(at place: Int, _ convolution: Conv2D, _ norm: BatchNorm2D) -> FoldedConvolution {
    let versions = [
      convolution.weight.version, convolution.bias?.version ?? 0, norm.scale.version,
      norm.shift.version, norm.runningMean.version, norm.runningVariance.version,
    ]
    if let fold = folds[place], fold.versions == versions { return fold }
    let fold = FoldedConvolution(convolution, norm, versions: versions)
    folds[place] = fold
    return fold
  }
}
