import Foundation
import Testing

/// `chapter NAME --predict` as a process, in a book whose chapters have not run.
struct PredictionTests {
  private let book: SmallBook

  init() throws {
    book = try SmallBook([
      "boxes": "cell(\"one\")\nlet classPredictor = (1)\n",
      "ssd": "cell(\"one\")\npredictor(classNames: [], height: 1, width: 1) { _ in [] }\n",
    ])
  }

  @Test func `a chapter that is not trained is an error before anything is built`() throws {
    defer { try? FileManager.default.removeItem(at: book.root) }
    let (status, output) = try book.run(["ssd", "--predict", "a.png", "b.jpg", "--quick"])
    #expect(status == 1)
    #expect(
      output
        == "The chapter “ssd” is not trained yet. Train it first: swift run chapter ssd --quick\n"
    )
    #expect(!FileManager.default.fileExists(atPath: book.root.appending(path: ".build").path))
  }

  @Test func `a chapter without a predictor names those that have one`() throws {
    defer { try? FileManager.default.removeItem(at: book.root) }
    let (status, output) = try book.run(["boxes", "--predict", "a.png"])
    #expect(status == 1)
    #expect(
      output == "The chapter “boxes” finds no objects in pictures. Those that do: ssd\n")
  }

  @Test func `arguments that mean nothing together are refused with what to write`() throws {
    defer { try? FileManager.default.removeItem(at: book.root) }
    for (arguments, said) in [
      (["--predict", "a.png"], "swift run chapter ssd --predict a.png"),
      (["ssd", "--predict", "a.png", "--fresh"], "--fresh trains anew"),
      (["ssd", "--out", "found"], "--out goes with --predict"),
    ] {
      let (status, output) = try book.run(arguments)
      #expect(status == 64)
      #expect(output.contains(said), "\(output)")
    }
  }

  @Test func `the help has an example`() throws {
    defer { try? FileManager.default.removeItem(at: book.root) }
    #expect(
      try book.run(["run", "--help"]).output.contains("swift run chapter ssd --predict photo.jpg"))
  }
}
