import BookFormat
import Foundation
public import Layers
import Synchronization
public import Tensors

/// Runs `train` once and keeps what it did: a later run whose code, data and settings up to here
/// are the same restores the weights and the value, and replays what the block printed, showed and
/// recorded.
///
/// Only `swift run chapter` reuses; a chapter run directly always trains, and a prediction
/// (`predictor`) never does. A block that throws is not kept.
/// - Parameters:
///   - name: small letters, digits and single hyphens; unique in the chapter.
///   - net: the model that the block trains.
///   - inputs: values that the block depends on and the chapter's code does not show.
///   - train: the block; what it changes besides `net` is lost when it is reused.
/// - Returns: what the block returned, now or when it ran.
public func checkpoint<Value: Codable>(
  _ name: String, _ net: (any Layer)? = nil, inputs: [String: any Encodable] = [:],
  file: StaticString = #fileID, line: UInt = #line, train: () throws -> Value
) rethrows -> Value {
  var unused = SplitMix64(seed: 0)
  return try Session.current.checkpoint(
    name, net, inputs: inputs, using: &unused, SourcePlace(file, line)
  ) { _ in try train() }
}

/// Runs `train` once and keeps what it did, and the state of the random generator after it.
///
/// See `checkpoint(_:_:inputs:train:)`; the block takes its random numbers from its argument.
public func checkpoint<Value: Codable>(
  _ name: String, _ net: (any Layer)? = nil, inputs: [String: any Encodable] = [:],
  using generator: inout SplitMix64, file: StaticString = #fileID, line: UInt = #line,
  train: (inout SplitMix64) throws -> Value
) rethrows -> Value {
  try Session.current.checkpoint(
    name, net, inputs: inputs, using: &generator, SourcePlace(file, line), train: train)
}

/// Runs `train` once and keeps what it did; see `checkpoint(_:_:inputs:train:)`.
public func checkpoint(
  _ name: String, _ net: (any Layer)? = nil, inputs: [String: any Encodable] = [:],
  file: StaticString = #fileID, line: UInt = #line, train: () throws -> Void
) rethrows {
  _ = try checkpoint(name, net, inputs: inputs, file: file, line: line) {
    try train()
    return true
  }
}

extension Session {
  func checkpoint<Value: Codable>(
    _ name: String, _ net: (any Layer)?, inputs: [String: any Encodable],
    using generator: inout SplitMix64, _ place: SourcePlace,
    train: (inout SplitMix64) throws -> Value
  ) rethrows -> Value {
    guard isKebabCase(name) else {
      stop("“\(name)” is not a checkpoint name: small letters, digits, single hyphens", place)
    }
    let (outer, keySoFar, mayReuse) = position.withLock { ($0.checkpoint, $0.key, $0.mayReuse) }
    if let outer { stop("the checkpoint “\(name)” stands inside “\(outer)”", place) }
    guard let keySoFar else { return try train(&generator) }

    let key = keySoFar.with(inputs: inputParts(inputs, place))
    let folder = folders.checkpoints(of: run.chapter, run.profile).appending(path: name)
    if isPredicting {
      let stored: StoredCheckpoint<Value> = restoredForPrediction(name, net, key, from: folder)
      generator = stored.generator
      return stored.value
    }
    if mayReuse, storedKey(in: folder) == key {
      do {
        let stored: StoredCheckpoint<Value> = try restore(net, from: folder)
        try replay(name)
        generator = stored.generator
        return stored.value
      } catch {
        FileHandle.standardError.write(
          Data("The checkpoint “\(name)” is damaged and made anew: \(error)\n".utf8))
      }
    }

    position.withLock { $0.checkpoint = name }
    defer { position.withLock { $0.checkpoint = nil } }
    _ = ask(.training(checkpoint: name))
    var temporary: URL?
    defer { _ = ask(.trained(checkpoint: name, folder: temporary?.path)) }
    let value = try train(&generator)
    temporary = store(
      StoredCheckpoint(value: value, generator: generator), net, key, for: folder)
    return value
  }

  private func inputParts(
    _ inputs: [String: any Encodable], _ place: SourcePlace
  ) -> [ReuseKey.Part] {
    inputs.sorted { $0.key < $1.key }.map { name, value in
      guard let json = try? bookEncoder().encode(value) else {
        stop("the input “\(name)” cannot be encoded", place)
      }
      return ReuseKey.Part(.input, name, String(decoding: json, as: UTF8.self))
    }
  }

  private func storedKey(in folder: URL) -> ReuseKey? {
    guard let data = try? Data(contentsOf: folder.appending(path: CheckpointFile.key)) else {
      return nil
    }
    return try? bookDecoder().decode(ReuseKey.self, from: data)
  }

  private func restore<Value: Codable>(
    _ net: (any Layer)?, from folder: URL
  ) throws -> StoredCheckpoint<Value> {
    let data = try Data(contentsOf: folder.appending(path: CheckpointFile.value))
    let stored = try bookDecoder().decode(StoredCheckpoint<Value>.self, from: data)
    if let net { try restoreWeights(of: net, from: folder) }
    return stored
  }

  /// What a prediction needs; where it is missing, the runner is told and the program ends.
  private func restoredForPrediction<Value: Codable>(
    _ name: String, _ net: (any Layer)?, _ key: ReuseKey, from folder: URL
  ) -> StoredCheckpoint<Value> {
    var difference: String?
    if let storedKey = storedKey(in: folder) {
      difference = storedKey.firstDifference(from: key)
      if difference == nil {
        do { return try restore(net, from: folder) } catch {
          difference = "its files are damaged (\(error))"
        }
      }
    }
    tell(.untrained(checkpoint: name, difference: difference)) {}
    exit(1)
  }

  private func replay(_ name: String) throws {
    switch ask(.reused(checkpoint: name)) {
    case .replayed(let figures, let records):
      position.withLock {
        $0.figures += figures
        $0.records += records
      }
    case .cannotReplay(let reason): throw ReplayError(description: reason)
    default: throw ReplayError(description: "the runner did not answer")
    }
  }

  /// Writes the chapter's part of a checkpoint under a temporary name.
  ///
  /// The runner changes the name when it has added its own part. Where that fails, the training is
  /// not lost, only not kept.
  private func store<Value: Codable>(
    _ stored: StoredCheckpoint<Value>, _ net: (any Layer)?, _ key: ReuseKey, for folder: URL
  ) -> URL? {
    let temporary = folder.deletingLastPathComponent().appending(
      path: ".\(folder.lastPathComponent).\(getpid())")
    do {
      try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
      try bookEncoder().encode(stored).write(to: temporary.appending(path: CheckpointFile.value))
      try bookEncoder(pretty: true).encode(key)
        .write(to: temporary.appending(path: CheckpointFile.key))
      if let net { try storeWeights(of: net, in: temporary) }
      return temporary
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      FileHandle.standardError.write(
        Data("The checkpoint “\(folder.lastPathComponent)” could not be kept: \(error)\n".utf8))
      return nil
    }
  }
}

/// What a block returned, and the generator it left.
private struct StoredCheckpoint<Value: Codable>: Codable {
  var value: Value
  var generator: SplitMix64
}

/// A stored block cannot be replayed.
private struct ReplayError: Error, CustomStringConvertible {
  var description: String
}
