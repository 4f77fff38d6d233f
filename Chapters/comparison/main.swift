import Book
import Canvas
import Detection
import Figures
import Foundation

cell("pictures")
let data = try StillLifes()
let testPart = data.test
let (objects, classNames) = (testPart.labels, data.classNames)
print("\(objects.count) test pictures, \(objects.joined().count) objects")

cell("detectors")
/// A detector of the book: where its results are, and the stages that its chapter has timed.
struct Detector {
  let name: String
  /// Tells further detectors of a chapter apart.
  var kind = ""
  /// A record that belongs to another one and is kept apart by the chapter.
  var apart: [String: String] = [:]
  let stages: [String]
  /// The folder with the results of the chapter that trains it.
  let folder: () throws -> URL
}

let detectors = [
  Detector(name: "R-CNN", stages: ["search", "warp", "network", "decide"]) {
    try resultsFolder(of: "rcnn")
  },
  Detector(
    name: "Fast R-CNN", apart: ["training_seconds": "search_seconds"],
    stages: ["search", "backbone", "pooling", "head", "decide"]
  ) { try resultsFolder(of: "fast-rcnn") },
  Detector(name: "Faster R-CNN", stages: ["backbone", "proposals", "head"]) {
    try resultsFolder(of: "faster-rcnn")
  },
  Detector(name: "Mask R-CNN", stages: ["boxes", "masks"]) { try resultsFolder(of: "mask-rcnn") },
  Detector(name: "SSD", kind: "still-life", stages: ["network", "decide"]) {
    try resultsFolder(of: "ssd")
  },
  Detector(name: "YOLO, one grid", stages: ["network", "boxes"]) {
    try resultsFolder(of: "yolo")
  },
  Detector(name: "YOLO, three grids", kind: "scales", stages: ["network", "boxes"]) {
    try resultsFolder(of: "yolo")
  },
]

cell("results")
/// A detector with its results, and what is wrong with its boxes.
struct Compared {
  let detector: Detector
  let results: DetectorResults
  let errors: ErrorAnalysis

  var name: String { detector.name }

  /// A recorded number; not a number where its chapter has recorded none of this name.
  subscript(_ number: String) -> Double {
    let apart = detector.apart[number].map { results.numbers[$0] ?? .nan } ?? 0
    return (results.numbers[number] ?? .nan) + apart
  }
}

var compared: [Compared] = []
for detector in detectors {
  do {
    let results = try DetectorResults(
      in: detector.folder(), detector: detector.kind, objects: objects, classes: classNames.count)
    let errors = ErrorAnalysis(detections: results.detections, groundTruths: objects)
    compared.append(Compared(detector: detector, results: results, errors: errors))
  } catch {
    print("\(detector.name) is left out:\n  \(error)")
  }
}
let names = compared.map(\.name).joined(separator: "; ")
print(compared.isEmpty ? "There is nothing to compare yet." : "Compared: \(names).")
record("compared", Double(compared.count))
record("detectors", Double(detectors.count))

cell("accuracy")
/// A number of a table; a dash where there is none.
func entry(_ value: Double, _ places: Int) -> String {
  value.isFinite ? rounded(value, places) : "–"
}

printTable(
  ["detector", "AP", "AP50", "lowest", "highest", "AP75", "small", "medium", "large"],
  compared.map { one in
    [one.name]
      + [
        "ap", "ap50", "ap50_lowest", "ap50_highest", "ap75", "ap_small", "ap_medium", "ap_large",
      ].map { entry(one[$0], 3) }
  })

cell("cost")
printTable(
  ["detector", "parameters (M)", "GFLOP", "training (s)", "ms a picture", "memory (MB)"],
  compared.map { one in
    [
      one.name, entry(one["parameters"] / 1e6, 2), entry(one["gflop"], 2),
      entry(one["training_seconds"], 0), entry(one["milliseconds"], 1),
      entry(one["peak_memory"], 0),
    ]
  })

cell("stages")
for one in compared {
  let stages = one.detector.stages.map { stage in
    "\(stage) \(entry(one["milliseconds_\(stage)"], 1))"
  }
  print("\(one.name): \(stages.joined(separator: " + ")) = \(entry(one["milliseconds"], 1)) ms")
}

