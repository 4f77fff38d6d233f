public import Tensors

/// A parameter and the path of properties that leads to it, such as `blocks.0.weight`.
public struct NamedParameter {
  /// Property names and array places, joined by dots.
  ///
  /// The key in checkpoints.
  public let path: String
  /// The parameter itself.
  public let parameter: Parameter
}

/// Every parameter reachable from `model`, in declaration order, each once.
///
/// The walk enters properties that are layers, optional layers and arrays of layers. A tensor,
/// parameter or layer anywhere else (dictionary, tuple, struct, a class that is no layer) stops the
/// program with its path: a parameter that training forgets is the quietest of bugs.
public func parameters(of model: any Layer) -> [NamedParameter] {
  ModelWalk(model).parameters
}

/// The number of trained numbers in `model`.
public func parameterCount(of model: any Layer) -> Int {
  parameters(of: model).reduce(0) { $0 + $1.parameter.shape.reduce(1, *) }
}

/// Marks what a layer keeps for its own convenience: derived values that are neither trained nor
/// saved.
protocol OutsideModel: AnyObject {}

/// One reflective pass over a model: parameters, constants, random streams and layers by path.
struct ModelWalk {
  private(set) var parameters: [NamedParameter] = []
  private(set) var constants: [(path: String, constant: Constant)] = []
  private(set) var randomStreams: [(path: String, stream: RandomStream)] = []
  private(set) var layers: [(path: String, layer: any Layer)] = []
  private var seen: Set<ObjectIdentifier> = []

  init(_ model: any Layer) { visit(model, "") }

  private mutating func visit(_ value: Any, _ path: String) {
    switch value {
    case let parameter as Parameter:
      if seen.insert(ObjectIdentifier(parameter)).inserted {
        parameters.append(NamedParameter(path: path, parameter: parameter))
      }
    case let constant as Constant:
      if seen.insert(ObjectIdentifier(constant)).inserted { constants.append((path, constant)) }
    case let stream as RandomStream:
      if seen.insert(ObjectIdentifier(stream)).inserted { randomStreams.append((path, stream)) }
    case is Tensor:
      fatalError(
        "\(path) is a Tensor; wrap it in Parameter to train it, or in Constant to keep it")
    case is any OutsideModel: break
    case let layer as any Layer:
      guard seen.insert(ObjectIdentifier(layer)).inserted else { return }
      layers.append((path, layer))
      visitChildren(Mirror(reflecting: layer), path)
    default: visitOther(value, path)
    }
  }

  private mutating func visitChildren(_ mirror: Mirror, _ path: String) {
    if let parent = mirror.superclassMirror { visitChildren(parent, path) }
    for (index, child) in mirror.children.enumerated() {
      let name = child.label ?? "\(index)"
      visit(child.value, path.isEmpty ? name : "\(path).\(name)")
    }
  }

  /// Arrays and optionals are entered; in anything else no part of a model may hide.
  private mutating func visitOther(_ value: Any, _ path: String) {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .collection: visitChildren(mirror, path)
    case .optional:
      if let some = mirror.children.first { visit(some.value, path) }
    case .dictionary, .tuple, .struct, .set, .enum, .class:
      var entered: Set<ObjectIdentifier> = []
      if let hidden = ModelWalk.hiddenPart(value, path, &entered) {
        fatalError(
          "\(hidden) would not be trained or saved: keep layers and parameters in properties or "
            + "arrays of a layer, not in a dictionary, tuple, struct or other class")
      }
    default: break
    }
  }

  /// The path of the first part of a model inside of `value`; `entered` keeps it from going round
  /// in circles of objects.
  private static func hiddenPart(
    _ value: Any, _ path: String, _ entered: inout Set<ObjectIdentifier>
  ) -> String? {
    var mirror: Mirror? = Mirror(reflecting: value)
    if mirror?.displayStyle == .class {
      guard entered.insert(ObjectIdentifier(value as AnyObject)).inserted else { return nil }
    }
    while let level = mirror {
      for (index, child) in level.children.enumerated() {
        let place = "\(path).\(child.label ?? "\(index)")"
        if child.value is Tensor || child.value is Parameter || child.value is Constant
          || child.value is RandomStream || child.value is any Layer
        {
          return place
        }
        if let found = hiddenPart(child.value, place, &entered) { return found }
      }
      mirror = level.superclassMirror
    }
    return nil
  }
}
