import Foundation
import Testing

@testable import Datasets

@Suite struct PortableMathTests {
  /// The error of the polynomials, as their declaration promises.
  private let tolerance: Float = 2e-5
  private let angles = stride(from: Float(-13), through: 13, by: 0.037)

  @Test func `sine and cosine agree with the C library's`() {
    for angle in angles {
      #expect(abs(PortableMath.sine(angle) - sin(angle)) < tolerance, "\(angle)")
      #expect(abs(PortableMath.cosine(angle) - cos(angle)) < tolerance, "\(angle)")
    }
  }

  @Test func `the arctangent agrees with the C library's in all quarters`() {
    for angle in angles {
      for radius: Float in [0.001, 1, 700] {
        let (x, y) = (radius * cos(angle), radius * sin(angle))
        #expect(abs(PortableMath.arctangent(y, x) - atan2(y, x)) < tolerance, "\(x), \(y)")
      }
    }
    #expect(PortableMath.arctangent(0, 0) == 0)
  }
}