cell("plane")
/// Whether no other detector is better in one of the two and at least as good in the other.
func isUnbeaten(_ one: Compared, cost: String) -> Bool {
  !compared.contains { other in
    other[cost] <= one[cost] && other["ap50"] >= one["ap50"]
      && (other[cost] < one[cost] || other["ap50"] > one["ap50"])
  }
}

/// Precision over a cost; a line from the lowest to the highest of the seeds stands for each.
func plane(cost: String, _ label: String, unit: String) -> LinePlot {
  let shown = compared.filter { $0[cost] > 0 && $0["ap50"].isFinite }
  let costs = shown.map { $0[cost] }
  // Room for names at both ends.
  let limits = (costs.min() ?? 1) / 2...(costs.max() ?? 1) * 3
  let spread = shown.map { one in
    Series(
      "", x: [one[cost], one[cost]], y: [one["ap50_lowest"], one["ap50_highest"]],
      color: isUnbeaten(one, cost: cost) ? .series(0) : .muted)
  }
  let groups = [(true, "unbeaten", Series.Marker.circle), (false, "beaten", .diamond)]
  let points = groups.compactMap { group -> Series? in
    let members = shown.filter { isUnbeaten($0, cost: cost) == group.0 }
    guard !members.isEmpty else { return nil }
    return Series(
      group.1, x: members.map { $0[cost] }, y: members.map { $0["ap50"] }, line: .none,
      marker: group.2, color: group.0 ? .series(0) : .muted, labels: members.map(\.name))
  }
  return LinePlot(
    x: Axis(label, unit: unit, scale: .logarithmic, limits: limits), y: Axis("AP50"),
    series: spread + points,
    size: CanvasSize(width: 640, height: 360))
}

/// The detectors that nothing beats, in words.
func unbeaten(cost: String) -> String {
  compared.filter { $0[cost].isFinite && isUnbeaten($0, cost: cost) }.map(\.name)
    .joined(separator: ", ")
}

show(
  plane(cost: "milliseconds", "time for a picture", unit: "ms"),
  alt: """
    Each detector as a point: AP50 upwards, time for a picture to the right. Unbeaten by one that \
    is both faster and more precise: \(unbeaten(cost: "milliseconds")).
    """)
show(
  plane(cost: "training_seconds", "training", unit: "s"),
  alt: """
    The same over the time of training. Unbeaten: \(unbeaten(cost: "training_seconds")).
    """, caption: "The same over the time that training took.")

cell("curves")
/// Mean precision of the classes at a recall, at an overlap of a half: the area below is AP50.
func meanPrecisions(_ detections: [[ScoredBox]], at recalls: [Double]) -> [Double] {
  let classes = AveragePrecision(
    detections: detections, groundTruths: objects, overlapThresholds: [0.5]
  ).classes.map { ($0.curves[0].recall, $0.curves[0].envelope) }
  return recalls.map { wanted in
    mean(
      classes.map { recall, envelope in
        recall.firstIndex { $0 >= wanted }.map { envelope[$0] } ?? 0
      })
  }
}

let recalls = (0...100).map { Double($0) / 100 }
let lines: [Series.Line] = [.solid, .dashed, .dotted]
show(
  LinePlot(
    x: Axis("recall", limits: 0...1), y: Axis("precision", limits: 0...1),
    series: compared.enumerated().map { number, one in
      Series(
        one.name, x: recalls, y: meanPrecisions(one.results.detections, at: recalls),
        line: lines[number % lines.count])
    }, size: CanvasSize(width: 640, height: 360)),
  alt: """
    Precision against recall, a curve for each detector. All begin high at the left and fall to \
    zero where the detector has no more to offer.
    """)

cell("thresholds")
/// The score from which on a detector's boxes are shown; infinite where nothing is right.
let thresholds = compared.map { $0.errors.curve.bestBalance?.score ?? .infinity }
printTable(
  ["from its best score on", "score", "objects found (%)", "boxes right (%)"],
  compared.map { one in
    guard let best = one.errors.curve.bestBalance else { return [one.name, "–", "–", "–"] }
    return [
      one.name, rounded(best.score, 2), rounded(100 * best.recall, 0),
      rounded(100 * best.precision, 0),
    ]
  })

cell("side-by-side")
let pictureCount = min(10, objects.count)
/// Spread over the test pictures.
let shownPictures = (0..<pictureCount).map { $0 * objects.count / pictureCount }

