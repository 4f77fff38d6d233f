import Foundation
import Testing

/// Arrows between modules point down only.
struct ImportTests {
  /// What each module may import besides the system's own modules.
  static let allowed: [String: Set<String>] = [
    "Tensors": ["COneDNN"],
    "Layers": ["Tensors"],
    "Detection": ["Tensors"],
    "Models": ["Tensors", "Layers", "Detection"],
    "Images": ["CPNG", "CTurboJPEG"],
    "Canvas": ["CCairo", "Images"],
    "Figures": ["Canvas", "Images"],
    "Datasets": ["Images", "Canvas", "Detection", "Tensors"],
    "BookFormat": [],
    "Book": [
      "BookFormat", "Datasets", "Figures", "Canvas", "Images", "Detection", "Layers", "Tensors",
    ],
    "BookRunner": ["BookFormat"],
    "BookWeaver": ["BookRunner", "BookFormat", "CCMark", "CDuktape", "Mustache", "TOMLKit"],
    "ChapterCommand": ["BookFormat", "BookRunner", "BookWeaver", "ArgumentParser"],
  ]
  static let allowedInChapters: Set<String> = [
    "Book", "Tensors", "Layers", "Detection", "Models", "Datasets", "Images", "Canvas", "Figures",
  ]
  /// Modules of the toolchain.
  static let system: Set<String> = [
    "Foundation", "Glibc", "Dispatch", "Synchronization", "RegexBuilder",
  ]

  @Test func `modules import only what lies below them`() throws {
    for path in Repository.files(below: "Sources", "swift") {
      let module = String(path.split(separator: "/")[1])
      let allowed = try #require(
        ImportTests.allowed[module], "\(module) is in no row of the table of imports")
      try expectImports(path, within: allowed)
    }
  }

  @Test func `a chapter imports libraries, never another chapter`() throws {
    for path in Repository.files(below: "Chapters", "swift") {
      try expectImports(path, within: ImportTests.allowedInChapters)
    }
  }

  @Test func `import lines of every kind are seen`() {
    let text = """
      public import A
      @preconcurrency package import B
      import struct C.Part
        import D  // why
      // import E
      let important = "import F"
      """
    #expect(ImportTests.imports(text) == ["A", "B", "C", "D"])
  }

  private func expectImports(_ path: String, within allowed: Set<String>) throws {
    for module in ImportTests.imports(try Repository.text(path)) {
      #expect(
        allowed.contains(module) || ImportTests.system.contains(module),
        "\(path) may not import \(module)")
    }
  }

  /// The modules that the import lines of `text` name.
  static func imports(_ text: String) -> [String] {
    let line = /^\s*(?:@\w+\s+)*(?:\w+\s+)?import\s+(?:\w+\s+)?(\w+)(?:\.\w+)*\s*(?:\/\/.*)?$/
    return text.split(separator: "\n").compactMap { text in
      text.wholeMatch(of: line).map { String($0.1) }
    }
  }
}
