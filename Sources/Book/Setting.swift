import BookFormat
public import Foundation

/// The value for this run: `full` in the real run, `quick` in the smoke run (`--quick`), whose
/// numbers mean nothing.
///
/// - Parameter predicting: the value where the chapter looks at a reader's pictures (`predictor`), if
///   that needs less, such as one trained network of three.
public func setting<Value>(full: Value, quick: Value, predicting: Value? = nil) -> Value {
  let value = isQuick ? quick : full
  return Session.current.isPredicting ? predicting ?? value : value
}

/// Whether this is the smoke run (`--quick`).
public var isQuick: Bool { Session.current.run.profile == .quick }

/// The reader's own data, given with `--data FOLDER`; nil where the book draws its own.
public var dataFolder: URL? {
  Session.current.run.dataFolder.map { URL(filePath: $0, directoryHint: .isDirectory) }
}

/// A folder in the book's cache for things that are made once, such as generated pictures.
///
/// The folder above it exists; the folder itself may not yet, so that it can be made under a
/// temporary name and renamed.
/// - Parameter name: small letters, digits and single hyphens; name what the content depends on.
public func cacheFolder(named name: String, file: StaticString = #fileID, line: UInt = #line) -> URL
{
  guard isKebabCase(name) else {
    stop("“\(name)” is not a folder name: small letters, digits, single hyphens", .init(file, line))
  }
  let data = Session.current.folders.cache.appending(path: "data")
  do {
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
  } catch {
    stop("cannot make \(data.path): \(error.localizedDescription)", .init(file, line))
  }
  return data.appending(path: name, directoryHint: .isDirectory)
}
