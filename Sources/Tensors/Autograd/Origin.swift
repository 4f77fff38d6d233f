/// How a tensor was computed: the edge of the graph that `backward()` walks.
///
/// The tensors of a computation hold their origins, an origin holds the origins of its inputs, and
/// nothing else keeps the graph alive: it goes when the last tensor of the computation goes.
final class Origin {
  /// Turns the gradient of the result into the gradients of the inputs, nil where not wanted.
  ///
  /// It must capture detached tensors only: the graph's edges are `inputs` and nothing else.
  typealias Pullback = (Tensor) -> [Tensor?]

  private(set) var inputs: [Origin?]
  private(set) var pullback: Pullback?
  /// Set where the graph ends: the parameter that collects the gradient.
  let parameter: Parameter?

  // What `backward()` notes here while it walks.
  var pendingUses = 0
  var gradient: Tensor?
  private(set) var isSpent = false

  init(parameter: Parameter) {
    self.parameter = parameter
    inputs = []
  }

  init(inputs: [Origin?], pullback: @escaping Pullback) {
    parameter = nil
    self.inputs = inputs
    self.pullback = pullback
  }

  /// Frees the inputs and what the pullback remembered: a graph is walked once.
  func spend() {
    isSpent = true
    pullback = nil
    inputs = []
    gradient = nil
  }

  /// Lets go of a long chain step by step.
  ///
  /// Freed one inside the other, the origins of 100 000 operations would overflow the stack.
  deinit {
    var waiting = inputs.compactMap { $0 }
    inputs = []
    while var origin = waiting.popLast() {
      if isKnownUniquelyReferenced(&origin) {
        waiting += origin.inputs.compactMap { $0 }
        origin.inputs = []
      }
    }
  }
}

extension Tensor {
  /// The result of an operation: `storage`, and its past when training and an input has one.
  init(_ storage: Storage, from inputs: [Tensor], pullback: @escaping Origin.Pullback) {
    let origins = inputs.map(\.origin)
    let isRecorded = Phase.current == .training && origins.contains { $0 != nil }
    self.init(storage, origin: isRecorded ? Origin(inputs: origins, pullback: pullback) : nil)
  }

  /// The result of an operation on nothing, a batch of no pictures or regions: a tensor without
  /// elements, from which zeros flow back.
  static func empty(_ shape: [Int], from inputs: [Tensor]) -> Tensor {
    Tensor(Storage(.rowMajor(shape)), from: inputs) { [shapes = inputs.map(\.shape)] _ in
      shapes.map { .zeros($0) }
    }
  }

  /// Whether someone upstream waits for this tensor's gradient.
  package var needsGradient: Bool { origin != nil && Phase.current == .training }
}
