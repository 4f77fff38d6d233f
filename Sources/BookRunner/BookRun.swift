package import BookFormat

/// Brings the results of a book up to date: builds the programs of the chapters that are due and
/// runs them in reading order.
///
/// A chapter that fails does not stop the others.
package struct BookRun {
  /// What happens meanwhile, for whoever shows it.
  package enum Event {
    case building(PreparedChapter)
    case buildStep(String)
    /// The build of all programs has ended, and runs begin.
    case built
    case waiting(PreparedChapter)
    case began(PreparedChapter, number: Int, of: Int)
    case during(RunEvent)
    case ended(PreparedChapter, Transcript)
    /// A chapter's program does not build or cannot be started.
    case refused(chapter: String, reason: String)
  }

  /// What became of a chapter.
  package enum Outcome: Equatable, Sendable {
    case ran, reused, failed
    /// Its turn had not come when the run was interrupted.
    case notReached
  }

  package var plan: BookPlan
  /// Builds a chapter's program and tells each step.
  package var build: (PreparedChapter, (String) -> Void) throws -> Void

  package init(
    _ plan: BookPlan,
    build: @escaping (PreparedChapter, (String) -> Void) throws -> Void = {
      try $0.build(onStep: $1)
    }
  ) {
    self.plan = plan
    self.build = build
  }

  /// Runs what is due and returns what became of each chapter, in reading order.
  package func callAsFunction(
    interruption: Interruption, onEvent: @escaping (Event) -> Void
  ) -> [(chapter: String, outcome: Outcome)] {
    let unbuilt = plan.due.isEmpty ? [] : buildAll(onEvent)
    var number = 0
    var isInterrupted = false
    let outcomes = plan.entries.map { entry -> (chapter: String, outcome: Outcome) in
      guard entry.isDue else { return (entry.chapter, .reused) }
      number += 1
      if unbuilt.contains(entry.chapter) { return (entry.chapter, .failed) }
      isInterrupted = isInterrupted || interruption.wait(milliseconds: 0)
      if isInterrupted { return (entry.chapter, .notReached) }
      onEvent(.began(entry.prepared, number: number, of: plan.due.count))
      do {
        let outcome = try run(entry.prepared, interruption: interruption, onEvent)
        isInterrupted = outcome == .notReached
        return (entry.chapter, outcome)
      } catch {
        onEvent(.refused(chapter: entry.chapter, reason: "\(error)"))
        return (entry.chapter, .failed)
      }
    }
    return plan.unreadable.map { ($0.chapter, .failed) } + outcomes
  }

  /// Builds all programs that are due and returns the chapters whose programs do not build.
  ///
  /// This comes before the first run: what does not build is known early.
  private func buildAll(_ onEvent: (Event) -> Void) -> Set<String> {
    var unbuilt: Set<String> = []
    for entry in plan.due {
      onEvent(.building(entry.prepared))
      do {
        try build(entry.prepared) { onEvent(.buildStep($0)) }
      } catch {
        unbuilt.insert(entry.chapter)
        onEvent(.refused(chapter: entry.chapter, reason: "\(error)"))
      }
    }
    onEvent(.built)
    return unbuilt
  }

  private func run(
    _ planned: PreparedChapter, interruption: Interruption, _ onEvent: @escaping (Event) -> Void
  ) throws -> Outcome {
    let lock = try planned.lock(interruption: interruption) { onEvent(.waiting(planned)) }
    guard let lock else { return .notReached }
    defer { withExtendedLifetime(lock) {} }
    // By now another run may have made it fresh, or the chapters it reads have measured the same.
    let chapter = try planned.withCurrentResults()
    if !plan.isAnew, chapter.freshness == .fresh { return .reused }
    let transcript = try chapter.run(mayReuse: !plan.isAnew)(interruption: interruption) {
      onEvent(.during($0))
    }
    onEvent(.ended(chapter, transcript))
    return switch transcript.state {
    case .complete: .ran
    case .failed: .failed
    case .interrupted: .notReached
    }
  }
}
