import BookFormat
import Foundation
import Synchronization

/// Shows how far a loop over `elements` has come: `for batch in progress(batches, "training")`.
///
/// - Parameters:
///   - elements: what the loop goes over.
///   - label: what the loop does.
public func progress<Elements: Collection>(
  _ elements: Elements, _ label: String
) -> ProgressSequence<Elements> {
  ProgressSequence(elements: elements, label: label)
}

/// The elements of a collection; going over them shows progress.
public struct ProgressSequence<Elements: Collection>: Sequence {
  fileprivate let elements: Elements
  fileprivate let label: String

  /// An element counts as done when the next one is asked for.
  public struct Iterator: IteratorProtocol {
    fileprivate var elements: Elements.Iterator
    fileprivate let progress: ProgressBar
    fileprivate var isRunning = false

    /// The next element; the one before is done.
    public mutating func next() -> Elements.Element? {
      if isRunning { progress.advance() }
      let element = elements.next()
      isRunning = element != nil
      return element
    }
  }

  /// Begins a new loop.
  public func makeIterator() -> Iterator {
    Iterator(
      elements: elements.makeIterator(), progress: ProgressBar(label: label, total: elements.count))
  }
}

/// Progress that a chapter advances by hand, where one loop's end is not the next thing done.
public final class ProgressBar: Sendable {
  private struct State: Sendable {
    var done = 0
    var lastShown = -Double.infinity
  }

  /// Seconds between two showings; more often helps nobody.
  private static let interval = 0.1

  private let label: String
  private let total: Int
  private let began = ContinuousClock.now
  private let state = Mutex(State())

  /// Progress from 0 to `total` things.
  public init(label: String, total: Int) {
    self.label = label
    self.total = total
  }

  /// Counts `count` more things as done.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - note: what there is to say, such as the loss.
  public func advance(by count: Int = 1, note: @autoclosure () -> String = "") {
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    let done = state.withLock { state -> Int? in
      state.done += count
      guard state.done >= total || seconds - state.lastShown >= Self.interval else { return nil }
      state.lastShown = seconds
      return state.done
    }
    guard let done else { return }
    let shown = ProgressState(
      label: label, done: done, total: total, seconds: seconds, note: note())
    let session = Session.current
    session.tell(.progress(shown)) {
      let text = session.directProgress.withLock { $0.show(shown) }
      FileHandle.standardError.write(Data(text.utf8))
    }
  }
}
