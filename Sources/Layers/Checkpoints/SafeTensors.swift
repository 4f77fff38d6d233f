import Foundation
import Tensors

/// The safetensors format: a length, a JSON table of names, types, shapes and places, then bytes.
///
/// Source: the format's specification in huggingface/safetensors, README.
enum SafeTensors {
  /// The longest table that is believed.
  ///
  /// The reference reader has the same limit.
  private static let longestHeader = 100_000_000

  static func encode(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:]
  ) throws -> Data {
    var header = SafeTensorsHeader()
    header.metadata = metadata
    var offset = 0
    for (name, tensor) in tensors {
      let end = offset + tensor.count * MemoryLayout<Float>.stride
      header.entries[name] = SafeTensorsHeader.Entry(
        dtype: "F32", shape: tensor.shape, data_offsets: [offset, end])
      offset = end
    }
    let json = try header.encoded()
    var data = Data()
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(json)
    for (_, tensor) in tensors {
      tensor.withScalars { data.append(Data(buffer: $0)) }
    }
    return data
  }

  static func decode(
    _ data: Data, path: String
  ) throws(CheckpointError) -> (tensors: [String: Tensor], metadata: [String: String]) {
    func malformed(_ reason: String) -> CheckpointError { .malformed(path: path, reason: reason) }
    guard data.count >= 8 else { throw malformed("\(data.count) bytes hold no header") }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(min(longestHeader, data.count - 8)) else {
      throw malformed("its header of \(length) bytes does not fit into \(data.count) bytes")
    }
    let body = data.dropFirst(8 + Int(length))
    let header = try SafeTensorsHeader(
      Data(data.dropFirst(8).prefix(Int(length))), malformed: malformed)
    var expectedStart = 0
    var tensors: [String: Tensor] = [:]
    let inFileOrder = header.entries.sorted {
      $0.value.data_offsets.lexicographicallyPrecedes($1.value.data_offsets)
    }
    for (name, entry) in inFileOrder {
      guard entry.dtype == "F32" else {
        throw malformed("'\(name)' is of type \(entry.dtype), not F32")
      }
      guard let count = elementCount(entry.shape), entry.data_offsets.count == 2 else {
        throw malformed("'\(name)' has the shape \(entry.shape) at \(entry.data_offsets)")
      }
      let (start, end) = (entry.data_offsets[0], entry.data_offsets[1])
      guard start == expectedStart, end == start + count * 4, end <= body.count else {
        throw malformed(
          "'\(name)' of shape \(entry.shape) lies at \(start) ..< \(end) of \(body.count) bytes, "
            + "expected from \(expectedStart)")
      }
      expectedStart = end
      let bytes = body.dropFirst(start).prefix(end - start)
      tensors[name] = Tensor(shape: entry.shape) { elements in
        _ = bytes.copyBytes(to: UnsafeMutableRawBufferPointer(elements))
      }
    }
    guard expectedStart == body.count else {
      throw malformed("\(body.count - expectedStart) bytes at its end belong to no tensor")
    }
    return (tensors, header.metadata)
  }

  /// The product of the extents; nil where one is negative, the product overflows, or they are
  /// more than a tensor can have.
  private static func elementCount(_ shape: [Int]) -> Int? {
    guard shape.count <= Tensor.largestRank else { return nil }
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow, product <= Int.max / 8 else { return nil }
      count = product
    }
    return count
  }
}
