public import Tensors

/// Layers one after the other.
///
/// Neighbours are computed in one pass where that gives the same result: batch normalisation with
/// the ReLU behind it while training; convolution, normalisation and ReLU together in inference.
public final class Sequential: Layer, CustomStringConvertible {
  /// The layers, first to last.
  public let layers: [any Layer]
  private let folds: FoldedConvolutions

  /// The given layers, first to last.
  public convenience init(_ layers: any Layer...) { self.init(layers) }

  /// The layers of an array, first to last.
  public init(_ layers: [any Layer]) {
    self.layers = layers
    folds = FoldedConvolutions(count: layers.count)
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    var result = input
    var index = 0
    while index < layers.count {
      let (tensor, used) = pass(result, from: index)
      result = tensor
      index += used
    }
    return result
  }

  /// The result of the layer at `index`, with those behind it that one pass can take along.
  private func pass(_ input: Tensor, from index: Int) -> (result: Tensor, layerCount: Int) {
    func follower<Kind>(_ place: Int, _: Kind.Type) -> Kind? {
      place < layers.count ? layers[place] as? Kind : nil
    }
    if Phase.current == .inference, !LayerWatch.isOn,
      let convolution = layers[index] as? Conv2D,
      let norm = follower(index + 1, BatchNorm2D.self)
    {
      let hasReLU = follower(index + 2, ReLU.self) != nil
      let fold = folds.fold(at: index, convolution, norm)
      return (fold(input, withReLU: hasReLU), hasReLU ? 3 : 2)
    }
    if !LayerWatch.isOn, let norm = layers[index] as? BatchNorm2D,
      follower(index + 1, ReLU.self) != nil
    {
      return (norm.normalized(input, withReLU: true), 2)
    }
    return (layers[index](input), 1)
  }

  /// The layer as its own source would write it.
  public var description: String {
    "Sequential(\n" + layers.map { "  \(indented($0))\n" }.joined() + ")"
  }
}

/// The description of `layer`, its lines behind the first two places further in.
func indented(_ layer: any Layer) -> String {
  "\(layer)".split(separator: "\n").joined(separator: "\n  ")
}
