import Datasets
import Foundation
import Testing

@Suite struct PictureHeaderTests {
  @Test func `a picture cut off anywhere is found without decoding it`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    let path = "fruit_train/images/1.png"
    let whole = try Data(contentsOf: fixture.root.appending(path: path))
    for length in stride(from: 0, to: whole.count, by: 7) {
      try fixture.write(whole.prefix(length), to: path)
      let complaint = try #require(fixture.complaint(), "cut at \(length)")
      #expect(complaint.problem == .unreadablePicture)
      #expect(complaint.file.hasSuffix(path))
    }
    try fixture.write(whole, to: path)
    #expect(fixture.complaint() == nil)
  }

  @Test func `a file that is not PNG`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    try fixture.write(Data("JFIF, honestly".utf8), to: "fruit_train/images/1.png")
    #expect(fixture.complaint()?.found == "a file that is not PNG")
  }

  @Test func `a picture with damaged pixels is found when it is decoded`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    let path = "fruit_train/images/1.png"
    var bytes = try Data(contentsOf: fixture.root.appending(path: path))
    let pixels = try #require(bytes.firstRange(of: Data("IDAT".utf8)))
    for i in pixels.upperBound..<pixels.upperBound + 12 { bytes[i] ^= 0xff }
    try fixture.write(bytes, to: path)
    let training = try fixture.read().training
    #expect(throws: DatasetError.self) { try training.image(at: 1) }
    #expect(throws: DatasetError.self) { try training.decoded() }
    #expect(throws: Never.self) { try training.image(at: 0) }
  }
}
