import Detection
import Foundation

/// A file of labels in COCO's layout.
///
/// Source: T.-Y. Lin and others, "Microsoft COCO: Common objects in context", 2014; the layout is
/// described at cocodataset.org.
///
/// Keys that are not named here are let pass. Boxes are [x, y, width, height] in pixels; category
/// numbers may be any; masks are run lengths. Outlines given as polygons are read as no mask.
struct CocoAnnotations: Codable {
  struct Picture: Codable {
    var id: Int
    var file_name: String
    var width: Int
    var height: Int
  }
  struct Category: Codable {
    var id: Int
    var name: String
  }
  struct Annotation: Codable {
    var id: Int
    var image_id: Int
    var category_id: Int
    var bbox: [Float]
    var area: Float?
    var iscrowd: Int?
    var segmentation: Outline?
  }
  /// The pixels of an object.
  enum Outline: Codable {
    case runs(RunLengths)
    case polygons([[Float]])

    init(from decoder: any Decoder) throws {
      if let polygons = try? decoder.singleValueContainer().decode([[Float]].self) {
        self = .polygons(polygons)
      } else {
        self = .runs(try RunLengths(from: decoder))
      }
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .runs(let runs): try runs.encode(to: encoder)
      case .polygons(let polygons): try polygons.encode(to: encoder)
      }
    }
  }

  var images: [Picture]
  var annotations: [Annotation]
  var categories: [Category]

  /// The names of the categories, by their numbers.
  var classNames: [String] { categories.sorted { $0.id < $1.id }.map(\.name) }

  init(images: [Picture], annotations: [Annotation], categories: [Category]) {
    self.images = images
    self.annotations = annotations
    self.categories = categories
  }

  /// Reads a file; the error names the entry, such as `annotations[3].bbox`.
  init(contentsOf url: URL) throws(DatasetError) {
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw DatasetError(
        .missingTable, file: url.path, found: "a file that cannot be read",
        expected: "JSON in COCO's layout", remedy: "check the file's permissions")
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: data)
    } catch {
      throw Self.complaint(error, file: url.path)
    }
  }

  /// The objects, with classes counted by their place in `classNames`.
  ///
  /// Crowds, which mark many objects as one, are left out.
  func entries(file: String, classNames: [String]) throws(DatasetError) -> [LabelEntry] {
    var pictureNames: [Int: String] = [:]
    var seen: Set<String> = []
    for picture in images {
      let place = LabelPlace(file: file, entry: "image \(picture.id)")
      try place.requirePlainFileName(picture.file_name, as: "file_name")
      guard pictureNames[picture.id] == nil, seen.insert(picture.file_name).inserted else {
        throw place.error(
          .wrongFileName, found: "“\(picture.file_name)” or its id a second time",
          expected: "each picture once", remedy: "remove the second entry")
      }
      pictureNames[picture.id] = picture.file_name
    }
    let names = Dictionary(categories.map { ($0.id, $0.name) }) { first, _ in first }
    var entries: [LabelEntry] = []
    for annotation in annotations where annotation.iscrowd != 1 {
      let place = LabelPlace(file: file, entry: "annotation \(annotation.id)")
      guard let pictureName = pictureNames[annotation.image_id] else {
        throw place.error(
          .missingPicture, found: "image_id \(annotation.image_id), which no entry of images has",
          expected: "the id of an image", remedy: "add the image or remove the annotation")
      }
      guard let name = names[annotation.category_id],
        let classIndex = classNames.firstIndex(of: name)
      else {
        let found = names[annotation.category_id].map { "the category “\($0)”" }
        throw place.error(
          .classOutOfRange, found: found ?? "category_id \(annotation.category_id), without a name",
          expected: "one of \(classNames.joined(separator: ", "))",
          remedy: "correct the category, or name all classes")
      }
      guard annotation.bbox.count == 4, annotation.bbox.allSatisfy(\.isFinite) else {
        throw place.error(
          .wrongBox, found: "a bbox of \(annotation.bbox.count) numbers",
          expected: "x, y, width and height", remedy: "correct the box or remove the annotation")
      }
      let (x, y) = (annotation.bbox[0], annotation.bbox[1])
      let box = Box(x0: x, y0: y, x1: x + annotation.bbox[2], y1: y + annotation.bbox[3])
      let runs: RunLengths? =
        if case .runs(let runs) = annotation.segmentation { runs } else { nil }
      entries.append(
        LabelEntry(
          place: place, pictureName: pictureName,
          object: LabeledBox(box: box, classIndex: classIndex), mask: runs))
    }
    return entries
  }

  private static func complaint(_ error: any Error, file: String) -> DatasetError {
    func path(_ context: DecodingError.Context) -> String? {
      let path = context.codingPath.reduce("") { path, key in
        path + (key.intValue.map { "[\($0)]" } ?? (path.isEmpty ? "" : ".") + key.stringValue)
      }
      return path.isEmpty ? nil : path
    }
    let (entry, found): (String?, String) =
      switch error {
      case DecodingError.keyNotFound(let key, let context):
        (path(context), "no “\(key.stringValue)”")
      case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
        (path(context), "a value of another kind")
      case DecodingError.dataCorrupted(let context): (path(context), context.debugDescription)
      default: (nil, "\(error)")
      }
    return DatasetError(
      .wrongJSON, file: file, entry: entry, found: found,
      expected: "images, annotations and categories in COCO's layout",
      remedy: "write the file anew with the tool that made it")
  }
}
