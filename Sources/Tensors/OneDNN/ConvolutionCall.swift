import COneDNN

/// One convolution's three passes through oneDNN, for given shapes.
struct ConvolutionCall {
  let input: [Int]
  let output: [Int]
  let window: Window
  let groups: Int
  let hasBias: Bool
  /// Spreads each cell of the input over a window of the output, the reverse of gathering.
  var isTransposed = false

  /// oneDNN's axes of the weights: outputs, inputs, rows, columns, with the groups first if several.
  private var weights: [Int] {
    (groups > 1 ? [groups] : []) + [output[1] / groups, input[1] / groups] + window.kernel
  }

  /// Winograd's algorithm trades multiplications for additions; it wins where channels are many.
  ///
  /// A fixed function of the shape, so that runs repeat. Where the processor or the version of
  /// oneDNN has none, the direct algorithm takes over.
  private func prefersWinograd(fromChannels least: Int) -> Bool {
    window.kernel == [3, 3] && window.stride == [1, 1] && window.dilation == [1, 1]
      && groups == 1 && !isTransposed && min(input[1], output[1]) >= least
      && !LayoutPolicy.isPlain
  }

  private func order(_ shape: [Int]) -> Layout {
    LayoutPolicy.isPlain ? .rowMajor(shape) : .any(shape)
  }

  private func primitive(
    _ direction: odn_direction, _ name: String, winogradFrom least: Int, withReLU: Bool = false
  ) -> Primitive {
    let (x, w, y) = (order(input), Layout.any(weights), order(output))
    let bias = hasBias ? Layout.rowMajor([output[1]]) : nil
    let options = [withReLU, hasBias, isTransposed].map { $0 ? 1 : 0 }
    let key = Primitive.Key(
      operation: name, layouts: [x, w, y], window: window, options: options)
    return Primitive.cached(key) {
      var described = window.described
      if isTransposed { described.padding_after = paddingAfter }
      func make(_ algorithm: odn_algorithm) -> OpaquePointer? {
        odn_convolution(
          direction, algorithm, &described, x.handle, w.handle, bias?.handle, y.handle,
          withReLU ? 1 : 0)
      }
      if prefersWinograd(fromChannels: least), let winograd = make(ODN_WINOGRAD) {
        return winograd
      }
      return make(isTransposed ? ODN_TRANSPOSED : ODN_DIRECT)
    }
  }

  /// A transposed convolution may leave cells out at the far side only, where its output is larger
  /// than the windows reach.
  private var paddingAfter: (Int64, Int64) {
    func after(_ axis: Int) -> Int64 {
      let reach = (input[2 + axis] - 1) * window.stride[axis]
      let whole = reach + window.dilation[axis] * (window.kernel[axis] - 1) + 1
      return Int64(whole - window.padding[axis] - output[2 + axis])
    }
    return (after(0), after(1))
  }

  /// The order of axes between trained weights and oneDNN's; its own inverse.
  private var weightsOrder: [Int]? {
    isTransposed ? (groups > 1 ? [0, 2, 1, 3, 4] : [1, 0, 2, 3]) : nil
  }

  /// Trained weights, outputs (transposed: inputs) first, under oneDNN's axes.
  private func described(_ w: Storage) -> Storage {
    var w = w
    if groups > 1 {
      let shape = w.layout.shape
      let split = [groups, shape[0] / groups] + shape[1...]
      w = Storage(.rowMajor(split), buffer: w.rowMajor.buffer)
    }
    return weightsOrder.map { Storage(w.layout.permuted($0), buffer: w.buffer) } ?? w
  }

  /// The way back from `described`.
  private func trained(_ w: Storage) -> Storage {
    let w = weightsOrder.map { Storage(w.layout.permuted($0), buffer: w.buffer) } ?? w
    guard groups > 1 else { return w }
    let shape = w.layout.shape
    return Storage(.rowMajor([shape[0] * shape[1]] + shape[2...]), buffer: w.rowMajor.buffer)
  }

  func forward(_ x: Storage, _ w: Storage, _ bias: Storage?, withReLU: Bool) -> Storage {
    let direction = Phase.current == .training ? ODN_FORWARD_TRAINING : ODN_FORWARD_INFERENCE
    let name = Phase.current == .training ? "convolution" : "convolution for inference"
    let primitive = primitive(direction, name, winogradFrom: 32, withReLU: withReLU)
    WorkCount.add(
      multiplications: weights.reduce(1, *) * input[0]
        * (isTransposed ? input : output)[2...].reduce(1, *))
    let x = x.converted(to: primitive.layout(ODN_SOURCE, input))
    let w = described(w).converted(to: primitive.layout(ODN_WEIGHTS, weights))
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
    let w = described(w).converted(to: primitive.layout(ODN_WEIGHTS, weights))
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
    let db = hasBias ? Storage(.rowMajor([output[1]])) : nil
    var arguments: [Primitive.Argument] = [
      (ODN_SOURCE, x.layout, x.buffer.pointer),
      (ODN_RESULT_GRADIENT, dy.layout, dy.buffer.pointer),
      (ODN_WEIGHTS_GRADIENT, dw.layout, dw.buffer.pointer),
    ]
    if let db { arguments.append((ODN_BIAS_GRADIENT, db.layout, db.buffer.pointer)) }
    withExtendedLifetime((x, dy)) { primitive.run(arguments) }
    return (trained(dw), db)
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
