import Foundation
import TestSupport

/// `linear_models.json`; its script says what each part means.
struct LinearModelGoldens: Decodable, Sendable {
  struct Machine: Decodable, Sendable {
    let rows, columns: Int
    let features: [Float]
    let isPositive: [Bool]
    let cost, positiveWeight, biasFeature: Float
    let weights: [Double]
    let bias, objective: Double
  }

  struct Ridge: Decodable, Sendable {
    let rows, columns, targetCount: Int
    let penalty: Float
    let features, targets: [Float]
    let weights: [Double]
  }

  let machines: [Machine]
  let ridges: [Ridge]

  static let shared: LinearModelGoldens = {
    do {
      return try JSONDecoder().decode(
        LinearModelGoldens.self, from: Data(contentsOf: goldenFile("linear_models.json")))
    } catch {
      fatalError("linear_models.json: \(error). Make it again with linear_models.py.")
    }
  }()
}
