// swift-tools-version: 6.3
import PackageDescription

/// The book, in reading order: folder in `Chapters/`, target and command-line name are one word.
let chapters = [
  "preface",
  "bounding-boxes",
  "anchors",
  "rcnn",
  "roi-pooling",
  "fast-rcnn",
  "faster-rcnn",
  "mask-rcnn",
  "multiscale-anchors",
  "detection-dataset",
  "ssd",
  "yolo",
  "comparison",
]

// MARK: Settings

/// Language features every target uses.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Numeric targets are compiled for the processor they are built on: readers build where they run.
let numeric: [SwiftSetting] = strict + [.unsafeFlags(["-Xcc", "-march=native"])]

/// The command is run by `swift run`, so in debug; what it does to many bytes (digests of data and
/// sources, a chapter's output) is compiled with optimization all the same.
let optimized: [SwiftSetting] = strict + [.unsafeFlags(["-O"])]

/// A chapter is top-level code on the main actor, and sees `public` only, like any reader's program.
let chapter: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .defaultIsolation(MainActor.self),
]

// MARK: Package

let package = Package(
  name: "object-detection",
  products: [
    .executable(name: "chapter", targets: ["ChapterCommand"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: [
    // MARK: C libraries of the system
    .systemLibrary(name: "CCairo", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(
      name: "CCMark",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CDuktape", providers: [.apt(["duktape-dev"])]),
    .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CTurboJPEG", providers: [.apt(["libturbojpeg0-dev"])]),
    .target(
      name: "COneDNN",
      linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("gomp")]),

    // MARK: Numbers
    .target(name: "Tensors", dependencies: ["COneDNN"], swiftSettings: numeric),
    .target(name: "Layers", dependencies: ["Tensors"], swiftSettings: numeric),
    .target(name: "Detection", dependencies: ["Tensors"], swiftSettings: numeric),
    .target(
      name: "Models", dependencies: ["Detection", "Layers", "Tensors"], swiftSettings: numeric),

    // MARK: Pictures
    .target(name: "Images", dependencies: ["CPNG", "CTurboJPEG"], swiftSettings: strict),
    .target(name: "Canvas", dependencies: ["CCairo", "Images"], swiftSettings: strict),
    .target(name: "Figures", dependencies: ["Canvas", "Images"], swiftSettings: strict),
    .target(
      name: "Datasets", dependencies: ["Images", "Canvas", "Detection", "Tensors"],
      swiftSettings: numeric),

    // MARK: The book
    .target(name: "BookFormat", swiftSettings: optimized),
    .target(
      name: "Book",
      dependencies: [
        "BookFormat", "Datasets", "Figures", "Canvas", "Images", "Detection", "Layers", "Tensors",
      ],
      swiftSettings: strict),
    .target(name: "BookRunner", dependencies: ["BookFormat"], swiftSettings: optimized),
    .target(
      name: "BookWeaver",
      dependencies: [
        "BookFormat", "BookRunner", "CCMark", "CDuktape",
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      resources: [.copy("Theme")],
      swiftSettings: optimized),
    .executableTarget(
      name: "ChapterCommand",
      dependencies: [
        "BookFormat", "BookRunner", "BookWeaver",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // MARK: Timings
    .executableTarget(
      name: "Benchmark",
      dependencies: [
        "Models", "Detection", "Layers", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks",
      exclude: [
        "README.md", "boxes_torch.py", "detection_data.py", "faster_rcnn_torch.py",
        "networks_torch.py", "operations_torch.py", "regions_torch.py", "tinyssd_model.py",
        "tinyssd_torch.py",
        "twin.py",
      ],
      swiftSettings: strict),

    // MARK: Tests
    .target(
      name: "TestSupport", dependencies: ["Tensors"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "TensorsTests", dependencies: ["Tensors", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "LayersTests", dependencies: ["Layers", "Tensors", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ModelsTests",
      dependencies: ["Models", "Detection", "Layers", "Tensors", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DetectionTests", dependencies: ["Detection", "Tensors", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "ImagesTests", dependencies: ["Images"], swiftSettings: strict),
    .testTarget(name: "CanvasTests", dependencies: ["Canvas", "Images"], swiftSettings: strict),
    .testTarget(
      name: "FiguresTests", dependencies: ["Figures", "Canvas", "Images"], swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "Detection", "Images", "Tensors"],
      swiftSettings: strict),
    .testTarget(name: "BookFormatTests", dependencies: ["BookFormat"], swiftSettings: strict),
    .testTarget(
      name: "BookTests",
      dependencies: [
        "Book", "BookFormat", "Canvas", "Detection", "Figures", "Images", "Tensors",
      ], swiftSettings: strict),
    .testTarget(
      name: "BookRunnerTests", dependencies: ["BookRunner", "BookFormat"], swiftSettings: strict),
    .testTarget(
      name: "BookWeaverTests", dependencies: ["BookWeaver", "BookRunner", "BookFormat"],
      swiftSettings: strict),
    .testTarget(
      name: "ChapterCommandTests",
      dependencies: ["ChapterCommand", "BookFormat", "BookRunner", "BookWeaver"],
      swiftSettings: strict),
    .executableTarget(
      name: "ChapterFixture",
      dependencies: ["Book", "Canvas", "Detection", "Figures", "Layers", "Tensors"],
      path: "Tests/Fixtures/ChapterFixture", packageAccess: false, swiftSettings: chapter),
    .testTarget(name: "PackageTests", swiftSettings: strict),
    .executableTarget(
      name: "BrowserTest",
      dependencies: [
        "BookRunner", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/BrowserTests", exclude: ["Fixture"], swiftSettings: strict),
  ]
    + chapters.map {
      .executableTarget(
        name: $0,
        dependencies: [
          "Book", "Tensors", "Layers", "Detection", "Models", "Datasets", "Images", "Canvas",
          "Figures",
        ],
        path: "Chapters/\($0)", exclude: ["\($0).md"], packageAccess: false,
        swiftSettings: chapter)
    },
  swiftLanguageModes: [.v6]
)
