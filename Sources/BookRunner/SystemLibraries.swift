package import Foundation

/// A C library that the book needs, and the Debian package that brings it.
package struct SystemLibrary: Equatable, Sendable {
  package var package: String
  /// Files of which one must be there, as a compiler would look for them.
  var headers: [String] = []
  var libraries: [String] = []

  /// Those that the book's libraries are compiled against.
  package static let needed = [
    SystemLibrary(package: "libpng-dev", headers: ["png.h"]),
    SystemLibrary(package: "libturbojpeg0-dev", headers: ["turbojpeg.h"]),
    SystemLibrary(package: "libcairo2-dev", headers: ["cairo/cairo.h"]),
    SystemLibrary(package: "libdnnl-dev", headers: ["oneapi/dnnl/dnnl.h", "dnnl.h"]),
    SystemLibrary(package: "libcmark-gfm-dev", headers: ["cmark-gfm.h"]),
    SystemLibrary(
      package: "libcmark-gfm-extensions-dev", headers: ["cmark-gfm-core-extensions.h"]),
    SystemLibrary(package: "duktape-dev", headers: ["duktape.h"]),
    SystemLibrary(package: "libgomp1", libraries: ["libgomp.so", "libgomp.so.1"]),
  ]

  /// The needed libraries that are not in a compiler's folders under `root`.
  package static func missing(
    root: URL = URL(filePath: "/"), environment: [String: String]
  ) -> [SystemLibrary] {
    let machine = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
    let include =
      ["usr/include", "usr/local/include"] + machine.map { "usr/include/\($0)" }
    let library =
      ["usr/lib", "usr/lib64", "usr/local/lib"] + machine.map { "usr/lib/\($0)" }
    let extra = { (names: [String]) in
      names.flatMap { (environment[$0] ?? "").split(separator: ":").map(String.init) }
    }
    let headerFolders =
      include.map { root.appending(path: $0) }
      + extra(["CPATH", "C_INCLUDE_PATH"]).map { URL(filePath: $0) }
    let libraryFolders =
      library.map { root.appending(path: $0) } + extra(["LIBRARY_PATH"]).map { URL(filePath: $0) }
    func isThere(_ files: [String], in folders: [URL]) -> Bool {
      files.isEmpty
        || folders.contains { folder in
          files.contains {
            FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
          }
        }
    }
    return needed.filter {
      !isThere($0.headers, in: headerFolders) || !isThere($0.libraries, in: libraryFolders)
    }
  }

  /// What to tell a reader whose machine lacks `libraries`.
  package static func advice(_ libraries: [SystemLibrary]) -> String {
    let names = libraries.map(\.package).joined(separator: " ")
    return """
      This machine lacks libraries that the book's programs are built with.
      On Debian and Ubuntu:

        sudo apt-get install \(names)

      or: make setup
      """
  }
}
