import Foundation

/// A page of the browser: opened, looked at, resized.
final class Page {
  /// Something the page asked for.
  struct Request: Equatable {
    var url: URL
    /// What kind of thing it is, as the protocol names it, such as `Image`.
    var kind: String
  }

  /// Errors that the page wrote on the console, exceptions it did not catch, files it did not get.
  private(set) var complaints: [String] = []
  private(set) var requests: [Request] = []
  private let browser: Browser
  private let session: String
  private var loads = 0
  private var parsed = 0

  init(browser: Browser, session: String) throws {
    self.browser = browser
    self.session = session
    browser.listen(to: session) { [unowned self] in take($0, $1) }
    for domain in ["Page", "Runtime", "Log", "Network"] { try call("\(domain).enable") }
    try call("Emulation.setFocusEmulationEnabled", ["enabled": true])
    try setWindow(.wide)
    try setScheme(.light)
  }

  @discardableResult
  func call(_ method: String, _ parameters: [String: JSON] = [:]) throws -> JSON {
    try browser.call(method, parameters, in: session)
  }

  // MARK: Opening

  /// Opens an address and waits until the page is loaded and drawn.
  ///
  /// - Parameter runsScripts: whether the page's scripts run while it loads; those of a check do in
  ///   any case.
  func open(_ url: URL, runsScripts: Bool = true) throws {
    try setScripts(allowed: runsScripts)
    let before = loads
    try navigate(to: url)
    try browser.wait(seconds: 30, for: "the page to load") { loads > before }
    // What was skipped is not made up for, and a check's promises need scripts.
    try setScripts(allowed: true)
    try rest()
  }

  /// Opens an address as from a slow disk: the page is drawn, its pictures have not come yet.
  func openWithoutPictures(_ url: URL) throws {
    try call("Fetch.enable", ["patterns": [["urlPattern": "*", "resourceType": "Image"]]])
    let before = parsed
    try navigate(to: url)
    try browser.wait(seconds: 30, for: "the page's text") { parsed > before }
    try rest()
  }

  /// Lets those pictures come.
  func letPicturesCome() throws { try call("Fetch.disable") }

  func reload() throws {
    let before = loads
    try call("Page.reload")
    try browser.wait(seconds: 30, for: "the page to load") { loads > before }
    try rest()
  }

  private func navigate(to url: URL) throws {
    (complaints, requests) = ([], [])
    let answer = try call("Page.navigate", ["url": .string(url.absoluteString)])
    if let error = answer["errorText"]?.text {
      throw BrowserError("\(url.path) does not open: \(error)")
    }
  }

  private func setScripts(allowed: Bool) throws {
    try call("Emulation.setScriptExecutionDisabled", ["value": .bool(!allowed)])
  }

  /// Waits until fonts are there and a frame is drawn.
  func rest() throws {
    try run("await document.fonts.ready; await frame(); await frame();")
  }

  /// Waits until an expression of the page is true; returns whether it became so.
  ///
  /// Between two pages there is none to ask: that counts as not yet.
  func becomes(_ condition: String, seconds: Double = 5) throws -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      if (try? value(of: "return Boolean(\(condition));")) == true { return true }
      usleep(20_000)
    }
    return false
  }

  private func take(_ event: String, _ parameters: JSON) {
    switch event {
    case "Page.domContentEventFired": parsed += 1
    case "Page.loadEventFired": loads += 1
    case "Runtime.exceptionThrown":
      let details = parameters["exceptionDetails"]
      let text = details?["exception"]?["description"]?.text ?? details?["text"]?.text
      complaints.append(text ?? "an exception")
    case "Runtime.consoleAPICalled":
      guard ["error", "assert"].contains(parameters["type"]?.text) else { return }
      let words = (parameters["args"]?.elements ?? []).map {
        $0["value"]?.text ?? $0["description"]?.text ?? "…"
      }
      complaints.append(words.joined(separator: " "))
    case "Log.entryAdded":
      guard parameters["entry"]?["level"]?.text == "error" else { return }
      let (text, url) = (parameters["entry"]?["text"]?.text, parameters["entry"]?["url"]?.text)
      complaints.append([text, url].compactMap(\.self).joined(separator: " "))
    case "Network.requestWillBeSent":
      guard let address = parameters["request"]?["url"]?.text, let url = URL(string: address)
      else { return }
      requests.append(Request(url: url, kind: parameters["type"]?.text ?? ""))
    default: break
    }
  }

  // MARK: Looking

  /// The value that the body of an asynchronous function returns in the page.
  func value<Value: Decodable>(of body: String) throws -> Value {
    let result = try call(
      "Runtime.evaluate",
      [
        "expression": .string(
          "(async () => { \(PageScript.helpers)\n"
            + "return JSON.stringify(await (async () => { \(body) })()); })()"),
        "awaitPromise": true, "returnByValue": true,
      ])
    if let details = result["exceptionDetails"] {
      throw BrowserError(
        "the page's script failed: \(details["exception"]?["description"] ?? details)")
    }
    return try JSONDecoder().decode(
      Value.self, from: Data((result["result"]?["value"]?.text ?? "null").utf8))
  }

  /// Runs the body of an asynchronous function in the page.
  func run(_ body: String) throws {
    let _: Bool = try value(of: "\(body)\nreturn true;")
  }

  /// The picture of a part of the page, in pixels of the window, as PNG.
  func screenshot(y: Double, width: Double, height: Double) throws -> Data {
    let clip: JSON = [
      "x": 0, "y": .number(y), "width": .number(width), "height": .number(height), "scale": 1,
    ]
    let answer = try call(
      "Page.captureScreenshot",
      [
        "format": "png", "optimizeForSpeed": true, "captureBeyondViewport": true, "clip": clip,
      ])
    return Data(base64Encoded: answer["data"]?.text ?? "") ?? Data()
  }

  // MARK: Setting

  enum Window: String, CaseIterable {
    case wide, narrow

    var width: Double { self == .wide ? 1280 : 360 }
    var height: Double { self == .wide ? 900 : 740 }
  }

  func setWindow(_ window: Window) throws {
    try call(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .number(window.width), "height": .number(window.height), "deviceScaleFactor": 1,
        "mobile": .bool(window == .narrow),
      ])
  }

  enum Scheme: String, CaseIterable { case light, dark }

  /// Sets what the reader's system prefers.
  func setScheme(_ scheme: Scheme) throws {
    try call(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": .string(scheme.rawValue)]]])
  }

  /// Runs a script in every page from here on, before its own.
  func prepare(_ script: String) throws {
    try call("Page.addScriptToEvaluateOnNewDocument", ["source": .string(script)])
  }

  // MARK: Typing

  struct Key {
    var name: String
    var code: Int
    /// What it types, if anything.
    var text: String?

    static let tab = Key(name: "Tab", code: 9)
    static let escape = Key(name: "Escape", code: 27)
    static let left = Key(name: "ArrowLeft", code: 37)
    static let right = Key(name: "ArrowRight", code: 39)
    static let slash = Key(name: "/", code: 191, text: "/")
  }

  func press(_ key: Key) throws {
    var parameters: [String: JSON] = [
      "type": .string(key.text == nil ? "rawKeyDown" : "keyDown"), "key": .string(key.name),
      "windowsVirtualKeyCode": .number(Double(key.code)),
    ]
    parameters["text"] = key.text.map(JSON.string)
    try call("Input.dispatchKeyEvent", parameters)
    parameters["type"] = "keyUp"
    parameters["text"] = nil
    try call("Input.dispatchKeyEvent", parameters)
  }

  func type(_ text: String) throws { try call("Input.insertText", ["text": .string(text)]) }
}
