import BookFormat
import Foundation
import Glibc

/// The runner's side of a chapter's life: reads what it prints and tells, answers, and stops it.
final class Conversation {
  private(set) var recorder: CellRecorder
  private(set) var wasInterrupted = false
  /// What was wrong with the chapter's messages, if anything.
  private(set) var protocolError: String?
  /// In a prediction, what became of the pictures so far.
  private(set) var outcomes: [PictureOutcome] = []
  /// In a prediction, the checkpoint that it lacks.
  private(set) var untrained: (checkpoint: String, difference: String?)?

  /// The signals that stop a chapter, each a second after the one before.
  private static let stopSignals = [SIGINT, SIGTERM, SIGKILL]
  private static let readLimit = 1 << 16

  private let child: Child
  private let plan: ChapterRun
  private let stored: StoredCheckpoints
  private let interruption: Interruption
  private let onEvent: (RunEvent) -> Void
  private var lines = JSONLines()
  private var replies = Data()
  private var openDescriptors: Set<Int32>
  private var stopsSent = 0
  private var nextStop: ContinuousClock.Instant?

  init(
    child: Child, plan: ChapterRun, interruption: Interruption,
    onEvent: @escaping (RunEvent) -> Void
  ) throws {
    self.child = child
    self.plan = plan
    self.interruption = interruption
    self.onEvent = onEvent
    let output = plan.folders.output(of: plan.run.chapter, plan.run.profile)
    recorder = CellRecorder(
      textFolder: plan.run.pictures == nil ? output.appending(path: ResultFile.text) : nil,
      limits: .init())
    stored = StoredCheckpoints(
      plan.folders, chapter: plan.run.chapter, profile: plan.run.profile)
    openDescriptors = [child.output, child.errors, child.control]
    stored.removeLeftovers()
  }

  /// Serves the chapter until it has ended and everything it printed is read.
  func untilEnd() -> Child.Ending {
    while true {
      waitForNews()
      readText(limit: Self.readLimit)
      readMessages()
      stopIfDue()
      if let ending = child.ending() {
        // Nothing it started may go on, or hold the pipes open.
        child.signalGroup(SIGKILL)
        readText(limit: .max)
        readMessages()
        readText(limit: .max)
        child.close()
        recorder.finish(hasFailed: ending != .exit(0) || wasInterrupted)
        stored.removeLeftovers()
        return ending
      }
    }
  }

  // MARK: Waiting

