import COneDNN

extension Tensor {
  /// eˣ of each element.
  public var exponential: Tensor { mapped(ODN_EXP) }
  /// The natural logarithm of each element.
  public var logarithm: Tensor { mapped(ODN_LOG) }
  /// The square root of each element.
  public var squareRoot: Tensor { mapped(ODN_SQRT) }
  /// The absolute value of each element.
  ///
  /// Its derivative at 0 is 0.
  public var magnitude: Tensor { mapped(ODN_ABS) }
  /// The hyperbolic tangent of each element.
  public var tanh: Tensor { mapped(ODN_TANH) }
  /// 1 / (1 + e⁻ˣ) of each element.
  public var sigmoid: Tensor { mapped(ODN_SIGMOID) }

  /// Each element raised to `exponent`.
  public func power(_ exponent: Float) -> Tensor { mapped(ODN_POWER, alpha: 1, beta: exponent) }

  /// oneDNN's vector versions of functions that the C library computes one number at a time.
  private func mapped(_ function: odn_function, alpha: Float = 0, beta: Float = 0) -> Tensor {
    // Row-major: f(0) is not 0 for all of these, and what pads a blocked axis must stay 0.
    let x = storage.rowMajor
    func primitive(_ direction: odn_direction, _ name: String) -> Primitive {
      let options = [Int(function.rawValue), Int(alpha.bitPattern), Int(beta.bitPattern)]
      let key = Primitive.Key(operation: name, layouts: [x.layout], options: options)
      return Primitive.cached(key) {
        odn_elementwise(direction, function, x.layout.handle, alpha, beta)
      }
    }
    let y = Storage(x.layout)
    withExtendedLifetime(x) {
      primitive(ODN_FORWARD_TRAINING, "elementwise").run(
        (ODN_SOURCE, x.layout, x.buffer.pointer), (ODN_RESULT, x.layout, y.buffer.pointer))
    }
    return Tensor(y, from: [self]) { gradient in
      let dy = gradient.storage.rowMajor
      let dx = Storage(x.layout)
      withExtendedLifetime(dy) {
        primitive(ODN_BACKWARD_SOURCE, "elementwise gradient").run(
          (ODN_SOURCE, x.layout, x.buffer.pointer),
          (ODN_RESULT_GRADIENT, x.layout, dy.buffer.pointer),
          (ODN_SOURCE_GRADIENT, x.layout, dx.buffer.pointer))
      }
      return [Tensor(dx)]
    }
  }
}
