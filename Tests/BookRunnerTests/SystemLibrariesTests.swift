import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct SystemLibrariesTests {
  @Test func `missing libraries are found and named in one apt line`() throws {
    let machine = try TemporaryBook()
    func missing() -> [String] {
      SystemLibrary.missing(root: machine.folders.root, environment: [:]).map(\.package)
    }
    #expect(
      missing() == [
        "libpng-dev", "libturbojpeg0-dev", "libcairo2-dev", "libdnnl-dev", "libcmark-gfm-dev",
        "libcmark-gfm-extensions-dev", "duktape-dev", "libgomp1",
      ])
    for path in [
      "png.h", "turbojpeg.h", "cairo/cairo.h", "dnnl.h", "cmark-gfm.h",
      "cmark-gfm-core-extensions.h", "duktape.h",
    ] {
      try machine.write("", to: "usr/include/\(path)")
    }
    #expect(missing() == ["libgomp1"])
    try machine.write("", to: "usr/lib/x86_64-linux-gnu/libgomp.so.1")
    #expect(missing() == [])
    #expect(
      SystemLibrary.advice(SystemLibrary.needed).contains(
        "sudo apt-get install libpng-dev libturbojpeg0-dev libcairo2-dev libdnnl-dev"))
  }

  @Test func `folders named in the compiler's variables count`() throws {
    let machine = try TemporaryBook()
    try machine.write("", to: "opt/png.h")
    let folder = machine.folders.root.appending(path: "opt").path
    let found = SystemLibrary.missing(
      root: machine.folders.root, environment: ["CPATH": "/none:\(folder)"])
    #expect(!found.map(\.package).contains("libpng-dev"))
  }
}
