import Detection
import Foundation
import Images
import Testing

@testable import Datasets

@Suite struct StillLifeTests {
  private static let picture = stillLifePicture(seed: 12, side: 64)

  /// The hash of a picture's bytes and of its labels.
  private func digest(_ picture: LabeledPicture) -> String {
    shortHash(of: "\(picture.image.pixels) \(picture.pixelLabels.map(\.classIndex))")
  }

  @Test func `a seed's picture has the same bits on every machine`() {
    // Made once; a change of the drawing changes them, and then `StillLifeSet.version` must go up.
    #expect(digest(Self.picture) == "633931efd1e77b12")
    #expect(digest(stillLifePicture(seed: 77, side: 64)) == "2cbfb8b5728f0802")
    #expect(StillLifeSet.version == 3)
  }

  @Test func `a box is the smallest around its mask, and masks do not overlap`() throws {
    let masks = try #require(Self.picture.masks)
    #expect(masks.count == Self.picture.pixelLabels.count && !masks.isEmpty)
    for (label, mask) in zip(Self.picture.pixelLabels, masks) {
      #expect(mask.boundingBox == label.box)
    }
    for (i, mask) in masks.enumerated() {
      for other in masks[(i + 1)...] { #expect(mask.sharedArea(with: other) == 0) }
    }
  }

  @Test func `a mask is what a fruit covers: without the fruit, only it and its shadow change`() {
    // Painted without noise of the camera there is no way to compare bytes, so compare owners.
    let scene = StillLifeScene(seed: 12)
    let owners = scene.owners(side: 64)
    let sightings = Sightings(of: scene, side: 64)
    let same = (0..<64 * 64).count { i in
      (owners[i] ?? -1) == (sightings.owners[i] < 0 ? -1 : sightings.owners[i])
    }
    // One sample a pixel and the majority of nine differ only along outlines.
    #expect(Double(same) / (64 * 64) > 0.95)
  }

  @Test func `the scene does not depend on the size of its picture`() {
    let (small, large) = (Self.picture, stillLifePicture(seed: 12, side: 96))
    #expect(small.pixelLabels.map(\.classIndex) == large.pixelLabels.map(\.classIndex))
    for (a, b) in zip(small.pixelLabels, large.pixelLabels) {
      let gaps = [
        a.box.x0 / 64 - b.box.x0 / 96, a.box.y1 / 64 - b.box.y1 / 96,
        a.box.x1 / 64 - b.box.x1 / 96, a.box.y0 / 64 - b.box.y0 / 96,
      ]
      #expect(gaps.allSatisfy { abs($0) < 1.5 / 64 })
    }
  }

  @Test func `sizes grow with the picture`() {
    #expect(ObjectSizes.stillLife() == ObjectSizes(mediumFrom: 576, largeFrom: 2304))
    #expect(ObjectSizes.stillLife(side: 256) == ObjectSizes(mediumFrom: 2304, largeFrom: 9216))
  }

  @Test func `painting gives the labels that looking alone gives`() {
    let scene = StillLifeScene(seed: 12)
    #expect(scene.painted(side: 64).owners == scene.owners(side: 64))
  }
}

@Suite struct StillLifeSetTests {
  private let set = StillLifeSet(side: 64, counts: [2, 1, 1], seed: 8)

  private func temporaryCache() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "cache-\(UUID().uuidString)")
  }

  private func folder(in cache: URL, _ reports: Reports) throws -> DetectionFolder {
    try .stillLife(in: cache, side: 64, training: 2, validation: 1, test: 1, seed: 8) {
      reports.add($0, $1)
    }
  }

  @Test func `the set is drawn once, goes on after an interruption, and is read with its masks`()
    throws
  {
    let cache = temporaryCache()
    defer { try? FileManager.default.removeItem(at: cache) }
    // What an interrupted run leaves: one picture, here one that tells that it was kept.
    let images = cache.appending(path: "\(set.folderName).partial/still-life_train/images")
    try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
    let marked = Image(
      height: 64, width: 64, pixels: Array(repeating: 77, count: 3 * 64 * 64))
    try marked.writePNG(to: images.appending(path: "1.png"))

    let reports = Reports()
    let first = try folder(in: cache, reports)
    #expect(reports.all == (1...4).map { [$0, 4] })
    #expect(first.training.classNames == stillLifeClassNames)
    #expect([first.training.count, first.validation.count, first.test?.count] == [2, 1, 1])
    #expect(first.training.hasMasks)
    #expect(try first.training.image(at: 1) == marked)

    // Drawn again here, one after the other on one core.
    let parts = [first.training, first.validation, try #require(first.test)]
    for (part, dataset) in parts.enumerated() {
      for (index, sample) in dataset.samples.enumerated() {
        let alone = stillLifePicture(
          seed: set.pictureSeed(part: part, index: index), side: 64)
        if part != 0 || index != 1 { #expect(try dataset.image(at: index) == alone.image) }
        #expect(sample.pixelLabels == alone.pixelLabels)
        #expect(sample.masks == alone.masks?.map { RunLengths($0) })
      }
    }

    _ = try folder(in: cache, reports)
    #expect(reports.all.count == 4)
    // Only the finished set is there, nothing half-written.
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path) == [set.folderName])
  }

  @Test func `a cache that cannot be written is an error`() throws {
    let file = temporaryCache()
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect {
      try folder(in: file, Reports())
    } throws: {
      ($0 as? DatasetError)?.problem == .unwritable
    }
  }

  @Test func `another size, number or seed is another folder`() {
    let names = [
      set, StillLifeSet(side: 128, counts: [2, 1, 1], seed: 8),
      StillLifeSet(side: 64, counts: [2, 1, 2], seed: 8),
      StillLifeSet(side: 64, counts: [2, 1, 1], seed: 9),
    ].map(\.folderName)
    #expect(Set(names).count == 4)
  }
}
