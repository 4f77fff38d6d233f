import Foundation
import Layers
import Tensors
import Testing

struct CheckpointTests {
  private let file = FileManager.default.temporaryDirectory
    .appending(path: "\(UUID().uuidString).safetensors")

  private func model(seed: UInt64) -> Sequential {
    var generator = SplitMix64(seed: seed)
    let norm = BatchNorm2D(3)
    norm.runningMean.value = .normal([3], using: &generator)
    norm.runningVariance.value = .uniform([3], in: 1..<2, using: &generator)
    return Sequential(Conv2D(2, 3, kernel: 1, using: &generator), norm)
  }

  private func values(_ model: Sequential) -> [[Float]] {
    let norm = model.layers[1] as? BatchNorm2D
    return parameters(of: model).map { $0.parameter.value.scalars }
      + [norm?.runningMean.value.scalars ?? [], norm?.runningVariance.value.scalars ?? []]
  }

  @Test func `a model reads back what another saved, statistics too`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    let (saved, loaded) = (model(seed: 1), model(seed: 2))
    #expect(values(saved) != values(loaded))
    try saveCheckpoint(saved, to: file)
    try loadCheckpoint(into: loaded, from: file)
    #expect(values(saved) == values(loaded))
  }

  @Test func `parameters are saved while training as well`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    let (saved, loaded) = (model(seed: 1), model(seed: 2))
    try training {
      try saveCheckpoint(saved, to: file)
      try loadCheckpoint(into: loaded, from: file)
    }
    #expect(values(saved) == values(loaded))
  }

  @Test func `a file laid out by hand is read`() throws {
    let scale = OneParameter(Parameter(.zeros([2])))
    try read(
      #"{"__metadata__":{"format":"pt"},"weight":{"dtype":"F32","shape":[2],"#
        + #""data_offsets":[0,8]}}   "#,
      body: [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0], into: scale)
    #expect(scale.weight.value.scalars == [1, -2.5])
  }

  @Test func `a file is written in the order of the format`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    try saveCheckpoint(OneParameter(Parameter(Tensor([1, -2.5], shape: [2]))), to: file)
    let header = #"{"weight":{"data_offsets":[0,8],"dtype":"F32","shape":[2]}}"#
    let data = try Data(contentsOf: file)
    let length = Int(data[0])
    #expect(data[1..<8].allSatisfy { $0 == 0 } && length % 8 == 0)
    let text = String(decoding: data[8..<8 + length], as: UTF8.self)
    #expect(text.trimmingCharacters(in: .whitespaces) == header)
    #expect(Array(data[(8 + length)...]) == [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0])
  }

  // MARK: What can be wrong

  /// A header for one tensor named `weight`, and what the error says of it.
  struct Malformed: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let header: String
    var body = 8
    let reason: String
  }

  static let malformed: [Malformed] = [
    Malformed(
      testDescription: "no JSON", header: "{weight", reason: "its header is not the JSON"),
    Malformed(
      testDescription: "an array", header: "[]", reason: "its header is not a JSON object"),
    Malformed(
      testDescription: "half a table", header: #"{"weight":{"dtype":"F32"}}"#,
      reason: "its header is not the JSON of a table of tensors"),
    Malformed(
      testDescription: "a name twice",
      header: #"{"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w\u0065ight":"#
        + #"{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      reason: "its header has two entries 'weight'"),
    Malformed(
      testDescription: "metadata that are no words",
      header: #"{"__metadata__":{"step":3},"weight":"#
        + #"{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
      reason: "its __metadata__ are not words by key"),
    Malformed(
      testDescription: "an extent that is no whole number", header: entry("[1.5]", "[0,8]"),
      reason: "its header is not the JSON of a table of tensors"),
    Malformed(
      testDescription: "a number larger than Int", header: entry("[2]", "[0,18446744073709551616]"),
      reason: "its header is not the JSON of a table of tensors"),
    Malformed(
      testDescription: "brackets without end",
      header: #"{"a":"# + String(repeating: "[", count: 9999),
      reason: "its header is not the JSON of a table of tensors"),
    Malformed(
      testDescription: "half floats", header: entry(dtype: "F16", "[2]", "[0,4]"), body: 4,
      reason: "'weight' is of type F16, not F32"),
    Malformed(
      testDescription: "a negative extent", header: entry("[-2]", "[0,8]"),
      reason: "'weight' has the shape [-2]"),
    Malformed(
      testDescription: "extents that overflow", header: entry("[4294967296,4294967296]", "[0,8]"),
      reason: "'weight' has the shape [4294967296, 4294967296]"),
    Malformed(
      testDescription: "more axes than a tensor can have",
      header: entry("[1,1,1,1,1,1,1,1,1,1,1,1,2]", "[0,8]"), reason: "'weight' has the shape [1,"),
    Malformed(
      testDescription: "one offset", header: entry("[2]", "[0]"),
      reason: "'weight' has the shape [2] at [0]"),
    Malformed(
      testDescription: "a place beyond the end", header: entry("[4]", "[0,16]"),
      reason: "'weight' of shape [4] lies at 0 ..< 16 of 8 bytes"),
    Malformed(
      testDescription: "a place of another size", header: entry("[1]", "[0,8]"),
      reason: "'weight' of shape [1] lies at 0 ..< 8 of 8 bytes"),
    Malformed(
      testDescription: "a negative place", header: entry("[2]", "[-8,0]"),
      reason: "'weight' of shape [2] lies at -8 ..< 0"),
    Malformed(
      testDescription: "a gap before", header: entry("[1]", "[4,8]"), reason: "expected from 0"),
    Malformed(
      testDescription: "bytes left over", header: entry("[1]", "[0,4]"),
      reason: "4 bytes at its end belong to no tensor"),
    Malformed(
      testDescription: "two tensors in one place",
      header: #"{"other":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""weight":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
      reason: "'weight' of shape [2] lies at 0 ..< 8 of 8 bytes, expected from 4"),
    Malformed(
      testDescription: "an end far before its start",
      header: #"{"other":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"weight":"#
        + #"{"dtype":"F32","shape":[1],"data_offsets":[4,-9223372036854775808]}}"#,
      reason: "'weight' of shape [1] lies at 4 ..< -9223372036854775808"),
  ]

  private static func entry(dtype: String = "F32", _ shape: String, _ offsets: String) -> String {
    #"{"weight":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}}"#
  }

  @Test(arguments: malformed)
  func `a malformed file is refused and the model stays as it was`(wrong: Malformed) {
    let scale = OneParameter(Parameter(Tensor([7, 8], shape: [2])))
    let error = #expect(throws: CheckpointError.self) {
      try read(wrong.header, body: Array(repeating: 0, count: wrong.body), into: scale)
    }
    guard case .malformed(file.path, let reason) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(reason.contains(wrong.reason))
    #expect(scale.weight.value.scalars == [7, 8])
  }

  @Test(arguments: [0, 7, 8, 20, 200, 479])
  func `a file cut off anywhere is refused`(length: Int) throws {
    defer { try? FileManager.default.removeItem(at: file) }
    let model = model(seed: 1)
    try saveCheckpoint(model, to: file)
    let whole = try Data(contentsOf: file)
    #expect(whole.count > 480)
    try whole.prefix(length).write(to: file)
    let before = values(model)
    #expect(throws: CheckpointError.self) { try loadCheckpoint(into: model, from: file) }
    #expect(values(model) == before)
  }

  @Test(arguments: [UInt64.max, 1 << 40, 100])
  func `a header longer than its file is refused`(length: UInt64) throws {
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(withUnsafeBytes(of: length.littleEndian) { Array($0) } + Array("{}".utf8))
      .write(to: file)
    #expect(
      throws: CheckpointError.malformed(
        path: file.path,
        reason: "its header of \(length) bytes does not fit into 10 bytes")
    ) { try loadCheckpoint(into: model(seed: 1), from: file) }
  }

  @Test(arguments: [
    [0x7b, 0xff, 0x7d, 0x20], [0xc3, 0x28, 0x7b, 0x7d],  // no UTF-8
    [0x7b, 0, 0x7d, 0], [0xff, 0xfe, 0x7b, 0, 0x7d, 0],  // {} in UTF-16
  ])
  func `a header in another encoding is refused`(header: [UInt8]) throws {
    defer { try? FileManager.default.removeItem(at: file) }
    let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
    try Data(length + header).write(to: file)
    let error = #expect(throws: CheckpointError.self) {
      try loadCheckpoint(into: model(seed: 1), from: file)
    }
    guard case .malformed(file.path, _) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
  }

  @Test func `a tensor that the file lacks is named`() throws {
    let scale = OneParameter(Parameter(.ones([2])))
    #expect(throws: CheckpointError.missing(path: file.path, tensor: "weight")) {
      try read("{}", body: [], into: scale)
    }
  }

  @Test func `a tensor that the model lacks is named`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    try saveCheckpoint(model(seed: 1), to: file)
    var generator = SplitMix64(seed: 3)
    let smaller = Sequential(Conv2D(2, 3, kernel: 1, using: &generator))
    let before = parameters(of: smaller).map { $0.parameter.value.scalars }
    #expect(
      throws: CheckpointError.unexpected(path: file.path, tensor: "layers.1.runningMean")
    ) { try loadCheckpoint(into: smaller, from: file) }
    #expect(parameters(of: smaller).map { $0.parameter.value.scalars } == before)
  }

  @Test func `a tensor of another shape is named with both shapes`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    var generator = SplitMix64(seed: 3)
    try saveCheckpoint(model(seed: 1), to: file)
    let other = Sequential(Conv2D(2, 3, kernel: 3, using: &generator), BatchNorm2D(3))
    let before = values(other)
    #expect(
      throws: CheckpointError.shapeMismatch(
        path: file.path, tensor: "layers.0.weight", expected: [3, 2, 3, 3], found: [3, 2, 1, 1])
    ) { try loadCheckpoint(into: other, from: file) }
    #expect(values(other) == before)
  }

  @Test func `a file that is not there is named`() {
    let error = #expect(throws: CheckpointError.self) {
      try loadCheckpoint(into: model(seed: 1), from: file)
    }
    guard case .file(file.path, let reason) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(reason.hasPrefix("cannot be read"))
  }

  @Test func `a folder that is not there is named, and nothing is left`() {
    let inside = file.appending(path: "model.safetensors")
    let error = #expect(throws: CheckpointError.self) {
      try saveCheckpoint(model(seed: 1), to: inside)
    }
    guard case .file(inside.path, let reason) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(reason.hasPrefix("cannot be written"))
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  /// Loads a file of `header` and `body`.
  private func read(_ header: String, body: [UInt8], into model: any Layer) throws {
    defer { try? FileManager.default.removeItem(at: file) }
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    try Data(length + Array(header.utf8) + body).write(to: file)
    try loadCheckpoint(into: model, from: file)
  }
}
