import Synchronization
import Tensors

/// What a model's layers make of an input: shapes, parameters and work.
public struct ModelSummary: CustomStringConvertible, Sendable {
  /// One layer that has no layers inside, or numbers of its own.
  public struct Row: Sendable {
    /// The path of properties that leads to the layer.
    public let path: String
    /// The layer as it describes itself.
    public let layer: String
    /// The shape of its first result; nil where the layer was not called.
    public let resultShape: [Int]?
    /// Trained numbers that belong to the layer itself.
    public let parameterCount: Int
    /// Multiplications of its convolutions and matrix products, over all its calls, with those made
    /// outside of layers since the layer before.
    public let multiplications: Int
  }

  /// The layers in the order of their declaration.
  public let rows: [Row]
  /// Multiplications of all convolutions and matrix products, those outside of layers too.
  public let multiplications: Int

  /// Trained numbers of the model.
  public var parameterCount: Int { rows.reduce(0) { $0 + $1.parameterCount } }
  /// Billions of floating-point operations: a multiplication and its addition are two.
  public var gigaFLOP: Double { ModelSummary.gigaFLOP(multiplications) }

  private static func gigaFLOP(_ multiplications: Int) -> Double {
    2e-9 * Double(multiplications)
  }

  /// A table with one line for each layer, and the totals.
  public var description: String {
    let lines =
      [["layer", "", "result", "parameters", "GFLOP"]]
      + rows.map { row in
        [
          row.path, row.layer, row.resultShape.map { "\($0)" } ?? "not called",
          grouped(row.parameterCount), threeDecimals(ModelSummary.gigaFLOP(row.multiplications)),
        ]
      } + [["total", "", "", grouped(parameterCount), threeDecimals(gigaFLOP)]]
    let widths = (0..<5).map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      let cells = line.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return column < 3 ? text + space : space + text
      }
      return cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// `1010376` as `1 010 376`.
  private func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.indices.map { place in
      (place > 0 && (digits.count - place) % 3 == 0 ? " " : "") + String(digits[place])
    }.joined()
  }

  private func threeDecimals(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}

/// Runs `model` once on zeros of `inputShape`, in inference, and lists what its layers did.
public func summary(of model: any Layer, inputShape: [Int]) -> ModelSummary {
  summary(of: model) { _ = model(.zeros(inputShape)) }
}

/// As above, for a model whose way forward is `forward`.
public func summary(of model: any Layer, running forward: () -> Void) -> ModelSummary {
  let (record, work) = (Record(), WorkCount())
  inference {
    work.counting {
      LayerWatch.watching({ record.note($0, $1.shape, work.multiplications) }, forward)
    }
  }
  let walk = ModelWalk(model)
  let paths = Set(walk.layers.map(\.path))
  let rows = walk.layers.compactMap { path, layer -> ModelSummary.Row? in
    let own = walk.parameters.filter { named in
      let owner = named.path.split(separator: ".").dropLast().joined(separator: ".")
      return owner == path
    }
    let calls = record.calls.withLock { $0[ObjectIdentifier(layer)] }
    let isLeaf = !paths.contains { $0.hasPrefix(path.isEmpty ? "" : path + ".") && $0 != path }
    guard isLeaf || calls != nil || !own.isEmpty else { return nil }
    return ModelSummary.Row(
      path: path, layer: isLeaf ? "\(layer)" : "\(type(of: layer))",
      resultShape: calls?.shape,
      parameterCount: own.reduce(0) { $0 + $1.parameter.shape.reduce(1, *) },
      multiplications: calls?.multiplications ?? 0)
  }
  return ModelSummary(rows: rows, multiplications: work.multiplications)
}

/// What each layer did, gathered while a forward pass runs.
private final class Record: Sendable {
  let calls = Mutex<[ObjectIdentifier: (shape: [Int], multiplications: Int)]>([:])
  private let counted = Mutex(0)

  /// Gives `layer` the work done since the last note.
  func note(_ layer: ObjectIdentifier, _ shape: [Int], _ multiplications: Int) {
    let work = counted.withLock { counted in
      defer { counted = multiplications }
      return multiplications - counted
    }
    calls.withLock { calls in
      calls[layer, default: (shape, 0)].multiplications += work
    }
  }
}
