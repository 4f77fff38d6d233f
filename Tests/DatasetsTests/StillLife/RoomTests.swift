import Tensors
import Testing

@testable import Datasets

@Suite struct RoomTests {
  @Test(arguments: Material.Kind.allCases)
  func `a material is textured from near and calm from afar`(kind: Material.Kind) {
    var generator = SplitMix64(seed: 9)
    let material = Material(kind, using: &generator)
    let places = (0..<400).map { Point(Float($0 % 20) * 0.37, Float($0 / 20) * 0.29) }
    func spread(detail: Float) -> Float {
      let levels = places.map { material.finish(at: $0, detail: detail).color.y }
      let mean = levels.reduce(0, +) / Float(levels.count)
      #expect(levels.allSatisfy { $0 >= 0 && $0 < 2 })
      return (levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(levels.count))
        .squareRoot() / mean
    }
    let near = spread(detail: 0.001)
    #expect(near > 0.02, "\(kind)")
    #expect(spread(detail: 4) < near, "\(kind)")
  }

  @Test func `the table's colour is between the darkest and the brightest of it`() {
    for seed in UInt64(0)..<8 {
      var generator = SplitMix64(seed: seed)
      let room = Room(using: &generator)
      let levels = (0..<200).map {
        room.table.finish(at: Point(Float($0) * 0.61, Float($0) * 0.17), detail: 0.05).color.x
      }
      #expect(room.tableColor.x > levels.min()! && room.tableColor.x < levels.max()!)
    }
  }
}
