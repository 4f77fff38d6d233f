import COneDNN

extension Tensor {
  /// The largest value under each window.
  ///
  /// ## Shapes
  /// `[N, C, H, W]` → `[N, C, H', W']`, extents as `Window` says. Padding never wins.
  ///
  /// ## Gradient
  /// Goes to the cell that won; to the first of equals.
  public func maxPooled(_ window: Window) -> Tensor { pooled(window, ODN_MAXIMUM, "maxPooled") }

  /// The mean under each window.
  ///
  /// ## Shapes
  /// `[N, C, H, W]` → `[N, C, H', W']`, extents as `Window` says. Padding counts as zeros, as in
  /// PyTorch's default, or not at all.
  public func averagePooled(_ window: Window, countingPadding: Bool = true) -> Tensor {
    pooled(window, countingPadding ? ODN_AVERAGE_WITH_PADDING : ODN_AVERAGE, "averagePooled")
  }

  private func pooled(_ window: Window, _ kind: odn_pooling, _ name: String) -> Tensor {
    require(rank == 4, "\(name): the input \(shape) must be [N, C, H, W]")
    require(shape[2] > 0 && shape[3] > 0, "\(name): the maps of \(shape) have no cells")
    require(window.dilation == [1, 1], "\(name): windows of pooling have no dilation")
    let output = Array(shape[..<2]) + window.outputExtents(rows: shape[2], columns: shape[3])
    if count == 0 { return .empty(output, from: [self]) }
    let x = storage.dense
    let wished = Layout.any(output)
    func primitive(_ direction: odn_direction, _ name: String, _ result: Layout) -> Primitive {
      let key = Primitive.Key(
        operation: name, layouts: [x.layout, result], window: window,
        options: [Int(kind.rawValue)])
      return Primitive.cached(key) {
        var described = window.described
        return odn_pool(direction, kind, &described, x.layout.handle, result.handle)
      }
    }
    let forward = primitive(ODN_FORWARD_TRAINING, "pooling", wished)
    let y = Storage(forward.layout(ODN_RESULT, output))
    var arguments: [Primitive.Argument] = [
      (ODN_SOURCE, x.layout, x.buffer.pointer), (ODN_RESULT, y.layout, y.buffer.pointer),
    ]
    // Which cell won under each window.
    let workspace = forward.workspace.map { (layout: $0, buffer: Buffer(byteCount: $0.byteCount)) }
    if let workspace {
      arguments.append((ODN_WORKSPACE, workspace.layout, workspace.buffer.pointer))
    }
    withExtendedLifetime(x) { forward.run(arguments) }

    let (inputLayout, resultLayout) = (x.layout, y.layout)
    return Tensor(y, from: [self]) { gradient in
      let backward = primitive(ODN_BACKWARD_SOURCE, "pooling gradient", resultLayout)
      let dy = gradient.storage.converted(to: resultLayout)
      let dx = Storage(inputLayout)
      var arguments: [Primitive.Argument] = [
        (ODN_RESULT_GRADIENT, resultLayout, dy.buffer.pointer),
        (ODN_SOURCE_GRADIENT, inputLayout, dx.buffer.pointer),
      ]
      if let workspace {
        arguments.append((ODN_WORKSPACE, workspace.layout, workspace.buffer.pointer))
      }
      withExtendedLifetime(dy) { backward.run(arguments) }
      return [Tensor(dx)]
    }
  }
}
