package import BookFormat

/// A prediction needs weights that are not there, or no longer those that the chapter would train.
package struct UntrainedError: Error, CustomStringConvertible {
  package let run: RunDescription
  /// The checkpoint that is missing or stale; nil where the chapter has stored none.
  package let checkpoint: String?
  /// How what is stored differs from what is needed; nil where nothing is stored.
  package let difference: String?

  /// What is missing, and the command that makes it.
  package var description: String {
    var command = run.profile.command(running: run.chapter)
    if let data = run.dataFolder { command += " --data \(data)" }
    guard let checkpoint else {
      return "The chapter “\(run.chapter)” is not trained yet. Train it first: \(command)"
    }
    guard let difference else {
      return "The chapter “\(run.chapter)” is not trained to the end: its checkpoint "
        + "“\(checkpoint)” is missing. Train the rest first: \(command)"
    }
    return """
      What the chapter “\(run.chapter)” has learned is stale: \(difference) (checkpoint \
      “\(checkpoint)”).
      Train it anew: \(command)
      """
  }
}

extension PreparedChapter {
  /// Whether the chapter says how it looks at a reader's picture.
  package var hasPredictor: Bool { callsPredictor(swiftTokens(source)) }

  /// Throws `UntrainedError` where nothing that the chapter has stored can be used, which is known
  /// before anything is built.
  package func requireTrained() throws {
    let stored = staleness
    guard !stored.contains(where: { $0.difference == nil }) else { return }
    throw UntrainedError(
      run: run(mayReuse: true).run, checkpoint: stored.first?.checkpoint,
      difference: stored.first?.difference)
  }
}

/// Whether a program says how it looks at a reader's picture.
package func callsPredictor(_ tokens: [SwiftToken]) -> Bool {
  zip(tokens, tokens.dropFirst()).contains { $0.text == "predictor" && $1.text == "(" }
}

extension ChapterRun {
  /// Looks at the pictures of the run; writes nothing to the chapter's results.
  ///
  /// - Returns: how it ended, and what became of the pictures so far.
  /// - Throws: `UntrainedError`, or `RunError` where the chapter cannot be started.
  package func predict(
    interruption: Interruption, onEvent: @escaping (RunEvent) -> Void
  ) throws -> (state: RunState, failure: Failure?, outcomes: [PictureOutcome]) {
    let (conversation, diagnosis) = try converse(interruption: interruption, onEvent: onEvent)
    if let (checkpoint, difference) = conversation.untrained {
      throw UntrainedError(run: run, checkpoint: checkpoint, difference: difference)
    }
    return (diagnosis.state, diagnosis.failure, conversation.outcomes)
  }
}
