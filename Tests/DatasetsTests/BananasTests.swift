import Detection
import Foundation
import Images
import Tensors
import Testing

@testable import Datasets

@Suite struct BananasTests {
  /// Scenes of a fixed set, arranged but not painted.
  private static let scenes = (0..<60).map { BananaScene(seed: UInt64($0) &* 977, bananas: 1) }

  @Test func `boxes keep to the limits, and to the mean of d2l's set`() {
    for box in Self.scenes.flatMap(\.boxes) {
      let (width, height) = (Float(box.x1 - box.x0), Float(box.y1 - box.y0))
      #expect((31...74).contains(width) && (31...74).contains(height))
      #expect((0.66...1.41).contains(width / height))
      #expect(min(box.x0, box.y0) >= 5 && max(box.x1, box.y1) <= 251)
    }
    let sides = Self.scenes.flatMap(\.boxes).flatMap { [$0.x1 - $0.x0, $0.y1 - $0.y0] }
    // Sides spread by about 9 px, and the two of a box go together: the mean of 60 is off by 1.2.
    #expect(abs(Double(sides.reduce(0, +)) / Double(sides.count) - 50.5) < 4)
  }

  @Test func `the grounds are of at least six kinds`() {
    #expect(Set(Self.scenes.map(\.ground)).count >= 6)
  }

  @Test func `a box is the smallest around the banana's own pixels`() throws {
    // Unlit on white, each pixel is as dark as the banana covers it.
    let dark = Lamp(direction: SIMD3(0, 0, 1), color: .zero, ambient: 0)
    for scene in Self.scenes.prefix(6) {
      var raster = Raster(height: 256, width: 256) { _ in Light(repeating: 1) }
      scene.bananas[0].body.paint(on: &raster, lamp: dark, shadow: 0)
      let own = (0..<256 * 256).filter { raster.pixels[$0].x <= 0.5 }
      let (columns, rows) = (own.map { $0 % 256 }, own.map { $0 / 256 })
      let box = scene.boxes[0]
      #expect(columns.min() == box.x0 && columns.max()! + 1 == box.x1)
      #expect(rows.min() == box.y0 && rows.max()! + 1 == box.y1)
      #expect(own.count > (box.x1 - box.x0) * (box.y1 - box.y0) / 8)
    }
  }

  @Test func `the same seed gives the same bytes, another seed another picture`() {
    let (one, same, other) = (
      bananaPicture(seed: 5), bananaPicture(seed: 5), bananaPicture(seed: 6)
    )
    #expect(one.image == same.image)
    #expect(one.pixelLabels == same.pixelLabels)
    #expect(one.image != other.image)
  }

  @Test func `several bananas do not hide each other`() {
    let scene = BananaScene(seed: 3, bananas: 4)
    #expect(scene.boxes.count == 4)
    for (i, mask) in scene.masks.enumerated() {
      for later in scene.masks[(i + 1)...] { #expect(mask.shareCovered(by: later) < 0.02) }
    }
  }

  @Test func `the set is drawn once, and does not depend on the number of cores`() throws {
    let cache = FileManager.default.temporaryDirectory.appending(path: "cache-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: cache) }
    let reports = Reports()
    func folder() throws -> DetectionFolder {
      try .bananas(in: cache, training: 2, validation: 1, seed: 8) { reports.add($0, $1) }
    }
    let first = try folder()
    #expect(reports.all == (1...3).map { [$0, 3] })
    #expect((first.training.count, first.validation.count) == (2, 1))
    #expect(first.training.classNames == ["banana"])
    #expect((first.training.height, first.training.width) == (256, 256))

    // Drawn again here, one after the other on one core.
    let set = BananaSet(training: 2, validation: 1, seed: 8)
    for (part, dataset) in [first.training, first.validation].enumerated() {
      for (index, sample) in dataset.samples.enumerated() {
        let alone = set.picture(part: part, index: index)
        #expect(try dataset.image(at: index) == alone.image)
        #expect(sample.pixelLabels == alone.pixelLabels)
      }
    }

    let again = try folder()
    #expect(reports.all.count == 3)
    #expect(again.training.samples == first.training.samples)
    // Only the finished set is there, nothing half-written.
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path) == [set.folderName])
  }

  @Test func `a cache that cannot be written is an error and leaves nothing`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "file-\(UUID().uuidString)")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect {
      try DetectionFolder.bananas(in: file, training: 1, validation: 1)
    } throws: {
      ($0 as? DatasetError)?.problem == .unwritable
    }
  }

  @Test func `every thing of the clutter is where it was put`() throws {
    var generator = SplitMix64(seed: 2)
    for kind in Clutter.allCases {
      let solids = kind.solids(at: Point(128, 128), size: 48, using: &generator)
      let cover = Coverage(of: solids, height: 256, width: 256)
      let box = try #require(cover.bounds, "\(kind)")
      #expect(box.x0 >= 88 && box.y0 >= 88 && box.x1 <= 168 && box.y1 <= 168, "\(kind)")
      #expect(cover.area > 60, "\(kind)")
    }
  }
}
