import Foundation

/// The search library, as a package of the system holds it.
struct Lunr {
  private static let scriptPath = "usr/share/javascript/lunr/lunr.min.js"
  private static let licensePath = "usr/share/doc/libjs-lunr/copyright"

  /// The system's top folder: `/`, but in tests.
  let root: URL

  func script() throws(WeaveProblem) -> Data { try data(of: Self.scriptPath) }

  func license() throws(WeaveProblem) -> Data { try data(of: Self.licensePath) }

  /// Something that went wrong with the library.
  static func problem(_ message: String) -> WeaveProblem {
    WeaveProblem(file: "/\(scriptPath)", line: nil, message)
  }

  private func data(of path: String) throws(WeaveProblem) -> Data {
    guard let data = try? Data(contentsOf: root.appending(path: path)) else {
      let message =
        "The search library is not there: install the package libjs-lunr (make setup). The book "
        + "is written without search."
      throw WeaveProblem(file: "/\(path)", line: nil, message)
    }
    return data
  }
}