/// A picture with its objects.
func truth(_ picture: Int) -> PictureFigure {
  PictureFigure(
    testPart.images[picture],
    boxes: objects[picture].map { PictureBox($0.box, classNames[$0.classIndex], .series(0)) },
    zoom: 1.6, caption: "what there is")
}

/// A picture with what a detector finds in it: right boxes solid, wrong ones dashed.
func found(_ one: Compared, from threshold: Float, in picture: Int) -> PictureFigure {
  let boxes = zip(one.results.detections[picture], one.errors.errors[picture])
    .filter { $0.0.score >= threshold }
  return PictureFigure(
    testPart.images[picture],
    boxes: boxes.map { box, error in
      PictureBox(
        box.box, classNames[box.classIndex], error == nil ? .good : .bad, dashed: error != nil)
    }, zoom: 1.6, caption: one.name)
}

for picture in shownPictures {
  let findings = zip(compared, thresholds).map { found($0, from: $1, in: picture) }
  show(
    PictureGrid([truth(picture)] + findings, columns: 3),
    alt: """
      Test picture \(picture) with its objects, and beside it what each detector finds: right boxes \
      solid and green, wrong ones dashed and red.
      """, caption: "Test picture \(picture).")
}

cell("error-counts")
let kinds = ErrorAnalysis.Kind.allCases
printTable(
  ["errors"] + kinds.map(\.rawValue),
  compared.map { one in [one.name] + kinds.map { "\(one.errors.count(of: $0))" } })

cell("error-gains")
/// What AP50 would gain without each kind of error, in points.
func gains(_ one: Compared) -> [Double] { kinds.map { 100 * one.errors.gain(without: $0) } }

/// The kind of error that costs a detector most.
func costliest(_ one: Compared) -> ErrorAnalysis.Kind {
  kinds.max { one.errors.gain(without: $0) < one.errors.gain(without: $1) } ?? .missed
}

printTable(
  ["points of AP50"] + kinds.map(\.rawValue),
  compared.map { one in [one.name] + gains(one).map { entry($0, 1) } })
show(
  BarChart(
    categories: kinds.map(\.rawValue), y: Axis("gain in AP50", unit: "points"),
    groups: compared.map { BarChart.Group($0.name, gains($0)) },
    size: CanvasSize(width: 640, height: 340)),
  alt: """
    Bars: what AP50 would gain without each kind of error, a bar for each detector. \
    \(compared.map { "\($0.name): most by \(costliest($0).rawValue)" }.joined(separator: "; ")).
    """)

cell("choose")
/// The detectors with the number, the best first.
func ranked(_ number: String, highestFirst: Bool) -> [Compared] {
  compared.filter { $0[number].isFinite }
    .sorted { highestFirst ? $0[number] > $1[number] : $0[number] < $1[number] }
}

let wishes = [
  ("most precise", "ap50", "AP50", 3, true), ("best framed", "ap75", "AP75", 3, true),
  ("small objects", "ap_small", "AP", 3, true), ("large objects", "ap_large", "AP", 3, true),
  ("fastest", "milliseconds", "ms a picture", 1, false),
  ("trained soonest", "training_seconds", "s", 0, false),
  ("least work", "gflop", "GFLOP", 2, false),
  ("fewest parameters", "parameters", "", 0, false),
  ("least memory", "peak_memory", "MB", 0, false),
]
printTable(
  ["wanted", "first", "", "second", "", "unit"],
  wishes.map { wish, number, unit, places, highestFirst in
    let best = ranked(number, highestFirst: highestFirst).prefix(2)
    return [wish] + best.flatMap { [$0.name, rounded($0[number], places)] } + [unit]
  })

cell("too-close")
/// Pairs of neighbours in AP50 whose seeds overlap: these runs do not say which is better.
let byPrecision = ranked("ap50", highestFirst: true)
for (better, worse) in zip(byPrecision, byPrecision.dropFirst()) {
  let isClear = better["ap50_lowest"] > worse["ap50_highest"]
  print(
    "\(better.name) before \(worse.name):",
    isClear ? "with every seed" : "not with every seed, so not for sure")
}
print("unbeaten in time and precision: \(unbeaten(cost: "milliseconds"))")
