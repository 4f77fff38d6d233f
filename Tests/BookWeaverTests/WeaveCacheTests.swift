import BookWeaver
import Foundation
import Testing

struct WeaveCacheTests {
  @Test func `what was made once is not made again, unless its maker changes`() {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let cache = WeaveCache(folder: folder)
    var count = 0
    func made(by maker: String) -> String {
      cache.value(of: "x²", maker: maker) {
        count += 1
        return "<math>\(count)</math>"
      }
    }
    #expect(made(by: "maker 1") == "<math>1</math>")
    #expect(made(by: "maker 1") == "<math>1</math>")
    #expect(made(by: "maker 2") == "<math>2</math>")
  }
}
