package import Foundation
package import Tensors
import Testing

/// The right values of a tensor, in double.
package struct ExpectedTensor: Decodable, Sendable {
  package let shape: [Int]
  package let values: [Double]

  init(_ tensor: Tensor) {
    shape = tensor.shape
    values = tensor.scalars.map(Double.init)
  }

  /// The values rounded to Float.
  package var tensor: Tensor { Tensor(values.map { Float($0) }, shape: shape) }
}

/// Where a file of goldens comes from.
package struct Passport: Decodable, Sendable {
  /// From the root of the repository.
  package let script: String
  package let torch: String
  package let seed: Int
  package let dtype: String
  package let device: String
}

/// A file of the form that `Tests/Goldens/engine.py` describes.
package struct EngineGoldens: Decodable, Sendable {
  package let passport: Passport
  package var operations: [GoldenCase]?
  package var layers: [GoldenCase]?
  package var optimizers: [GoldenOptimizer]?

  /// The file `name` without its ending.
  package init(_ name: String) {
    do {
      self = try JSONDecoder().decode(
        EngineGoldens.self, from: Data(contentsOf: goldenFile("\(name).json")))
    } catch {
      fatalError("\(name).json: \(error). Make it again with \(name).py.")
    }
  }

  /// The cases that one table of runners knows, from all `files`.
  package static func cases(
    _ section: KeyPath<EngineGoldens, [GoldenCase]?>, in files: String...
  ) -> [GoldenCase] {
    files.flatMap { EngineGoldens($0)[keyPath: section] ?? [] }
  }
}

/// The file `name` in `Tests/Goldens`.
package func goldenFile(_ name: String) -> URL {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Goldens/\(name)")
}

/// One call of an operation: what goes in, what comes out, and the gradients that come back.
///
/// Its attributes read like its own properties.
@dynamicMemberLookup
package struct GoldenCase: Decodable, Sendable, CustomTestStringConvertible {
  package struct Named: Decodable, Sendable {
    package let name: String
    package let expected: ExpectedTensor

    package init(from decoder: any Decoder) throws {
      name = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .name)
      expected = try ExpectedTensor(from: decoder)
    }

    private enum Key: CodingKey { case name }
  }

  /// What the operations are told besides tensors; each takes what it knows.
  package struct Attributes: Decodable, Sendable {
    package let stride, padding, dilation, kernel, outputPadding: [Int]?
    package let axes, order, shape, before, after: [Int]?
    package let axis, groups, rows, columns: Int?
    package let keepingDimensions, unbiased, relu: Bool?
    package let bounds: [[Int]]?
    package let epsilon, newShare, number, exponent, alpha, beta, gamma: Float?
    package let slope, low, high: Float?
    package let numberSide, reduction, interpolation: String?
    package let classes, indices: [Int32]?
    package let classWeights: [Float]?
    package let ignored: Int32?
  }

  package let operation: String
  package let name: String
  package let attributes: Attributes
  package let inputs: [Named]
  package let output: ExpectedTensor
  package let outputGradient: ExpectedTensor
  package let gradients: [Named]
  package let extra: [String: ExpectedTensor]

  package var testDescription: String { "\(operation): \(name)" }

  package subscript<Value>(dynamicMember attribute: KeyPath<Attributes, Value>) -> Value {
    attributes[keyPath: attribute]
  }

  package func input(_ name: String) -> Tensor? {
    inputs.first { $0.name == name }?.expected.tensor
  }
}

/// Three steps of an optimizer on one parameter.
package struct GoldenOptimizer: Decodable, Sendable, CustomTestStringConvertible {
  package struct Attributes: Decodable, Sendable {
    package let learningRate, weightDecay: Float
    package let momentum, epsilon: Float?
    package let nesterov: Bool?
    package let betas: [Float]?
  }

  package let name: String
  package let attributes: Attributes
  package let start: ExpectedTensor
  package let gradients: [ExpectedTensor]
  package let after: [ExpectedTensor]

  package var testDescription: String {
    "\(name), momentum \(attributes.momentum ?? 0)"
  }
}
