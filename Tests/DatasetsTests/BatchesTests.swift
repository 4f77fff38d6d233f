import Datasets
import Detection
import Images
import Tensors
import Testing

@Suite struct BatchesTests {
  /// Seven pictures of 2 × 3 pixels; every byte tells picture, pixel and channel.
  private let dataset = DecodedDataset(
    classNames: ["a"],
    images: (0..<7).map { n in
      Image(height: 2, width: 3, pixels: (0..<18).map { UInt8(n * 20 + $0) })
    },
    labels: (0..<7).map { n in
      Array(repeating: LabeledBox(box: Box(0, 0, 0.5, 0.5), classIndex: n), count: n % 3)
    })

  @Test func `bytes become planes of floats`() {
    let batch = Array(dataset.batches(size: 2))[1]
    #expect(batch.pixels.shape == [2, 3, 2, 3])
    let second = (0..<3).flatMap { channel in (0..<6).map { Float(60 + 3 * $0 + channel) } }
    #expect(Array(batch.pixels.scalars[18...]) == second)
  }

  @Test func `without a generator the order is the data set's`() {
    let batches = dataset.batches(size: 3)
    #expect(batches.count == 3)
    #expect(batches.map(\.count) == [3, 3, 1])
    #expect(batches.flatMap { $0.labels.map(\.count) } == [0, 1, 2, 0, 1, 2, 0])
  }

  @Test func `a shuffled pass shows every picture once`() {
    var generator = SplitMix64(seed: 4)
    let batches = dataset.batches(size: 3, shuffledBy: &generator)
    let firsts = batches.flatMap { batch in
      (0..<batch.count).map { batch.pixels.scalars[$0 * 18] }
    }
    #expect(Set(firsts) == Set((0..<7).map { Float($0 * 20) }))
    #expect(firsts != firsts.sorted())
    // Labels travel with their pictures.
    #expect(batches.flatMap { $0.labels.map(\.count) } == firsts.map { Int($0) / 20 % 3 })
  }

  @Test func `the same seed gives the same batches, and a pass can be repeated`() {
    let changes: [Augmentation] = [
      .horizontalFlip(probability: 0.5), .zoom(0.7...1.3),
      .colorJitter(brightness: 0.2, contrast: 0.2, saturation: 0.2),
    ]
    func pass(_ generator: inout SplitMix64) -> Batches {
      dataset.batches(size: 3, shuffledBy: &generator, augmentedBy: changes)
    }
    var (one, other) = (SplitMix64(seed: 4), SplitMix64(seed: 4))
    let (first, second) = (pass(&one), pass(&other))
    #expect(first.map(\.pixels.scalars) == second.map(\.pixels.scalars))
    #expect(first.map(\.labels) == second.map(\.labels))
    #expect(first.map(\.pixels.scalars) == first.map(\.pixels.scalars))
    #expect(one.state == other.state)
    // The next pass is another one.
    #expect(pass(&one).map(\.pixels.scalars) != first.map(\.pixels.scalars))
  }

  @Test func `a change does not depend on the size of the batches`() {
    func pixels(size: Int) -> [Float] {
      var generator = SplitMix64(seed: 9)
      return dataset.batches(size: size, shuffledBy: &generator, augmentedBy: [.zoom(0.5...2)])
        .flatMap(\.pixels.scalars)
    }
    #expect(pixels(size: 2) == pixels(size: 7))
  }

  @Test func `a small last batch can be left out`() {
    var generator = SplitMix64(seed: 4)
    let batches = dataset.batches(size: 3, shuffledBy: &generator, droppingRemainder: true)
    #expect(batches.count == 2)
    #expect(batches.map(\.count) == [3, 3])
  }

  @Test func `padding makes lists equally long with rows of class -1`() {
    let labels = Array(dataset.labels[0..<3])
    let padded = paddedToCommonCount(labels)
    #expect(padded.map(\.count) == [2, 2, 2])
    #expect(padded[1][0] == labels[1][0])
    #expect(padded[1][1] == LabeledBox(box: Box(0, 0, 0, 0), classIndex: -1))
    #expect(paddedToCommonCount(labels, count: 5).map(\.count) == [5, 5, 5])
    #expect(paddedToCommonCount([]).isEmpty)
  }

  @Test func `decoding turns pixels into fractions and reports every picture`() throws {
    let fixture = try FolderFixture()
    defer { fixture.clear() }
    let training = try fixture.read().training
    let reports = Reports()
    let decoded = try training.decoded { done, count in reports.add(done, count) }
    #expect(decoded.images == [try training.image(at: 0), try training.image(at: 1)])
    #expect(decoded.labels[0][0].box == Box(1, 2, 5, 6).scaled(x: 1 / 12, y: 1 / 8))
    #expect(decoded.labels[1][0].box == Box(0, 0, 1, 1))
    #expect(reports.all == [[1, 2], [2, 2]])
  }

  @Test func `a data set without masks gives batches without`() {
    #expect(dataset.batches(size: 2).allSatisfy { $0.masks == nil })
  }

  @Test func `masks go with their objects when one leaves the picture`() throws {
    // Two objects, one in a corner, each with a mask of its own area.
    let side = 32
    func square(_ range: Range<Int>) -> (LabeledBox, RunLengths) {
      var mask = Mask(width: side, height: side)
      for y in range { for x in range { mask[x, y] = true } }
      let (low, high) = (Float(range.lowerBound) / 32, Float(range.upperBound) / 32)
      return (LabeledBox(box: Box(low, low, high, high), classIndex: range.count), RunLengths(mask))
    }
    let objects = [square(0..<4), square(12..<20)]
    let pair = DecodedDataset(
      classNames: ["a"],
      images: [
        Image(height: side, width: side, pixels: .init(repeating: 9, count: 3 * side * side))
      ],
      labels: [objects.map(\.0)], masks: [objects.map(\.1)])
    var seen: Set<Int> = []
    for seed in UInt64(0)..<30 {
      var generator = SplitMix64(seed: seed)
      for batch in pair.batches(size: 1, shuffledBy: &generator, augmentedBy: [.zoom(2...2)]) {
        let masks = try #require(batch.masks)
        #expect(masks[0].count == batch.labels[0].count)
        seen.insert(masks[0].count)
        for (label, mask) in zip(batch.labels[0], masks[0]) {
          // Twice as large; clipped by the border at most.
          #expect(mask.area <= 4 * label.classIndex * label.classIndex)
          #expect(mask.area > 0)
        }
      }
    }
    #expect(seen.contains(1))
  }
}
