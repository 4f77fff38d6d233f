public import Layers
public import Tensors

/// The 18-layer residual network for pictures, with a score for each of `classes`.
///
/// `[N, 3, H, W]` → `[N, classes]`. A 7×7 convolution and a pooling shrink the picture to a fourth;
/// four pairs of residual blocks follow, with 64, 128, 256 and 512 channels, each pair behind the first
/// at half the extent; then the mean over the map, and a linear layer.
///
/// Source: He et al., "Deep residual learning for image recognition", CVPR 2016, table 1.
public final class ResNet18: Layer {
  private let layers: Sequential

  /// A network with fresh weights.
  public init(
    classes: Int, initializer: Initializer = .he, using generator: inout SplitMix64
  ) {
    var layers: [any Layer] = [
      Conv2D(
        3, 64, kernel: 7, stride: 2, padding: 3, hasBias: false, initializer: initializer,
        using: &generator),
      BatchNorm2D(64), ReLU(), MaxPool2D(3, stride: 2, padding: 1),
    ]
    var inputs = 64
    for (outputs, stride) in [(64, 1), (128, 2), (256, 2), (512, 2)] {
      layers.append(
        ResidualBlock(
          inputs, outputs, stride: stride, initializer: initializer, using: &generator))
      layers.append(ResidualBlock(outputs, outputs, initializer: initializer, using: &generator))
      inputs = outputs
    }
    layers += [AdaptiveAveragePool2D(), Flatten(), Linear(inputs, classes, using: &generator)]
    self.layers = Sequential(layers)
  }

  /// Unnormalised scores of the classes.
  public func callAsFunction(_ input: Tensor) -> Tensor { layers(input) }
}
