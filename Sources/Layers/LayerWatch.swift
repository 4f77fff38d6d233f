public import Tensors

/// Lets somebody look at each layer's result while a forward pass runs.
///
/// Layers hand every result to `watched`. While somebody looks, layers are computed one by one.
enum LayerWatch {
  typealias Observer = @Sendable (ObjectIdentifier, Tensor) -> Void

  /// A closure by itself, as a task-local value, crashes in a release build (Swift 6.3).
  private struct Watcher: Sendable {
    let note: Observer
  }

  @TaskLocal private static var watcher: Watcher?

  static var isOn: Bool { watcher != nil }

  /// Runs `forward` while `observer` is told which layer made what.
  static func watching(_ observer: @escaping Observer, _ forward: () -> Void) {
    $watcher.withValue(Watcher(note: observer), operation: forward)
  }

  fileprivate static func show(_ result: Tensor, of layer: any Layer) {
    watcher?.note(ObjectIdentifier(layer), result)
  }
}

extension Layer {
  /// `result`, shown to whoever watches the layers of a model: what the last line of
  /// `callAsFunction` should return for the layer to appear in a summary by its own name.
  public func watched(_ result: Tensor) -> Tensor {
    LayerWatch.show(result, of: self)
    return result
  }
}
