import Foundation
import Images
import Testing

@Suite struct PictureFileTests {
  @Test func `the content of a file says what it is, not its name`() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let jpeg = try JPEGGoldens.jpeg("gray")
    let png = try Image(height: 1, width: 2, pixels: [1, 2, 3, 4, 5, 6]).pngData()
    for (bytes, name, width) in [(jpeg, "a.png", 14), (png, "a.jpg", 2), (png, "a", 2)] {
      let file = folder.appending(path: name)
      try bytes.write(to: file)
      #expect(try Image(contentsOf: file).width == width, "\(name)")
    }
  }

  @Test(arguments: [("", "the file is empty"), ("hello", "it starts with 68 65 6c 6c 6f")])
  func `a file that is no picture is named, with its first bytes and what to do`(
    content: String, said: String
  ) throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "notes.png")
    try Data(content.utf8).write(to: file)
    let error = #expect(throws: ImageError.self) { try Image(contentsOf: file) }
    #expect(
      error?.description
        == "\(file.path): not a PNG or JPEG picture (\(said)); convert it to PNG or JPEG")
  }
}
