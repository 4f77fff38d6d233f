public import Tensors

/// A random generator that a layer keeps, saved with the training's state.
public final class RandomStream {
  /// The generator as it stands.
  public var generator: SplitMix64

  /// A stream of its own, started by a draw from `generator`.
  public init(from generator: inout SplitMix64) {
    self.generator = SplitMix64(seed: generator.next())
  }
}

/// Sets a share of the elements to zero while training, and passes everything on afterwards.
public final class Dropout: Layer, CustomStringConvertible {
  /// The probability with which an element is dropped.
  public let rate: Float
  /// Decides which elements are dropped.
  public let random: RandomStream

  /// A layer that drops elements at `rate`, with random numbers of its own.
  public init(_ rate: Float, using generator: inout SplitMix64) {
    self.rate = rate
    random = RandomStream(from: &generator)
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    watched(input.dropout(rate: rate, using: &random.generator))
  }

  /// The layer as its own source would write it.
  public var description: String { "Dropout(\(rate))" }
}
