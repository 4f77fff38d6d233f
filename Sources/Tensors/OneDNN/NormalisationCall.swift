import COneDNN

/// One batch normalisation's two passes through oneDNN, for given shapes.
struct NormalisationCall {
  let input: Storage
  /// Given if frozen, else written by the forward pass.
  let mean, variance: Storage
  let scale, shift: Storage
  let epsilon: Float
  let isFrozen, withReLU: Bool

  private func primitive(_ direction: odn_direction, _ name: String) -> Primitive {
    let key = Primitive.Key(
      operation: name, layouts: [input.layout],
      options: [Int(epsilon.bitPattern), isFrozen ? 1 : 0, withReLU ? 1 : 0])
    return Primitive.cached(key) {
      odn_batch_normalization(
        direction, input.layout.handle, epsilon, isFrozen ? 1 : 0, withReLU ? 1 : 0)
    }
  }

  private func argument(_ role: odn_role, _ storage: Storage) -> Primitive.Argument {
    (role, storage.layout, storage.buffer.pointer)
  }

  private var parts: [Primitive.Argument] {
    [
      argument(ODN_SOURCE, input), argument(ODN_MEAN, mean), argument(ODN_VARIANCE, variance),
      argument(ODN_SCALE, scale), argument(ODN_SHIFT, shift),
    ]
  }

  /// The result, with gradients for the input, scale and shift, which are `inputs`.
  func tensor(from inputs: [Tensor]) -> Tensor {
    let forward = primitive(ODN_FORWARD_TRAINING, "batch norm")
    let result = Storage(input.layout)
    // Which results were positive, for the backward pass of the fused ReLU.
    let workspace = forward.workspace.map { Storage($0) }
    let notes = workspace.map { [argument(ODN_WORKSPACE, $0)] } ?? []
    forward.run(parts + [argument(ODN_RESULT, result)] + notes)
    return Tensor(result, from: inputs) { gradient in
      let dy = gradient.storage.converted(to: input.layout)
      let (dx, dScale, dShift) = (
        Storage(input.layout), Storage(scale.layout), Storage(shift.layout)
      )
      let notes = workspace.map { [argument(ODN_WORKSPACE, $0)] } ?? []
      withExtendedLifetime((dy, workspace)) {
        primitive(ODN_BACKWARD_SOURCE, "batch norm gradient").run(
          parts + notes + [
            argument(ODN_RESULT_GRADIENT, dy), argument(ODN_SOURCE_GRADIENT, dx),
            argument(ODN_SCALE_GRADIENT, dScale), argument(ODN_SHIFT_GRADIENT, dShift),
          ])
      }
      return [Tensor(dx), Tensor(dScale), Tensor(dShift)]
    }
  }
}
