import Foundation

/// The report of the toolchain's backtracer about a crash.
package struct Backtrace: Decodable, Sendable {
  package struct Frame: Decodable, Sendable {
    package struct Location: Decodable, Sendable {
      package var file: String
      package var line: Int
    }

    package var sourceLocation: Location?
  }

  struct Thread: Decodable, Sendable {
    var crashed: Bool?
    var frames: [Frame]
  }

  var threads: [Thread]

  /// The setting that makes the toolchain's runtime write a report to `file` when a program traps.
  static func setting(reportTo file: URL) -> String {
    "enable=yes,interactive=no,color=no,format=json,threads=crashed,registers=none,images=none,"
      + "limit=200,output-to=\(file.path)"
  }

  /// The line of the topmost frame of the crashed thread that lies in `source`.
  package func line(in source: String) -> Int? {
    let frames = (threads.first { $0.crashed == true } ?? threads.first)?.frames ?? []
    return frames.lazy.compactMap(\.sourceLocation).first { $0.file == source && $0.line > 0 }?.line
  }
}
