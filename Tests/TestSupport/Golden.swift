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

/// `Tests/Goldens/engine.json`; its script says what each part means.
package struct EngineGoldens: Decodable, Sendable {
  package let passport: Passport
  package let operations: [GoldenCase]
  package let layers: [GoldenCase]
  package let optimizers: [GoldenOptimizer]

  package static let shared: EngineGoldens = {
    do {
      return try JSONDecoder().decode(
        EngineGoldens.self, from: Data(contentsOf: goldenFile("engine.json")))
    } catch {
      fatalError("engine.json: \(error). Make it again with engine.py.")
    }
  }()
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
    package let stride, padding, dilation, kernel: [Int]?
    package let axes, order, shape: [Int]?
    package let axis: Int?
    package let keepingDimensions: Bool?
    package let bounds: [[Int]]?
    package let epsilon, newShare, number, exponent, gamma, beta: Float?
    package let numberSide, reduction: String?
    package let classes: [Int32]?
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
