package import Foundation
import Glibc

/// A lock on a file, held until it is released or the process ends.
package final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, or returns nil where another process holds it.
  ///
  /// - Throws: `FileLockError` where the lock's file cannot be made.
  package init?(_ file: URL) throws {
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw FileLockError(path: file.path, reason: error.localizedDescription)
    }
    let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileLockError(path: file.path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}

/// A lock's file cannot be made.
package struct FileLockError: Error, CustomStringConvertible {
  let path: String
  let reason: String

  package var description: String { "cannot open the lock \(path): \(reason)" }
}
