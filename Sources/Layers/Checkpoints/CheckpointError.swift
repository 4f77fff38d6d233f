/// What can be wrong with a file of weights.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be read or written.
  case file(path: String, reason: String)
  /// The bytes are not a safetensors file.
  case malformed(path: String, reason: String)
  /// The model has a tensor that the file lacks.
  case missing(path: String, tensor: String)
  /// The file has a tensor that the model lacks.
  case unexpected(path: String, tensor: String)
  /// A tensor has another shape in the file than in the model.
  case shapeMismatch(path: String, tensor: String, expected: [Int], found: [Int])

  /// The file lacks what a run needs besides weights, or it cannot be read.
  case missingState(path: String, entry: String)

  /// What happened, and what to do next.
  public var description: String {
    switch self {
    case .file(let path, let reason): "\(path): \(reason)"
    case .malformed(let path, let reason):
      "\(path): not a safetensors file of 32-bit floats: \(reason). Train again, or copy it anew."
    case .missing(let path, let tensor):
      "\(path): no tensor '\(tensor)', which the model has. Was it saved from another model?"
    case .unexpected(let path, let tensor):
      "\(path): holds '\(tensor)', which the model lacks. Was it saved from another model?"
    case .missingState(let path, let entry):
      "\(path): no readable '\(entry)' to go on from. Was it saved by saveTraining, for this model?"
    case .shapeMismatch(let path, let tensor, let expected, let found):
      "\(path): '\(tensor)' is \(found) in the file but \(expected) in the model. Was the model "
        + "built with other sizes?"
    }
  }
}
