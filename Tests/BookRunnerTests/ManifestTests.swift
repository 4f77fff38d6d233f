import Testing

@testable import BookRunner

struct ManifestTests {
  private let manifest = """
    let chapters = ["ssd"]
    let strict = [.a]
    let package = Package(targets: [
      .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"])]),
      .target(name: "Images", dependencies: ["CPNG", .product(name: "X", package: "x")]),
      .target(name: "Weaver", swiftSettings: strict),
      .executableTarget(name: "Benchmark", path: "Benchmarks"),
      .testTarget(name: "ImagesTests", dependencies: ["Images"]),
    ] + chapters.map { .executableTarget(name: $0, dependencies: ["Images"]) })
    """

  private func counts(_ old: String, _ new: String) -> Bool {
    let changed = manifest.replacing(old, with: new)
    #expect(changed != manifest)
    return settingsText(manifest, linking: ["Images", "CPNG"])
      != settingsText(changed, linking: ["Images", "CPNG"])
  }

  @Test(arguments: [
    ("[.a]", "[.b]"), ("dependencies: [\"CPNG\"", "dependencies: [\"CZ\""),
    ("libpng-dev", "libpng2-dev"),
    ("$0, dependencies: [\"Images\"", "$0, dependencies: [\"Other\""),
  ])
  func `settings and targets that a program links count`(old: String, new: String) {
    #expect(counts(old, new))
  }

  @Test(arguments: [
    ("[\"ssd\"]", "[\"ssd\", \"yolo\"]"), ("swiftSettings: strict", "swiftSettings: []"),
    ("path: \"Benchmarks\"", "path: \"Timings\""),
    ("\"ImagesTests\", dependencies: [\"Images\"]", "\"ImagesTests\", dependencies: [f(\"A\")]"),
    (".testTarget(name: \"ImagesTests\", dependencies: [\"Images\"]),\n", ""),
  ])
  func `chapters, tests and targets that it does not link do not`(old: String, new: String) {
    #expect(!counts(old, new))
  }
}
