import Detection
import Foundation
import Tensors

/// RoI pooling and RoIAlign, forward and backward, beside torchvision: regions a second.
///
/// 1000 regions of 7×7 bins on maps of 2×256×50×68, a sixteenth of pictures of 1088×800, with
/// random sides of 32 to 512 pixels. Map and gradients begin and end in row-major order, and the
/// time to change that is counted.
struct RegionRow: Sendable {
  let name: String
  private let operation: @Sendable (Tensor, [Region]) -> Tensor
  private let isBackward: Bool

  static let all = [
    RegionRow(name: "RoIAlign forward", operation: aligned, isBackward: false),
    RegionRow(name: "RoIAlign backward", operation: aligned, isBackward: true),
    RegionRow(name: "RoI pooling forward", operation: pooled, isBackward: false),
    RegionRow(name: "RoI pooling backward", operation: pooled, isBackward: true),
  ]

  private static func aligned(_ map: Tensor, _ regions: [Region]) -> Tensor {
    roiAlign(map, regions, height: 7, width: 7, cellsPerPixel: 1 / 16, samplingRatio: 2)
  }

  private static func pooled(_ map: Tensor, _ regions: [Region]) -> Tensor {
    roiPool(map, regions, height: 7, width: 7, cellsPerPixel: 1 / 16)
  }

  /// Ours and torchvision's step in turn; without torchvision, ours alone.
  func measured(rounds: Int, warmUp: Int) throws -> Report.Row {
    let peer: TorchPeer?
    do {
      peer = try TorchPeer(script: "regions_torch.py", mode: name)
    } catch {
      print("\(name) without torchvision: \(error)")
      peer = nil
    }
    defer { peer?.stop() }

    var random = SplitMix64(seed: 0)
    let regions = (0..<1000).map { _ in randomRegion(using: &random) }
    let numbers = Tensor.normal([2, 256, 50, 68], using: &random).scalars
    let cotangent = Tensor.normal([regions.count, 256, 7, 7], using: &random)
    func step() -> Double { seconds(numbers, regions, cotangent) }
    for _ in 0..<warmUp { _ = step() }
    var (ours, theirs) = ([Double](), [Double]())
    for _ in 0..<rounds {
      Self.waitUntilThreadsRest()
      ours.append(step())
      if let peer {
        Self.waitUntilThreadsRest()
        theirs.append(try peer.step())
      }
    }
    let perSecond = { (seconds: [Double]) in Double(regions.count) / median(seconds) }
    return Report.Row(
      name: name, unit: "regions/s", ours: perSecond(ours),
      peers: theirs.isEmpty ? [:] : ["torchvision": perSecond(theirs)])
  }

  /// Threads of the other side spin for a moment after its step, which is long beside these steps.
  private static func waitUntilThreadsRest() { Thread.sleep(forTimeInterval: 0.2) }

  private func seconds(_ numbers: [Float], _ regions: [Region], _ cotangent: Tensor) -> Double {
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

  private func randomRegion(using random: inout SplitMix64) -> Region {
    let center = CenterBox(
      x: 1088 * random.nextUnit(), y: 800 * random.nextUnit(), width: 32 + 480 * random.nextUnit(),
      height: 32 + 480 * random.nextUnit())
    return Region(
      picture: Int(random.next() % 2), box: Box(center).clipped(width: 1088, height: 800))
  }
}
