import BookFormat
import Foundation
import Testing

@testable import BookRunner

/// Examples of FIPS 180 (NIST, "Secure Hash Standard: example values") and RFC 6234, section 8.5.
struct DigestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `the standard's examples`(message: String, digest: String) {
    #expect(Digest.hex(of: message) == digest)
  }

  @Test func `a million letters, whole and in pieces`() {
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    let message = Data(repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(Digest.hex(of: message) == expected)
    var digest = Digest()
    for start in stride(from: 0, to: message.count, by: 997) {
      digest.update(message[start..<min(start + 997, message.count)])
    }
    #expect(digest.finish() == expected)
  }

  @Test func `a file has the digest of its bytes`() throws {
    let book = try TemporaryBook()
    try book.write("abc", to: "a.txt")
    let file = book.folders.root.appending(path: "a.txt")
    #expect(try Digest.hex(ofFile: file) == Digest.hex(of: "abc"))
  }
}
