import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct LimitedOutputTests {
  private let limits = LimitedOutput.Limits(head: 10, tail: 20, file: 10_000)
  private let figure = FigureEntry(name: "a-1", alt: "a", caption: nil, width: 1, height: 1)

  @Test func `short text stays whole, pieces of one stream joined`() {
    var output = LimitedOutput(limits: limits, file: nil)
    output.append(.stdout, Data("ab".utf8))
    output.append(.stdout, Data("cd".utf8))
    output.append(.stderr, Data("e".utf8))
    output.append(figure)
    output.append(.stdout, Data("f".utf8))
    #expect(
      output.finish() == [
        .text(stream: .stdout, text: "abcd"), .text(stream: .stderr, text: "e"),
        .figure(entry: figure), .text(stream: .stdout, text: "f"),
      ])
  }

  @Test func `a letter whose bytes come one by one stays a letter`() {
    var output = LimitedOutput(limits: limits, file: nil)
    for byte in "ü".utf8 { output.append(.stdout, Data([byte])) }
    #expect(output.finish() == [.text(stream: .stdout, text: "ü")])
  }

  @Test func `text up to the limits is kept to the byte`() {
    var output = LimitedOutput(limits: limits, file: nil)
    let text = String((0..<30).map { Character(String($0 % 10)) })
    output.append(.stdout, Data(text.utf8))
    #expect(output.finish() == [.text(stream: .stdout, text: text)])
  }

  @Test func `of too much text head and tail stay, and the whole is in a file`() throws {
    let book = try TemporaryBook()
    let file = book.folders.root.appending(path: "text/act.txt")
    let wide = LimitedOutput.Limits(head: 10, tail: 5000, file: 30_000)
    var output = LimitedOutput(limits: wide, file: file)
    let text = (0..<4000).map { "\($0)\n" }.joined()
    for start in stride(from: 0, to: text.count, by: 100) {
      output.append(.stdout, Data(text.utf8.dropFirst(start).prefix(100)))
    }
    output.append(figure)
    let outputs = output.finish()
    guard case .text(.stdout, let head) = outputs[0],
      case .omitted(let bytes, let name) = outputs[1],
      case .text(.stdout, let tail) = outputs[2]
    else {
      Issue.record("head, gap and tail expected, not \(outputs)")
      return
    }
    #expect(head == String(text.prefix(10)))
    #expect(text.hasSuffix(tail))
    #expect(tail.utf8.count >= 5000 && tail.utf8.count < 5000 + 4096)
    #expect(head.utf8.count + bytes + tail.utf8.count == text.utf8.count)
    #expect(outputs[3] == .figure(entry: figure))
    #expect(name == "text/act.txt")
    #expect(try book.text(of: "text/act.txt") == text)
  }

  @Test func `the file and the memory are bounded`() throws {
    let book = try TemporaryBook()
    let file = book.folders.root.appending(path: "text/act.txt")
    var output = LimitedOutput(limits: limits, file: file)
    for _ in 0..<1000 { output.append(.stdout, Data(repeating: 65, count: 997)) }
    _ = output.finish()
    #expect(try Data(contentsOf: file).count == limits.file)
    #expect(output.omittedBytes > 997 * 1000 - 10 - 20 - 4096)
    let found = try FileManager.default.contentsOfDirectory(
      atPath: file.deletingLastPathComponent().path)
    #expect(found == ["act.txt"])
  }
}
