package import Foundation

/// SHA-256 (FIPS 180-4, section 6.2), which tells contents apart in a checkpoint's key.
package struct Digest {
  private static let roundConstants: [UInt32] = fractionalBits(ofPrimes: 64, root: cbrt)

  private var state: [UInt32] = fractionalBits(ofPrimes: 8, root: { $0.squareRoot() })
  private var schedule = [UInt32](repeating: 0, count: 64)
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  package init() {}

  /// The digest of a text's UTF-8, in hexadecimal.
  package static func hex(of text: String) -> String { hex(of: Data(text.utf8)) }

  /// The digest of bytes, in hexadecimal.
  package static func hex(of bytes: Data) -> String {
    var digest = Digest()
    digest.update(bytes)
    return digest.finish()
  }

  /// The digest of a file, read in pieces.
  package static func hex(ofFile file: URL) throws -> String {
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    var digest = Digest()
    while let bytes = try handle.read(upToCount: 1 << 20), !bytes.isEmpty { digest.update(bytes) }
    return digest.finish()
  }

  package mutating func update(_ bytes: Data) {
    length += UInt64(bytes.count)
    var input = pending
    input.append(contentsOf: bytes)
    let whole = input.count / 64 * 64
    input.withUnsafeBufferPointer { input in
      for start in stride(from: 0, to: whole, by: 64) {
        compress(UnsafeBufferPointer(rebasing: input[start..<start + 64]))
      }
    }
    pending = Array(input[whole...])
  }

  package mutating func finish() -> String {
    let bitCount = length * 8
    let zeros = (119 - pending.count % 64) % 64
    var padding: [UInt8] = [0x80] + [UInt8](repeating: 0, count: zeros)
    padding += (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * UInt64($0))) }
    update(Data(padding))
    return state.map { String(format: "%08x", $0) }.joined()
  }

  /// `block` holds 64 bytes.
  private mutating func compress(_ block: UnsafeBufferPointer<UInt8>) {
    func rotate(_ x: UInt32, _ count: UInt32) -> UInt32 { x >> count | x << (32 - count) }
    schedule.withUnsafeMutableBufferPointer { w in
      for t in 0..<16 {
        w[t] =
          UInt32(block[4 * t]) << 24 | UInt32(block[4 * t + 1]) << 16
          | UInt32(block[4 * t + 2]) << 8 | UInt32(block[4 * t + 3])
      }
      for t in 16..<64 {
        let (x, y) = (w[t - 15], w[t - 2])
        let s0 = rotate(x, 7) ^ rotate(x, 18) ^ x >> 3
        let s1 = rotate(y, 17) ^ rotate(y, 19) ^ y >> 10
        w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      var (e, f, g, h) = (state[4], state[5], state[6], state[7])
      Self.roundConstants.withUnsafeBufferPointer { constants in
        for t in 0..<64 {
          let sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
          let sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
          let first = h &+ sum1 &+ (e & f ^ ~e & g) &+ constants[t] &+ w[t]
          let second = sum0 &+ (a & b ^ a & c ^ b & c)
          (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
        }
      }
      for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
    }
  }

  /// The first 32 bits of the fractional parts of the roots of the first primes.
  private static func fractionalBits(
    ofPrimes count: Int, root: (Double) -> Double
  ) -> [UInt32] {
    let primes = (2...).lazy.filter { n in !(2..<n).contains { n % $0 == 0 } }.prefix(count)
    return primes.map { prime in
      let value = root(Double(prime))
      return UInt32((value - value.rounded(.down)) * 0x1p32)
    }
  }
}
