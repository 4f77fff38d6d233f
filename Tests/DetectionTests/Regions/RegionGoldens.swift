import Detection
import Tensors
import TestSupport
import Testing

/// `Tests/Goldens/detection_regions.json`; its script says what each part means.
struct RegionGoldens: Decodable {
  let pools: [RegionGolden]
  let aligns: [RegionGolden]
}

/// One call of an operation over regions: the result, and the gradient that comes back to the map.
struct RegionGolden: Decodable {
  let seed: Int
  let map: [Int]
  let notANumber: [Int]
  /// Picture and four corners each.
  let regions: [[Float]]
  let height, width: Int
  let cellsPerPixel: Float
  let samplingRatio: Int?
  let aligned: Bool?
  let output: [Double?]
  let gradient: [Double?]

  var regionList: [Region] {
    regions.map { Region(picture: Int($0[0]), box: Box($0[1], $0[2], $0[3], $0[4])) }
  }

  /// The map, which the script fills in the same way.
  var values: Tensor {
    Tensor(shape: map) { elements in
      for i in elements.indices { elements[i] = filled(i, step: 73, period: 211) }
      for i in notANumber { elements[i] = .nan }
    }
  }

  private func filled(_ index: Int, step: Int, period: Int) -> Float {
    Float((index * step + seed * 19) % period - period / 2) / 16
  }

  /// Computes the case by `operation` and compares the result and the map's gradient.
  func check(absolute: Double, relative: Double = 0, _ operation: (Tensor) -> Tensor) {
    let parameter = Parameter(values)
    let result = training { operation(parameter.value) }
    let shape = [regions.count, map[1], height, width]
    guard result.shape == shape else {
      return expectClose([], output.map { $0 ?? .nan }, "case \(seed): shape \(result.shape)")
    }
    result.backward(
      from: Tensor(shape: shape) { elements in
        for i in elements.indices {
          elements.initializeElement(at: i, to: filled(i, step: 29, period: 61))
        }
      })
    expectClose(
      result.scalars, output.map { $0 ?? .nan }, absolute: absolute, relative: relative,
      "case \(seed)")
    expectClose(
      parameter.gradient?.scalars ?? [], gradient.map { $0 ?? .nan }, absolute: absolute,
      relative: relative, "gradient of case \(seed)")
  }
}

/// The examples that RoI pooling and RoIAlign are explained with.
enum RegionExample {
  /// 0 … 15 on 4×4 cells.
  static var counting: Tensor { Tensor((0..<16).map(Float.init), shape: [1, 1, 4, 4]) }
  /// Two boxes on a picture of 40×40 pixels, ten to a cell.
  static let tenfold = regions([0, 0, 20, 20], [0, 10, 30, 30])

  /// Regions of picture 0.
  static func regions(_ corners: [Float]...) -> [Region] {
    corners.map { Region(picture: 0, box: Box($0[0], $0[1], $0[2], $0[3])) }
  }

  /// The gradient of `map` when `operation`'s results are summed.
  static func gradientOfSum(_ map: Tensor, _ operation: (Tensor) -> Tensor) -> [Float] {
    let parameter = Parameter(map)
    training { operation(parameter.value).sum() }.backward()
    return parameter.gradient?.scalars ?? []
  }
}
