import Datasets
import Detection
import Tensors
import Testing

@Suite struct AugmentationTests {
  private let marked = MarkedPicture(x: 10..<26, y: 36..<44)

  /// The largest distance between two boxes' edges, in pixels.
  private func gap(_ a: Box, _ b: Box) -> Float {
    let gaps = [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1].map(abs)
    return gaps.max()! * Float(MarkedPicture.side)
  }

  @Test func `a horizontal flip mirrors pixels and box`() throws {
    let batch = marked.batch([.horizontalFlip(probability: 1)], seed: 1)
    #expect(MarkedPicture.redBox(in: batch) == Box(38, 36, 54, 44).scaled(x: 1 / 64, y: 1 / 64))
    #expect(batch.labels[0][0].box == MarkedPicture.redBox(in: batch))
  }

  @Test func `a vertical flip mirrors pixels and box`() throws {
    let batch = marked.batch([.verticalFlip(probability: 1)], seed: 1)
    #expect(MarkedPicture.redBox(in: batch) == Box(10, 20, 26, 28).scaled(x: 1 / 64, y: 1 / 64))
    #expect(batch.labels[0][0].box == MarkedPicture.redBox(in: batch))
  }

  @Test func `two flips of one kind change nothing`() {
    let flip = Augmentation.horizontalFlip(probability: 1)
    let (twice, never) = (marked.batch([flip, flip], seed: 1), marked.batch([], seed: 1))
    #expect(twice.pixels.scalars == never.pixels.scalars)
    #expect(twice.labels == never.labels)
  }

  @Test func `a probability of one half flips about half of the pictures`() {
    let flipped = (0..<200).count { seed in
      marked.batch([.horizontalFlip(probability: 0.5)], seed: UInt64(seed)).labels[0][0].box.x0
        > 0.5
    }
    // Four standard deviations of a fair coin thrown 200 times are 28.
    #expect((72...128).contains(flipped))
  }

  @Test(arguments: [
    [Augmentation.zoom(0.5...1)], [.zoom(1...1.4)], [.shift(0.1)],
    [.horizontalFlip(probability: 0.5), .zoom(0.6...1.3), .verticalFlip(probability: 0.5)],
    [.shift(0.1), .zoom(0.7...1.2), .horizontalFlip(probability: 1)],
  ])
  func `boxes follow the pixels`(augmentations: [Augmentation]) throws {
    var seen: Set<Box> = []
    for seed in UInt64(0)..<40 {
      let batch = marked.batch(augmentations, seed: seed)
      guard let label = batch.labels[0].first else { continue }
      let red = try #require(MarkedPicture.redBox(in: batch))
      // Half a pixel of rounding and the width of the bilinear edge.
      #expect(gap(red, label.box) <= 1, "seed \(seed)")
      seen.insert(label.box)
    }
    #expect(seen.count >= 20)
  }

  @Test func `an object goes when its centre leaves, and is clipped when only its edge does`() {
    // In the corner, a fourfold zoom usually loses it, and sometimes cuts it.
    let corner = MarkedPicture(x: 0..<16, y: 0..<16)
    var (kept, lost) = (0, 0)
    for seed in UInt64(0)..<100 {
      let batch = corner.batch([.zoom(4...4)], seed: seed)
      guard let box = batch.labels[0].first?.box else {
        lost += 1
        continue
      }
      kept += 1
      #expect(box.x0 >= 0 && box.y0 >= 0 && box.x1 <= 1 && box.y1 <= 1)
      #expect(box.width >= 0.5 && box.height >= 0.5)
    }
    #expect(kept > 0 && lost > kept)
  }

  @Test func `what lies beyond the picture is grey`() {
    let values = marked.batch([.zoom(0.25...0.25)], seed: 3).pixels.scalars
    // Three quarters of each axis are ground, so 15 of 16 pixels; bilinear edges blur none of them.
    let grey = values.count { $0 == 127 }
    #expect(grey == 3 * (64 * 64 - 16 * 16))
  }

  @Test func `colours change as the factors say, and stay in range`() {
    // A white and a grey pixel: saturation leaves greys alone.
    let values = marked.batch(
      [.colorJitter(brightness: 0, contrast: 0, saturation: 1)], seed: 5
    ).pixels.scalars
    #expect(abs(values[0] - 90) < 0.01)
    let bright = marked.batch(
      [.colorJitter(brightness: 0.5, contrast: 0, saturation: 0)], seed: 5
    ).pixels.scalars
    let factor = bright[0] / 90
    #expect(factor >= 0.5 && factor <= 1.5 && factor != 1)
    let red = 40 * 64 + 12
    #expect(abs(bright[red] - min(250 * factor, 255)) < 0.01)
    let contrast = marked.batch(
      [.colorJitter(brightness: 0, contrast: 0.5, saturation: 0)], seed: 6
    ).pixels.scalars
    let stretch = (contrast[0] - 127.5) / (90 - 127.5)
    #expect(stretch >= 0.5 && stretch <= 1.5 && stretch != 1)
    #expect(contrast.allSatisfy { $0 >= 0 && $0 <= 255 })
  }

  @Test func `grey of equal brightness is where colours meet without saturation`() {
    // Each result lies on the line through the colour and its grey.
    let grey: Float = 0.299 * 250 + 0.587 * 10 + 0.114 * 10
    for seed in UInt64(0)..<20 {
      let values = marked.batch(
        [.colorJitter(brightness: 0, contrast: 0, saturation: 0.04)], seed: seed
      ).pixels.scalars
      let (plane, red) = (64 * 64, 40 * 64 + 12)
      // Above 1 the factor would push red over 255, where it stops.
      let factor = (values[plane + red] - grey) / (10 - grey)
      #expect(abs(factor - 1) <= 0.041)
      #expect(abs(values[red] - min(grey + (250 - grey) * factor, 255)) < 0.01)
    }
  }

  @Test(arguments: [
    [Augmentation.horizontalFlip(probability: 1)], [.verticalFlip(probability: 1)],
    [.zoom(0.5...1)], [.zoom(1...1.6)], [.shift(0.2)],
    [
      .horizontalFlip(probability: 0.5), .zoom(0.6...1.5),
      .colorJitter(brightness: 0.1, contrast: 0.1, saturation: 0),
    ],
  ])
  func `masks follow the pixels`(augmentations: [Augmentation]) throws {
    for seed in UInt64(0)..<20 {
      let batch = marked.batch(augmentations, seed: seed)
      let masks = try #require(batch.masks)
      #expect(masks[0].count == batch.labels[0].count)
      guard let mask = masks[0].first else { continue }
      let values = batch.pixels.scalars
      let plane = MarkedPicture.side * MarkedPicture.side
      let different = (0..<plane).count { i in
        (values[i] - values[plane + i] > 80) != mask.bits[i]
      }
      // Only the bilinear edge may fall on the other side: one pixel along the outline.
      #expect(different <= 2 * (16 + 8) * 2, "seed \(seed)")
      #expect(abs(gap(try #require(MarkedPicture.redBox(in: batch)), batch.labels[0][0].box)) <= 1)
    }
  }

  @Test func `a flipped mask is the mirrored mask to the pixel`() throws {
    let original = try #require(marked.batch([], seed: 1).masks?[0][0])
    let flipped = try #require(
      marked.batch([.horizontalFlip(probability: 1)], seed: 1).masks?[0][0])
    for y in 0..<MarkedPicture.side {
      for x in 0..<MarkedPicture.side {
        #expect(flipped[MarkedPicture.side - 1 - x, y] == original[x, y])
      }
    }
  }
}
