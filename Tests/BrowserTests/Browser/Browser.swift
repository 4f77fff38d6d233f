import BookRunner
import Foundation

/// A Chromium without a window, driven by the DevTools protocol.
final class Browser {
  /// How long one answer may take: the rules of accessibility need minutes for the whole book on one
  /// page where the machine has other work.
  private static let mostSeconds = 300.0

  private let pipe: DevToolsPipe
  private let profile: URL
  private var lastID = 0
  private var awaited: Set<Int> = []
  private var answers: [Int: JSON] = [:]
  private var listeners: [String: (_ event: String, _ parameters: JSON) -> Void] = [:]

  init(_ chromium: Chromium) throws {
    profile = FileManager.default.temporaryDirectory.appending(
      path: "browser-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
    pipe = try DevToolsPipe(
      executable: chromium.executable,
      arguments: Chromium.arguments(profile: profile) + ["--hide-scrollbars", "about:blank"],
      log: profile.appending(path: "browser.log"))
  }

  /// Ends the browser and removes its files.
  func close() {
    pipe.close()
    try? FileManager.default.removeItem(at: profile)
  }

  /// Does `body` with a new page that shares nothing with others, and closes it.
  func withPage<Result>(_ body: (Page) throws -> Result) throws -> Result {
    let context = try call("Target.createBrowserContext")["browserContextId"] ?? .null
    let target = try call(
      "Target.createTarget", ["url": "about:blank", "browserContextId": context]
    )["targetId"]
    let attached = try call(
      "Target.attachToTarget", ["targetId": target ?? .null, "flatten": true])
    guard let session = attached["sessionId"]?.text else {
      throw BrowserError("the browser attached no session: \(attached)")
    }
    defer {
      listeners[session] = nil
      _ = try? call("Target.disposeBrowserContext", ["browserContextId": context])
    }
    return try body(try Page(browser: self, session: session))
  }

  /// Listens to what happens in a page.
  func listen(to session: String, _ listener: @escaping (String, JSON) -> Void) {
    listeners[session] = listener
  }

  /// Calls a method of the protocol and returns its result.
  ///
  /// - Throws: `BrowserError` where the browser refuses, or does not answer in time.
  @discardableResult
  func call(
    _ method: String, _ parameters: [String: JSON] = [:], in session: String? = nil
  ) throws -> JSON {
    let id = try post(method, parameters, in: session)
    awaited.insert(id)
    try wait(seconds: Self.mostSeconds, for: "an answer to \(method)") { answers[id] != nil }
    let answer = answers.removeValue(forKey: id) ?? .null
    if let message = answer["error"]?["message"]?.text {
      throw BrowserError("\(method): \(message)")
    }
    return answer["result"] ?? .null
  }

  /// Calls a method without waiting for its result.
  @discardableResult
  func post(_ method: String, _ parameters: [String: JSON], in session: String?) throws -> Int {
    lastID += 1
    var message: [String: JSON] = [
      "id": .number(Double(lastID)), "method": .string(method), "params": .object(parameters),
    ]
    message["sessionId"] = session.map(JSON.string)
    try pipe.send(JSONEncoder().encode(message))
    return lastID
  }

  /// Takes the browser's messages until `isDone`.
  ///
  /// - Throws: `BrowserError` where it takes too long.
  func wait(seconds: Double, for what: String, until isDone: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while try !isDone() {
      guard ContinuousClock.now < end else {
        throw BrowserError("waited \(Int(seconds)) seconds for \(what)")
      }
      if let message = try pipe.receive(milliseconds: 20) { try take(message) }
    }
  }

  private func take(_ bytes: Data) throws {
    let message = try JSONDecoder().decode(JSON.self, from: bytes)
    if let id = message["id"]?.number.map({ Int($0) }) {
      if awaited.remove(id) != nil { answers[id] = message }
    } else if let event = message["method"]?.text, let session = message["sessionId"]?.text {
      listeners[session]?(event, message["params"] ?? .null)
    }
  }
}
