public import Detection
public import Foundation
public import Images

/// Labelled pictures of one size, checked but not yet decoded.
///
/// Boxes are in **pixels** here, as in their files; a `Batch` holds them as fractions of the
/// picture's sides, as networks want them.
public struct DetectionDataset: Sendable {
  /// A picture's file and the objects in it.
  public struct Sample: Hashable, Sendable {
    /// The PNG file.
    public let file: URL
    /// The objects, in **pixels** of the picture.
    public let pixelLabels: [LabeledBox]
    /// The pixels of each object that are seen, where the labels tell them.
    public let masks: [RunLengths?]
  }

  /// What the classes are called, by class index.
  public let classNames: [String]
  /// Rows of every picture, in pixels.
  public let height: Int
  /// Columns of every picture, in pixels.
  public let width: Int
  /// The pictures, in the order in which the labels first name them, then those without a label.
  public let samples: [Sample]

  /// Number of pictures.
  public var count: Int { samples.count }

  /// Number of pictures without an object: none of their pixels belongs to any class.
  ///
  /// Such pictures are allowed; a number that surprises is worth a look at the table.
  public var emptyPictureCount: Int { samples.count { $0.pixelLabels.isEmpty } }

  /// Whether the labels tell the pixels of every object.
  public var hasMasks: Bool { samples.allSatisfy { !$0.masks.contains(nil) } }

  /// Decodes one picture.
  public func image(at index: Int) throws(DatasetError) -> Image {
    let file = samples[index].file
    let image: Image
    do {
      image = try Image(contentsOf: file)
    } catch {
      throw DatasetError(
        .unreadablePicture, file: file.path, found: error.description,
        expected: "a whole PNG picture", remedy: "save it again, or remove it and its lines")
    }
    // The size was checked when the folder was read; the file may have changed since.
    guard (image.height, image.width) == (height, width) else {
      throw Self.wrongSize(file, height: image.height, width: image.width, of: (height, width))
    }
    return image
  }

  static func wrongSize(
    _ file: URL, height: Int, width: Int, of expected: (height: Int, width: Int)
  ) -> DatasetError {
    DatasetError(
      .wrongPictureSize, file: file.path, found: "a picture \(width) wide and \(height) high",
      expected: "\(expected.width) wide and \(expected.height) high, like the first picture",
      remedy: "resize the pictures, and their boxes, to one size")
  }
}
