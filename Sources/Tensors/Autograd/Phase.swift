/// Whether a model is being trained or used.
///
/// Training records where each tensor came from, and batch normalisation uses the statistics of
/// the batch. Inference records nothing, and uses the statistics gathered in training.
public enum Phase: Sendable {
  /// Gradients will be asked for.
  case training
  /// Only results are wanted: the default.
  case inference

  /// The phase of the calling code.
  @TaskLocal public static var current = Phase.inference
}

/// Runs `body` in the training phase.
public func training<Result>(_ body: () throws -> Result) rethrows -> Result {
  try Phase.$current.withValue(.training, operation: body)
}

/// Runs `body` in the inference phase, also inside a training step.
public func inference<Result>(_ body: () throws -> Result) rethrows -> Result {
  try Phase.$current.withValue(.inference, operation: body)
}