  private func waitForNews() {
    var watched = openDescriptors.map { descriptor in
      let wantsWrite = descriptor == child.control && !replies.isEmpty
      return pollfd(fd: descriptor, events: Int16(POLLIN | (wantsWrite ? POLLOUT : 0)), revents: 0)
    }
    if !wasInterrupted {
      watched.append(pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0))
    }
    // The end of the process is not a descriptor's news; near it, look often.
    let isNearEnd = openDescriptors.count < 3 || nextStop != nil
    poll(&watched, nfds_t(watched.count), isNearEnd ? 10 : 200)
    if !wasInterrupted, watched.last.map({ $0.revents & Int16(POLLIN) != 0 }) == true {
      wasInterrupted = true
      nextStop = .now
    }
    sendReplies()
  }

  private func stopIfDue() {
    guard let due = nextStop, due <= .now, stopsSent < Self.stopSignals.count else { return }
    child.signalGroup(Self.stopSignals[stopsSent])
    stopsSent += 1
    nextStop = .now + .seconds(1)
  }

  // MARK: Text

  /// Reads what the pipes hold now, at most `limit` bytes of each.
  private func readText(limit: Int) {
    for (descriptor, stream) in [(child.output, TextStream.stdout), (child.errors, .stderr)]
    where openDescriptors.contains(descriptor) {
      var left = min(limit, max(availableBytes(descriptor), 1))
      while left > 0 {
        guard let bytes = readAvailable(descriptor, limit: min(left, Self.readLimit)) else {
          openDescriptors.remove(descriptor)
          break
        }
        if bytes.isEmpty { break }
        left -= bytes.count
        recorder.text(stream, bytes)
        onEvent(.text(stream, bytes))
      }
    }
  }

  // MARK: Messages

  private func readMessages() {
    guard openDescriptors.contains(child.control), protocolError == nil else { return }
    guard let bytes = readAvailable(child.control, limit: Self.readLimit) else {
      openDescriptors.remove(child.control)
      return
    }
    do {
      for line in try lines.append(bytes) {
        answer(try bookDecoder().decode(ChapterMessage.self, from: line))
      }
    } catch {
      protocolError = "the chapter's messages cannot be read: \(error)"
      child.signalGroup(SIGKILL)
    }
  }

  private func answer(_ message: ChapterMessage) {
    switch message {
    case .hello(let version, let isDebugBuild):
      guard version == wireVersion else {
        protocolError = "the chapter speaks version \(version), the command version \(wireVersion)"
        return child.signalGroup(SIGKILL)
      }
      onEvent(.began(isDebugBuild: isDebugBuild))
      reply(.welcome(version: wireVersion, run: plan.run, sharedKey: plan.sharedKey))
    case .begin(let name, let line):
      // All it printed before it asked lies in the pipes; every byte belongs to the cell before.
      readText(limit: .max)
      recorder.begin(cell: name, line: line)
      onEvent(.cell(name))
      reply(.begun(cells: cellParts(upTo: name), reuse: plan.mayReuse))
    case .figure(let figure):
      readText(limit: .max)
      recorder.figure(figure)
      onEvent(.figure(figure))
      reply(.proceed)
    case .record(let record):
      recorder.record(record)
      onEvent(.record(record))
    case .progress(let state):
      onEvent(.progress(state))
    case .training:
      readText(limit: .max)
      recorder.beginBlock()
      reply(.proceed)
    case .trained(let name, let folder):
      readText(limit: .max)
      keep(checkpoint: name, chapterPart: folder)
      reply(.proceed)
    case .reused(let name):
      readText(limit: .max)
      replay(checkpoint: name)
    case .untrained(let name, let difference):
      untrained = (name, difference)
    case .predicted(let outcome):
      outcomes.append(outcome)
      onEvent(.predicted(outcome))
      reply(.proceed)
    }
  }

  private func cellParts(upTo name: String) -> ReuseKey {
    ReuseKey(plan.cells.keyParts(upTo: name))
  }

  private func keep(checkpoint name: String, chapterPart folder: String?) {
    let replay = recorder.endBlock()
    guard let replay, let folder else { return }
    // A run that is being stopped keeps nothing of the block it was in.
    guard !wasInterrupted else { return }
    do {
      try stored.store(replay, chapterPart: URL(filePath: folder), as: name)
      onEvent(.stored(checkpoint: name))
    } catch {
      onEvent(.warning("the checkpoint “\(name)” could not be kept: \(error)"))
    }
  }

  private func replay(checkpoint name: String) {
    do {
      let replay = try stored.restore(name)
      recorder.replay(replay, checkpoint: name)
      onEvent(.reused(checkpoint: name))
      for item in replay.outputs {
        switch item {
        case .text(let stream, let text): onEvent(.text(stream, Data(text.utf8)))
        case .figure(let figure): onEvent(.figure(figure))
        case .omitted: break
        }
      }
      replay.records.forEach { onEvent(.record($0)) }
      reply(.replayed(figures: replay.figures.count, records: replay.records))
    } catch {
      reply(.cannotReplay(reason: "\(error)"))
    }
  }

  private func reply(_ reply: RunnerReply) {
    guard let line = try? JSONLines.encode(reply) else { return }
    replies.append(line)
    sendReplies()
  }

  private func sendReplies() {
    while !replies.isEmpty, openDescriptors.contains(child.control) {
      let count = replies.withUnsafeBytes {
        send(child.control, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      replies = Data(replies.dropFirst(count))
    }
  }
}
