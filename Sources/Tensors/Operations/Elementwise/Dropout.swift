extension Tensor {
  /// Sets each element to zero with probability `rate`, and divides the others by 1 − `rate`.
  ///
  /// In the training phase only: in inference it returns the tensor and leaves the generator alone.
  ///
  /// Each element has its own number of the generator's sequence, so the result does not depend on
  /// the number of threads.
  ///
  /// Source: Srivastava et al., "Dropout", JMLR 2014, with the scaling moved to training.
  public func dropout(rate: Float, using generator: inout SplitMix64) -> Tensor {
    require((0..<1).contains(rate), "dropout: the rate \(rate) is outside of 0 ..< 1")
    if Phase.current == .inference { return self }
    let x = storage.rowMajor
    let (factors, y) = (Storage(x.layout), Storage(x.layout))
    let start = generator
    let kept = 1 / (1 - rate)
    inParallel(count, grain: 16) { range in
      var numbers = start.advanced(by: range.lowerBound)
      for i in range { factors.floats[i] = numbers.nextUnit() < rate ? 0 : kept }
    }
    generator = start.advanced(by: count)
    combine(Product.self, x.floats, factors.floats, y.floats, count)
    return Tensor(y, from: [self]) { gradient in [gradient * Tensor(factors)] }
  }
}
