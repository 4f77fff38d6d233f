extension Tensor {
  /// max(0, x) of each element.
  ///
  /// Its derivative at 0 is 0.
  public var relu: Tensor {
    // f(0) = 0: any order of elements will do, with what pads it.
    let x = storage
    let y = Storage(x.layout)
    combine(Larger.self, x.floats, nil, y.floats, x.paddedCount)
    return Tensor(y, from: [self]) { gradient in
      let dy = gradient.storage.converted(to: y.layout)
      let dx = Storage(y.layout)
      combine(WherePositive.self, dy.floats, y.floats, dx.floats, y.paddedCount)
      return [Tensor(dx)]
    }
  }

  /// x where it is positive, `slope` · x elsewhere.
  ///
  /// Its derivative at 0 is `slope`.
  ///
  /// Source: Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic
  /// models", ICML workshops 2013.
  public func leakyReLU(slope: Float = 0.01) -> Tensor { mapped(LeakyReLU.self, slope) }

  /// Each element, or the nearer end of `range` where it lies outside.
  ///
  /// Its derivative is 1 inside and at the ends, 0 outside.
  public func clamped(to range: ClosedRange<Float>) -> Tensor {
    range.contains(0)
      ? mapped(ClampAroundZero.self, range.lowerBound, range.upperBound)
      : mapped(Clamp.self, range.lowerBound, range.upperBound)
  }

  /// log(1 + eˣ) of each element: a rectifier without a kink.
  public var softplus: Tensor { mapped(Softplus.self) }
}

private enum LeakyReLU: ElementFunction {
  static let keepsZero = true
  static func value(_ x: Lanes, _ slope: Float, _: Float) -> Lanes {
    x.replacing(with: x * slope, where: x .<= 0)
  }
  static func slope(_ x: Lanes, _ slope: Float, _: Float) -> Lanes {
    Lanes(repeating: 1).replacing(with: slope, where: x .<= 0)
  }
}

private enum Clamp: ElementFunction {
  static let keepsZero = false
  static func value(_ x: Lanes, _ low: Float, _ high: Float) -> Lanes {
    x.within(low, high)
  }
  static func slope(_ x: Lanes, _ low: Float, _ high: Float) -> Lanes {
    Lanes.zero.replacing(with: 1, where: (x .>= low) .& (x .<= high))
  }
}

private enum ClampAroundZero: ElementFunction {
  static let keepsZero = true
  static func value(_ x: Lanes, _ low: Float, _ high: Float) -> Lanes {
    Clamp.value(x, low, high)
  }
  static func slope(_ x: Lanes, _ low: Float, _ high: Float) -> Lanes {
    Clamp.slope(x, low, high)
  }
}

private enum Softplus: ElementFunction {
  static let keepsZero = false
  static func value(_ x: Lanes, _: Float, _: Float) -> Lanes { VectorMath.softplus(x) }
  static func slope(_ x: Lanes, _: Float, _: Float) -> Lanes { VectorMath.sigmoid(x) }
}
