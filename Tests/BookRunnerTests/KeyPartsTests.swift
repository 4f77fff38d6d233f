import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct KeyPartsTests {
  private let book: TemporaryBook
  private var toolchain = Toolchain(version: "Swift 6.3.1")
  private var environment = ["OMP_NUM_THREADS": "2", "HOME": "/home/a"]
  private var profile = Profile.full

  init() throws {
    book = try TemporaryBook()
    let files = [
      "Package.swift": "let chapters = [\n  \"ssd\"\n]\nlet flags = [\"-O\"]\n",
      "Chapters/ssd/main.swift":
        "import Upper\ncell(\"a\")\nlet x = 1\ncell(\"train\")\nlet y = 2\ncell(\"after\")\nlet z = 3\n",
      "Sources/Upper/Upper.swift": "public import Lower\nlet u = 1 // one\n",
      "Sources/Lower/Lower.swift": "import struct CBits.Bit\nlet l = 1\n",
      "Sources/CBits/bits.c": "int bits;\n",
      "Sources/Alone/Alone.swift": "let alone = 1\n",
      "data/a.png": "picture", "data/sub/labels.csv": "1,2\n",
    ]
    for (path, text) in files { try book.write(text, to: path) }
  }

  private func key(data: String? = "data") throws -> ReuseKey {
    let source = try book.text(of: "Chapters/ssd/main.swift")
    let shared = try SharedKey(
      RunSurroundings(folders: book.folders, toolchain: toolchain, environment: environment),
      profile: profile, dataFolder: data.map { book.folders.root.appending(path: $0) })(
        source: source)
    let cells = try splitCells(source, file: "main.swift")
    return ReuseKey(shared.parts + cells.keyParts(upTo: "train"))
  }

  private func difference(after change: () throws -> Void) throws -> String? {
    let stored = try key()
    try change()
    return stored.firstDifference(from: try key())
  }

  @Test(arguments: [
    ("Sources/Upper/Upper.swift", "the library file Sources/Upper/Upper.swift changed"),
    ("Sources/Lower/Lower.swift", "the library file Sources/Lower/Lower.swift changed"),
    ("Sources/CBits/bits.c", "the library file Sources/CBits/bits.c changed"),
    ("Package.swift", "the settings in Package.swift changed"),
    ("data/a.png", "the data file a.png changed"),
    ("data/sub/labels.csv", "the data file sub/labels.csv changed"),
  ])
  func `a file that a checkpoint depends on is named when it changes`(
    path: String, sentence: String
  ) throws {
    let found = try difference {
      try book.write(try book.text(of: path) + "let more = 1\n", to: path)
    }
    #expect(found == sentence)
  }

  @Test func `code counts up to the checkpoint's cell`() throws {
    func replacing(_ old: String, _ new: String) throws -> String? {
      let path = "Chapters/ssd/main.swift"
      return try difference {
        try book.write(try book.text(of: path).replacing(old, with: new), to: path)
      }
    }
    #expect(try replacing("let z = 3", "let z = 4") == nil)
    #expect(try replacing("let x = 1", "let x = 1  // note") == nil)
    #expect(try replacing("let x = 1", "let x = 5") == "the cell “a” changed")
    #expect(try replacing("let y = 2", "let y = 6") == "the cell “train” changed")
    #expect(
      try replacing("import Upper", "import Upper\nimport Foundation")
        == "the code before the first cell changed")
  }

  @Test func `what no number depends on does not count`() throws {
    let root = book.folders.root
    #expect(
      try difference {
        try book.write("public import Lower\n\nlet u  =  1\n", to: "Sources/Upper/Upper.swift")
        try book.write("let alone = 2\n", to: "Sources/Alone/Alone.swift")
        try book.write(
          "let chapters = [\"ssd\", \"yolo\"]\nlet flags = [\"-O\"]", to: "Package.swift")
        try book.write("# prose\n", to: "Chapters/ssd/ssd.md")
        for path in ["data/a.png", "Sources/CBits/bits.c"] {
          try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1e9)],
            ofItemAtPath: root.appending(path: path).path)
        }
      } == nil)
  }

  @Test func `data files that come and go are named`() throws {
    #expect(
      try difference { try book.write("x", to: "data/b.png") } == "the data file b.png is new")
    #expect(
      try difference {
        try FileManager.default.removeItem(at: book.folders.root.appending(path: "data/a.png"))
      } == "the data file a.png is gone")
    #expect(
      try key(data: nil).firstDifference(from: try key()) == "the choice of data changed")
  }

  @Test func `machine settings are named`() throws {
    var other = self
    other.toolchain.version = "Swift 6.4"
    #expect(
      try key().firstDifference(from: try other.key())
        == "the toolchain's version changed from “Swift 6.3.1” to “Swift 6.4”")
    other = self
    other.environment["OMP_NUM_THREADS"] = nil
    #expect(
      try key().firstDifference(from: try other.key())
        == "the environment variable OMP_NUM_THREADS changed from “2” to “unset”")
    other = self
    other.profile = .quick
    #expect(
      try key().firstDifference(from: try other.key())
        == "the profile changed from “full” to “quick”")
    other = self
    other.environment["HOME"] = "/home/b"
    #expect(try key() == other.key())
  }

  @Test func `results of other chapters count where the source declares that it reads them`() throws
  {
    let main = "Chapters/ssd/main.swift"
    let read =
      "\nlet folder = try resultsFolder(of: \"yolo\")  // not resultsFolder(of: \"rcnn\")\n"
    try book.write(try book.text(of: main) + read, to: main)
    try book.write("[1]", to: "output/yolo/records.json")
    #expect(
      try difference { try book.write("[2]", to: "output/yolo/records.json") }
        == "what the chapter “yolo” measured changed")
    #expect(
      try difference { try book.write("[]", to: "output/yolo/detections.json") }
        == "what the chapter “yolo” measured changed")
    #expect(
      try difference { try book.write("[]", to: "output/yolo/detections-scales.json") }
        == "what the chapter “yolo” measured changed")
    #expect(try difference { try book.write("[2]", to: "output/rcnn/records.json") } == nil)
    #expect(try difference { try book.write("[3]", to: "output/quick/yolo/records.json") } == nil)
  }
}
