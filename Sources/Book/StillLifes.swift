public import Datasets
public import Detection
public import Images

/// The pictures that the book's detectors learn from and are compared on: drawn still lifes, or the
/// reader's own folder (`--data`).
public struct StillLifes: Sendable {
  /// One of three sets of pictures.
  public struct Part: Sendable {
    /// The decoded pictures; their labels are fractions of the sides.
    public let pictures: DecodedDataset
    /// The objects of each picture, in pixels.
    public let labels: [[LabeledBox]]

    /// The pictures alone.
    public var images: [Image] { pictures.images }

    init(_ dataset: DetectionDataset, withMasks: Bool) throws(DatasetError) {
      pictures = try dataset.decoded(withMasks: withMasks)
      labels = dataset.samples.map(\.pixelLabels)
    }
  }

  /// What is learned from.
  public let training: Part
  /// What choices are made on.
  public let validation: Part
  /// What is reported; the validation pictures in a folder without test pictures.
  public let test: Part
  /// What the classes are called, by class index.
  public let classNames: [String]
  /// Pixels of every picture, from top to bottom and from left to right.
  public let height, width: Int
  /// Below and above which areas, in pixels, objects count as small and large.
  public let sizes: ObjectSizes

  /// Draws the pictures where they are not there yet, and decodes them.
  ///
  /// 800, 200 and 200 pictures of 128×128 pixels; 24, 8 and 8 in the quick profile.
  ///
  /// - Parameter withMasks: reads the objects' pixels, too.
  public init(withMasks: Bool = false) throws(DatasetError) {
    let folder = try Self.folder()
    training = try Part(folder.training, withMasks: withMasks)
    validation = try Part(folder.validation, withMasks: withMasks)
    test = try Part(folder.test ?? folder.validation, withMasks: withMasks)
    classNames = folder.training.classNames
    (height, width) = (folder.training.height, folder.training.width)
    sizes = .stillLife(side: width)
  }

  private static func folder() throws(DatasetError) -> DetectionFolder {
    if let dataFolder { return try DetectionFolder(contentsOf: dataFolder) }
    let (training, validation, test) = setting(full: (800, 200, 200), quick: (24, 8, 8))
    let drawing = ProgressBar(label: "drawing still lifes", total: training + validation + test)
    return try DetectionFolder.stillLife(
      in: cacheFolder(named: "still-life"), training: training, validation: validation, test: test
    ) { _, _ in drawing.advance() }
  }
}
