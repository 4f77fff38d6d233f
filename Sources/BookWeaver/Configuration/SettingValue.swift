import Foundation

/// A value as it stands in `book.toml` or in an `MDBOOK_…` variable.
indirect enum SettingNode: Decodable, Equatable, Sendable {
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([SettingNode])
  case table([String: SettingNode])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let integer = try? value.decode(Int.self) {
      self = .integer(integer)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([SettingNode].self) {
      self = .list(list)
    } else {
      self = .table(try value.decode([String: SettingNode].self))
    }
  }

  /// The value as a message quotes it.
  var quoted: String {
    switch self {
    case .flag(let flag): "\(flag)"
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .text(let text): "\"\(text)\""
    case .list: "a list"
    case .table: "a table"
    }
  }
}

/// A type that a setting can have.
protocol SettingValue: Sendable {
  /// What is expected, as in “must be true or false”.
  static var expectation: String { get }
  /// Nil where the value is of another type.
  init?(_ node: SettingNode)
  /// The value as `book.toml` writes it.
  var toml: String { get }
}

extension Bool: SettingValue {
  static let expectation = "true or false"
  init?(_ node: SettingNode) {
    guard case .flag(let flag) = node else { return nil }
    self = flag
  }
  var toml: String { "\(self)" }
}

extension Int: SettingValue {
  static let expectation = "a whole number from 0"
  init?(_ node: SettingNode) {
    guard case .integer(let integer) = node, integer >= 0 else { return nil }
    self = integer
  }
  var toml: String { "\(self)" }
}

extension Double: SettingValue {
  static let expectation = "a number from 0"
  init?(_ node: SettingNode) {
    switch node {
    case .integer(let integer) where integer >= 0: self = Double(integer)
    case .number(let number) where number >= 0: self = number
    default: return nil
    }
  }
  var toml: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}

extension String: SettingValue {
  static let expectation = "a text in quotes"
  init?(_ node: SettingNode) {
    guard case .text(let text) = node else { return nil }
    self = text
  }
  var toml: String { "\"\(self)\"" }
}

extension [String]: SettingValue {
  static let expectation = "a list of texts, such as [\"one\", \"two\"]"
  init?(_ node: SettingNode) {
    guard case .list(let list) = node else { return nil }
    let texts = list.compactMap(String.init(_:))
    guard texts.count == list.count else { return nil }
    self = texts
  }
  var toml: String { "[\(map(\.toml).joined(separator: ", "))]" }
}

extension Optional: SettingValue where Wrapped: SettingValue {
  static var expectation: String { Wrapped.expectation }
  init?(_ node: SettingNode) {
    guard let value = Wrapped(node) else { return nil }
    self = value
  }
  var toml: String { map(\.toml) ?? "" }
}

extension TextDirection: SettingValue {
  static let expectation = "\"ltr\" or \"rtl\""
  init?(_ node: SettingNode) {
    guard case .text(let text) = node else { return nil }
    self.init(rawValue: text)
  }
  var toml: String { rawValue.toml }
}

extension PageTheme: SettingValue {
  static let expectation = "\"light\" or \"dark\" (or one of mdBook's five themes)"
  init?(_ node: SettingNode) {
    guard case .text(let text) = node else { return nil }
    self.init(name: text)
  }
  var toml: String { rawValue.toml }
}
