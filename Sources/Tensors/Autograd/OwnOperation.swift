extension Tensor {
  /// The result of an operation written outside of this module, with its gradient.
  ///
  /// `value` holds what was computed from the elements of `inputs`. While training, `backward()`
  /// hands the gradient of the result to `pullback`, which returns that of each input, in their
  /// order and shapes; nil where an input has none.
  ///
  /// ```swift
  /// let squares = Tensor(input.scalars.map { $0 * $0 }, shape: input.shape)
  /// return Tensor(squares, from: [input]) { [input = input.detached] dy in [2 * input * dy] }
  /// ```
  ///
  /// `pullback` may keep detached tensors only: one with a past would keep its whole computation
  /// alive.
  public init(
    _ value: Tensor, from inputs: [Tensor], pullback: @escaping (Tensor) -> [Tensor?]
  ) {
    let shapes = inputs.map(\.shape)
    self.init(value.storage, from: inputs) { gradient in
      let shares = pullback(gradient)
      require(
        shares.count == shapes.count,
        "pullback: \(shares.count) gradients for \(shapes.count) inputs")
      for (share, shape) in zip(shares, shapes) {
        require(
          share == nil || share?.shape == shape,
          "pullback: a gradient of shape \(share?.shape ?? []) for an input of shape \(shape)")
      }
      return shares
    }
  }
}
