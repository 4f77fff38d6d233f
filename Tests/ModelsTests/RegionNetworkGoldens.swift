import Foundation
import Layers
import Tensors
import TestSupport

/// `region_networks.json`: torchvision's networks on a few numbers.
struct RegionNetworkGoldens: Decodable, Sendable {
  struct Network: Decodable, Sendable {
    let input: ExpectedTensor
    /// Of its layers in their order, the weight of each before its bias.
    let weights: [[Float]]
    let logits, offsets: ExpectedTensor

    /// Gives `model`, whose layers stand in the same order, these weights.
    func copyWeights(to model: any Layer) {
      for (named, numbers) in zip(parameters(of: model), weights) {
        named.parameter.value = Tensor(numbers, shape: named.parameter.shape)
      }
    }
  }

  let proposalNetwork, regionHead: Network

  init() throws {
    self = try JSONDecoder().decode(
      RegionNetworkGoldens.self, from: Data(contentsOf: goldenFile("region_networks.json")))
  }
}
