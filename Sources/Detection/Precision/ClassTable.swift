/// All that average precision needs to know of one class: scores, areas and overlaps, without the shapes.
struct ClassTable {
  /// One picture's detections, the best first, and its ground truths.
  struct Picture {
    let scores: [Float]
    let detectionAreas: [Double]
    let truths: [Truth]
    /// `[detections, ground truths]`, row-major; with a crowd, the share of the detection inside it.
    let overlaps: [Double]

    func overlap(_ detection: Int, _ truth: Int) -> Double {
      overlaps[detection * truths.count + truth]
    }
  }

  struct Truth {
    let area: Double
    let isCrowd: Bool
    private let isCounted: Bool

    init<Shape>(_ truth: GroundTruth<Shape>) {
      area = truth.area
      isCrowd = truth.standing == .crowd
      isCounted = truth.standing == .counted
    }

    /// Whether an object of this area is to be found.
    func counts(in areas: ClosedRange<Double>) -> Bool { isCounted && !isOutside(area, of: areas) }
  }

  let classIndex: Int
  let pictures: [Picture]

  /// Ground truths to be found whose area lies in the range.
  func groundTruthCount(in areas: ClosedRange<Double>) -> Int {
    pictures.reduce(0) { $0 + $1.truths.count { $0.counts(in: areas) } }
  }

  /// One table for each class that has ground truths, by rising class index.
  ///
  /// Drops padding rows, and all but the best `limit` detections of each picture and class.
  static func tables<Shape>(
    detections: [[ScoredShape<Shape>]], groundTruths: [[GroundTruth<Shape>]], limit: Int
  ) -> [ClassTable] {
    require(
      detections.count == groundTruths.count,
      "AveragePrecision: detections of \(detections.count) pictures but ground truths of"
        + " \(groundTruths.count); give an empty list for a picture without any")
    let truths = groundTruths.map { picture in
      Dictionary(grouping: picture.filter { $0.classIndex >= 0 }, by: \.classIndex)
    }
    let found = detections.map { picture in
      let ranked = rankedByScore(picture.map(\.score)).map { picture[$0] }
      return Dictionary(grouping: ranked, by: \.classIndex)
    }
    return Set(truths.flatMap(\.keys)).sorted().map { classIndex in
      ClassTable(
        classIndex: classIndex,
        pictures: zip(found, truths).map { found, truths in
          picture((found[classIndex] ?? []).prefix(limit), truths[classIndex] ?? [])
        })
    }
  }

  private static func picture<Shape>(
    _ detections: ArraySlice<ScoredShape<Shape>>, _ truths: [GroundTruth<Shape>]
  ) -> Picture {
    Picture(
      scores: detections.map(\.score),
      detectionAreas: detections.map { detection in
        // An inside-out box is as small as can be, not outside of every range.
        let area = detection.shape.shapeArea
        return area < 0 ? 0 : area
      },
      truths: truths.map(Truth.init),
      overlaps: detections.flatMap { detection in
        truths.map { truth in
          truth.standing == .crowd
            ? detection.shape.share(inside: truth.shape)
            : detection.shape.overlap(with: truth.shape)
        }
      })
  }
}

/// Whether an area is below or above a range; NaN is neither, and so counts in every range.
func isOutside(_ area: Double, of areas: ClosedRange<Double>) -> Bool {
  area < areas.lowerBound || area > areas.upperBound
}
