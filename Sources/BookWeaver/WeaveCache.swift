import BookFormat
import BookRunner
package import Foundation

/// Results that take long to compute and depend on their input alone, such as rendered formulas.
///
/// A file each, named by the digest of what it was made from.
package struct WeaveCache: Sendable {
  let folder: URL

  /// - Parameter folder: such as `.cache/weave`.
  package init(folder: URL) { self.folder = folder }

  /// What was made of `input` by `maker`, or what `make` makes of it now.
  ///
  /// - Parameter maker: who makes it, with its version: another version makes anew.
  package func value<Value: Codable, Failure: Error>(
    of input: String, maker: String, make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let file = folder.appending(path: Digest.hex(of: "\(maker)\u{0}\(input)") + ".json")
    if let data = try? Data(contentsOf: file),
      let value = try? bookDecoder().decode(Value.self, from: data)
    {
      return value
    }
    let value = try make()
    // A cache that cannot be written costs time, nothing else.
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? bookEncoder().encode(value).write(to: file, options: .atomic)
    return value
  }
}
