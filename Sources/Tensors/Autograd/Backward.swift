extension Tensor {
  /// Adds the derivative of this scalar by each parameter that took part to that parameter's
  /// `gradient`.
  ///
  /// The graph is walked once, from here to the parameters, and freed on the way: call it once for
  /// each computed loss. Not recursive, so its depth has no limit.
  public func backward() {
    require(count == 1, "backward: the tensor has shape \(shape); sum it or take its mean first")
    backward(from: .ones(shape))
  }

  /// As `backward()`, for a tensor of any shape whose own gradient is `gradient`.
  public func backward(from gradient: Tensor) {
    require(
      gradient.shape == shape,
      "backward: the gradient has shape \(gradient.shape), the tensor \(shape)")
    guard let root = origin else {
      fatalError(
        "backward: no parameter took part in this tensor; compute it inside training { … }")
    }
    countUses(from: root)
    root.gradient = gradient.detached
    var ready = [root]
    // Gradients are constants: pullbacks run outside the training phase and record nothing.
    inference {
      while let origin = ready.popLast() {
        let gradient = origin.gradient
        if let parameter = origin.parameter, let gradient { parameter.accumulate(gradient) }
        let inputs = origin.inputs
        let shares = gradient.flatMap { origin.pullback?($0) } ?? []
        origin.spend()
        for (index, input) in inputs.enumerated() {
          guard let input else { continue }
          if index < shares.count, let share = shares[index] {
            input.gradient = input.gradient.map { $0 + share } ?? share
          }
          input.pendingUses -= 1
          if input.pendingUses == 0 { ready.append(input) }
        }
      }
    }
  }

  /// Notes at each origin how many results wait to hand it their share.
  private func countUses(from root: Origin) {
    var waiting = [root]
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
    while let origin = waiting.popLast() {
      require(!origin.isSpent, "backward: this computation was already walked; compute it anew")
      for case let input? in origin.inputs {
        input.pendingUses += 1
        if seen.insert(ObjectIdentifier(input)).inserted { waiting.append(input) }
      }
    }
  }
}
