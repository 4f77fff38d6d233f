import Foundation
import TestSupport
import Testing

/// `layer_training.json` besides its optimizers; its script says what each part means.
struct TrainingGoldens: Decodable, Sendable {
  struct Schedule: Decodable, Sendable, CustomTestStringConvertible {
    struct Attributes: Decodable, Sendable {
      let milestones: [Float]?
      let factor, floor, warmUp, start, end, rise: Float?
    }
    let name: String
    let attributes: Attributes
    let factors: [Double]
    var testDescription: String { name }
  }

  struct Clipping: Decodable, Sendable {
    let limit: Float
    let norm: Double
    let gradients, after: [ExpectedTensor]
  }

  struct Average: Decodable, Sendable {
    let keep: Float
    let weights, after: [ExpectedTensor]
  }

  let schedules: [Schedule]
  let clippings: [Clipping]
  let averages: [Average]

  static let shared: TrainingGoldens = {
    do {
      return try JSONDecoder().decode(
        TrainingGoldens.self, from: Data(contentsOf: goldenFile("layer_training.json")))
    } catch {
      fatalError("layer_training.json: \(error). Make it again with layer_training.py.")
    }
  }()
}
