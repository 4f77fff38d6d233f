import Foundation

/// The table at the head of a safetensors file: for each tensor its type, shape and place.
struct SafeTensorsHeader {
  struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  var entries: [String: Entry] = [:]
  /// Words of the writer's own, by key.
  var metadata: [String: String] = [:]

  private static let metadataKey = "__metadata__"

  init() {}

  /// The JSON, filled up with spaces to a multiple of eight bytes.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var fields = try entries.mapValues { try encoder.encode($0) }
    if !metadata.isEmpty {
      fields[SafeTensorsHeader.metadataKey] = try encoder.encode(metadata)
    }
    var json = Data("{".utf8)
    for (place, (name, value)) in fields.sorted(by: { $0.key < $1.key }).enumerated() {
      if place > 0 { json.append(UInt8(ascii: ",")) }
      json.append(try encoder.encode(name))
      json.append(UInt8(ascii: ":"))
      json.append(value)
    }
    json.append(UInt8(ascii: "}"))
    json.append(contentsOf: repeatElement(0x20, count: (8 - json.count % 8) % 8))
    return json
  }

  /// Reads the JSON; `malformed` makes the error.
  init(_ json: Data, malformed: (String) -> CheckpointError) throws(CheckpointError) {
    // Foundation would take zeros between the letters for UTF-16.
    guard String(validating: json, as: UTF8.self) != nil, !json.contains(0) else {
      throw malformed("its header is not UTF-8")
    }
    guard json.first == UInt8(ascii: "{") else {
      throw malformed("its header is not a JSON object")
    }
    do {
      guard var object = try JSONSerialization.jsonObject(with: json) as? [String: Any] else {
        throw malformed("its header is not a JSON object")
      }
      if let repeated = SafeTensorsHeader.firstRepeatedKey(of: json) {
        throw malformed("its header has two entries '\(repeated)'")
      }
      if let words = object.removeValue(forKey: SafeTensorsHeader.metadataKey) {
        guard let words = words as? [String: String] else {
          throw malformed("its \(SafeTensorsHeader.metadataKey) are not words by key")
        }
        metadata = words
      }
      let rest = try JSONSerialization.data(withJSONObject: object)
      entries = try JSONDecoder().decode([String: Entry].self, from: rest)
    } catch let error as CheckpointError {
      throw error
    } catch {
      throw malformed("its header is not the JSON of a table of tensors")
    }
  }

  /// The first key that the object `json`, known to be valid, has twice: Foundation's reader keeps
  /// one of them and says nothing.
  private static func firstRepeatedKey(of json: Data) -> String? {
    var (depth, seen, start) = (0, Set<String>(), -1)
    var (isInString, isEscaped, expectsKey) = (false, false, false)
    for (place, byte) in json.enumerated() {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
          guard depth == 1, expectsKey else { continue }
          expectsKey = false
          let literal = json.dropFirst(start).prefix(place - start + 1)
          guard let key = try? JSONDecoder().decode(String.self, from: Data(literal)) else {
            continue
          }
          if !seen.insert(key).inserted { return key }
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): (isInString, start) = (true, place)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        expectsKey = depth == 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","): expectsKey = depth == 1
      default: break
      }
    }
    return nil
  }
}
