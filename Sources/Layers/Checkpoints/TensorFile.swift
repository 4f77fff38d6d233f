import Foundation
import Tensors

/// The tensors of a file that somebody takes out by name, until none is left.
struct TensorFile {
  private let path: String
  private var tensors: [String: Tensor]
  let metadata: [String: String]

  /// Reads the file at `url`, whole.
  init(_ url: URL) throws(CheckpointError) {
    path = url.path
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw .file(path: path, reason: "cannot be read: \(error.localizedDescription)")
    }
    (tensors, metadata) = try SafeTensors.decode(data, path: path)
  }

  /// Writes a file, which appears complete or not at all.
  static func write(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:], to url: URL
  ) throws(CheckpointError) {
    do {
      try SafeTensors.encode(tensors, metadata: metadata).write(to: url, options: .atomic)
    } catch {
      throw .file(path: url.path, reason: "cannot be written: \(error.localizedDescription)")
    }
  }

  /// Takes the tensor `name`, which must have the shape `expected`.
  mutating func take(_ name: String, _ expected: [Int]) throws(CheckpointError) -> Tensor {
    guard let tensor = tensors.removeValue(forKey: name) else {
      throw .missing(path: path, tensor: name)
    }
    guard tensor.shape == expected else {
      throw .shapeMismatch(path: path, tensor: name, expected: expected, found: tensor.shape)
    }
    return tensor
  }

  /// The metadata's `entry`, as `Value` reads it.
  func state<Value: LosslessStringConvertible>(
    _ entry: String, _: Value.Type = Value.self
  ) throws(CheckpointError) -> Value {
    guard let value = metadata[entry].flatMap({ Value($0) }) else {
      throw .missingState(path: path, entry: entry)
    }
    return value
  }

  /// Throws if a tensor is left.
  func requireEmpty() throws(CheckpointError) {
    if let extra = tensors.keys.min() { throw .unexpected(path: path, tensor: extra) }
  }
}

extension ModelWalk {
  /// The values of all parameters and constants by path, behind `prefix`.
  func tensors(prefix: String = "") -> [(name: String, tensor: Tensor)] {
    parameters.map { named in (prefix + named.path, inference { named.parameter.value }) }
      + constants.map { (prefix + $0.path, $0.constant.value) }
  }

  /// Takes the values of all parameters and constants from `file`; the result puts them into the
  /// model.
  func taken(
    from file: inout TensorFile, prefix: String = ""
  ) throws(CheckpointError) -> () -> Void {
    var newValues: [(Parameter, Tensor)] = []
    for named in parameters {
      newValues.append(
        (named.parameter, try file.take(prefix + named.path, named.parameter.shape)))
    }
    var newConstants: [(Constant, Tensor)] = []
    for (path, constant) in constants {
      newConstants.append((constant, try file.take(prefix + path, constant.value.shape)))
    }
    return { [newValues, newConstants] in
      for (parameter, value) in newValues { parameter.value = value }
      for (constant, value) in newConstants { constant.value = value }
    }
  }
}
