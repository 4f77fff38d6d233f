import Foundation
import Glibc

/// A process that speaks the Language Server Protocol on its standard input and output.
///
/// The messages are JSON-RPC in frames. Every exchange has a time limit.
final class LanguageServer {
  private let process: Process
  private let socket: Int32
  private var pending = Data()
  private var lastIdentifier = 0
  private let timeLimit: Duration

  /// Starts `command`, found on the search path.
  ///
  /// - Throws: `LanguageServerError` where it cannot be started.
  init(command: [String], timeLimit: Duration) throws {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw LanguageServerError("no socket: \(String(cString: strerror(errno)))")
    }
    _ = fcntl(ends[0], F_SETFL, fcntl(ends[0], F_GETFL) | O_NONBLOCK)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    // The server looks for a package around its folder: here it finds none.
    process.currentDirectoryURL = URL(filePath: "/")
    // A socket rather than pipes: writing to a server that is gone must not raise a signal.
    let end = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    process.standardInput = end
    process.standardOutput = end
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      close(ends[0])
      throw LanguageServerError(error.localizedDescription)
    }
    try? end.close()
    (self.process, self.socket, self.timeLimit) = (process, ends[0], timeLimit)
  }

  deinit {
    close(socket)
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Tells the server something that has no answer.
  func notify(_ method: String, _ parameters: some Encodable) throws {
    try send(Message(id: nil, method: method, params: parameters), until: .now + timeLimit)
  }

  /// Asks the server and waits for its answer.
  ///
  /// - Throws: `LanguageServerError` where the server ends, is silent or answers with an error.
  func ask<Answer: Decodable>(
    _ method: String, _ parameters: some Encodable, as type: Answer.Type
  ) throws -> Answer {
    let deadline = ContinuousClock.now + timeLimit
    lastIdentifier += 1
    try send(Message(id: lastIdentifier, method: method, params: parameters), until: deadline)
    while true {
      let body = try receive(until: deadline)
      guard let head = try? JSONDecoder().decode(Head.self, from: body) else {
        throw LanguageServerError("it answered \(method) with what is no message")
      }
      // Whatever the server asks or reports meanwhile is nothing to us.
      guard head.method == nil, head.id == lastIdentifier else { continue }
      do {
        return try JSONDecoder().decode(Reply<Answer>.self, from: body).result
      } catch {
        throw LanguageServerError("it refused \(method)")
      }
    }
  }

  private func send(_ message: some Encodable, until deadline: ContinuousClock.Instant) throws {
    let body = try JSONEncoder().encode(message)
    var bytes = Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    while !bytes.isEmpty {
      try wait(for: POLLOUT, until: deadline)
      let count = bytes.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        bytes = Data(bytes.dropFirst(count))
      } else if errno != EAGAIN && errno != EINTR {
        throw LanguageServerError("it ended")
      }
    }
  }

  /// The body of the next message.
  private func receive(until deadline: ContinuousClock.Instant) throws -> Data {
    let blank = Data("\r\n\r\n".utf8)
    while true {
      if let end = pending.range(of: blank) {
        let header = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
        guard let match = header.firstMatch(of: /(?i)content-length: *(\d+)/),
          let length = Int(match.1)
        else { throw LanguageServerError("it sent a message without a length") }
        if pending.endIndex - end.upperBound >= length {
          let body = Data(pending[end.upperBound..<end.upperBound + length])
          pending = Data(pending[(end.upperBound + length)...])
          return body
        }
      }
      try wait(for: POLLIN, until: deadline)
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = recv(socket, &buffer, buffer.count, 0)
      if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) {
        throw LanguageServerError("it ended")
      }
      if count > 0 { pending.append(contentsOf: buffer[..<count]) }
    }
  }

  private func wait(for event: Int32, until deadline: ContinuousClock.Instant) throws {
    let left = (deadline - .now) / .milliseconds(1)
    var descriptor = pollfd(fd: socket, events: Int16(event), revents: 0)
    guard left > 0, poll(&descriptor, 1, Int32(left.rounded(.up))) != 0 else {
      throw LanguageServerError("it did not answer within \(timeLimit)")
    }
  }
}

/// Why a language server is of no use.
struct LanguageServerError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

private struct Message<Parameters: Encodable>: Encodable {
  var jsonrpc = "2.0"
  let id: Int?
  let method: String
  let params: Parameters
}

/// What tells a reply from what the server says of itself.
private struct Head: Decodable {
  let id: Int?
  let method: String?

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    // A server may number its own requests with words.
    id = try? values.decode(Int.self, forKey: .id)
    method = try values.decodeIfPresent(String.self, forKey: .method)
  }

  private enum Key: CodingKey { case id, method }
}

private struct Reply<Answer: Decodable>: Decodable {
  let result: Answer
}
