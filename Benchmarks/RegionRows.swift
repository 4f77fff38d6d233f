import Detection
import Tensors

/// RoI pooling and RoIAlign, forward and backward, beside torchvision.
let regionRows = [
  regionRow("RoIAlign forward", aligned, isBackward: false),
  regionRow("RoIAlign backward", aligned, isBackward: true),
  regionRow("RoI pooling forward", pooled, isBackward: false),
  regionRow("RoI pooling backward", pooled, isBackward: true),
]

private func aligned(_ map: Tensor, _ regions: [Region]) -> Tensor {
  roiAlign(map, regions, height: 7, width: 7, cellsPerPixel: 1 / 16, samplingRatio: 2)
}

private func pooled(_ map: Tensor, _ regions: [Region]) -> Tensor {
  roiPool(map, regions, height: 7, width: 7, cellsPerPixel: 1 / 16)
}

/// Regions a second.
///
/// 1000 regions of 7×7 bins on maps of 2×256×50×68, a sixteenth of pictures of 1088×800, with
/// random sides of 32 to 512 pixels. Map and gradients begin and end in row-major order, and the
/// time to change that is counted.
private func regionRow(
  _ name: String, _ operation: @escaping @Sendable (Tensor, [Region]) -> Tensor, isBackward: Bool
) -> Row {
  Row(
    name: name, unit: "regions/s", amount: 1000, script: "regions_torch.py",
    modes: ["torchvision"]
  ) {
    var random = SplitMix64(seed: 0)
    let regions = (0..<1000).map { _ in randomRegion(using: &random) }
    let numbers = Tensor.normal([2, 256, 50, 68], using: &random).scalars
    let cotangent = Tensor.normal([regions.count, 256, 7, 7], using: &random)
    return {
      let clock = ContinuousClock()
      // A new tensor each time: one that was read before keeps its copy in channel blocks.
      let map = Tensor(numbers, shape: [2, 256, 50, 68])
      guard isBackward else {
        return clock.measure { _ = operation(map, regions) } / .seconds(1)
      }
      let parameter = Parameter(map)
      let result = training { operation(parameter.value, regions) }
      return clock.measure {
        result.backward(from: cotangent)
        parameter.gradient?.withScalars { _ in }
      } / .seconds(1)
    }
  }
}

private func randomRegion(using random: inout SplitMix64) -> Region {
  let center = CenterBox(
    x: 1088 * random.nextUnit(), y: 800 * random.nextUnit(), width: 32 + 480 * random.nextUnit(),
    height: 32 + 480 * random.nextUnit())
  return Region(
    picture: Int(random.next() % 2), box: Box(center).clipped(width: 1088, height: 800))
}
