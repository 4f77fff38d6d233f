import COneDNN

/// One convolution's three passes through oneDNN, for given shapes.
struct ConvolutionCall {
  let input: [Int]
  let weights: [Int]
  let window: Window
  let hasBias: Bool

  private var output: [Int] {
    [input[0], weights[0]] + window.outputExtents(rows: input[2], columns: input[3])
  }

  /// Winograd's algorithm trades multiplications for additions; it wins where channels are many.
  ///
  /// A fixed function of the shape, so that runs repeat. Where the processor or the version of
  /// oneDNN has none, the direct algorithm takes over.
  private func prefersWinograd(fromChannels least: Int) -> Bool {
    window.kernel == [3, 3] && window.stride == [1, 1] && window.dilation == [1, 1]
      && min(input[1], weights[0]) >= least && !LayoutPolicy.isPlain
  }

  private func order(_ shape: [Int]) -> Layout {
    LayoutPolicy.isPlain ? .rowMajor(shape) : .any(shape)
  }

  private func primitive(
    _ direction: odn_direction, _ name: String, winogradFrom least: Int, withReLU: Bool = false
  ) -> Primitive {
    let (x, w, y) = (order(input), Layout.any(weights), order(output))
    let bias = hasBias ? Layout.rowMajor([weights[0]]) : nil
    let options = [withReLU ? 1 : 0, hasBias ? 1 : 0]
    let key = Primitive.Key(
      operation: name, layouts: [x, w, y], window: window, options: options)
    return Primitive.cached(key) {
      var described = window.described
      func make(_ algorithm: odn_algorithm) -> OpaquePointer? {
        odn_convolution(
          direction, algorithm, &described, x.handle, w.handle, bias?.handle, y.handle,
          withReLU ? 1 : 0)
      }
      if prefersWinograd(fromChannels: least), let winograd = make(ODN_WINOGRAD) {
        return winograd
      }
      return make(ODN_DIRECT)
    }
  }

  func forward(_ x: Storage, _ w: Storage, _ bias: Storage?, withReLU: Bool) -> Storage {
    let direction = Phase.current == .training ? ODN_FORWARD_TRAINING : ODN_FORWARD_INFERENCE
    let name = Phase.current == .training ? "convolution" : "convolution for inference"
    let primitive = primitive(direction, name, winogradFrom: 32, withReLU: withReLU)
    let x = x.converted(to: primitive.layout(ODN_SOURCE, input))
    let w = w.converted(to: primitive.layout(ODN_WEIGHTS, weights))
    let y = Storage(primitive.layout(ODN_RESULT, output))
    var arguments: [Primitive.Argument] = [
      (ODN_SOURCE, x.layout, x.buffer.pointer), (ODN_WEIGHTS, w.layout, w.buffer.pointer),
      (ODN_RESULT, y.layout, y.buffer.pointer),
    ]
    let plainBias = bias?.rowMajor
    if let plainBias {
      arguments.append((ODN_BIAS, plainBias.layout, plainBias.buffer.pointer))
    }
    withExtendedLifetime((x, w, plainBias)) { primitive.run(arguments) }
    return y
  }

  func inputGradient(_ dy: Storage, _ w: Storage) -> Storage {
    let primitive = primitive(
      ODN_BACKWARD_SOURCE, "convolution input gradient", winogradFrom: 32)
    let dy = dy.converted(to: primitive.layout(ODN_RESULT_GRADIENT, output))
    let w = w.converted(to: primitive.layout(ODN_WEIGHTS, weights))
    let dx = Storage(primitive.layout(ODN_SOURCE_GRADIENT, input))
    withExtendedLifetime((dy, w)) {
      primitive.run(
        (ODN_RESULT_GRADIENT, dy.layout, dy.buffer.pointer),
        (ODN_WEIGHTS, w.layout, w.buffer.pointer),
        (ODN_SOURCE_GRADIENT, dx.layout, dx.buffer.pointer))
    }
    return dx
  }

  func weightsGradient(_ x: Storage, _ dy: Storage) -> (weights: Storage, bias: Storage?) {
    let primitive = primitive(
      ODN_BACKWARD_WEIGHTS, "convolution weight gradient", winogradFrom: 16)
    let x = x.converted(to: primitive.layout(ODN_SOURCE, input))
    let dy = dy.converted(to: primitive.layout(ODN_RESULT_GRADIENT, output))
    let dw = Storage(primitive.layout(ODN_WEIGHTS_GRADIENT, weights))
    let db = hasBias ? Storage(.rowMajor([weights[0]])) : nil
    var arguments: [Primitive.Argument] = [
      (ODN_SOURCE, x.layout, x.buffer.pointer),
      (ODN_RESULT_GRADIENT, dy.layout, dy.buffer.pointer),
      (ODN_WEIGHTS_GRADIENT, dw.layout, dw.buffer.pointer),
    ]
    if let db { arguments.append((ODN_BIAS_GRADIENT, db.layout, db.buffer.pointer)) }
    withExtendedLifetime((x, dy)) { primitive.run(arguments) }
    return (dw, db)
  }
}

/// Whether convolutions may choose the order of their tensors.
///
/// Blocked order is faster. Plain order exists to measure what it buys, and what a different
/// kernel does to the last digits of a result.
public enum LayoutPolicy: Sendable {
  /// oneDNN chooses: blocks of channels that fill a vector register.
  case blocked
  /// Row-major, as the tensors are written in formulas.
  case plain

  /// The policy of the calling code.
  @TaskLocal public static var current = LayoutPolicy.blocked

  static var isPlain: Bool { current == .plain }
}
