/// Why a folder of labelled pictures cannot be used: where, what was found, what was expected,
/// and what to do.
public struct DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Equatable, Sendable {
    /// The folder, or a part of it, is not there.
    case missingFolder
    /// The folder holds no pictures.
    case emptyFolder
    /// More than one folder fits the name of a part.
    case ambiguousFolder
    /// There is neither `label.csv` nor `annotations.json`, or it cannot be read.
    case missingTable
    /// There are both, and they may say different things.
    case ambiguousTable
    /// The first line of `label.csv` names other columns.
    case wrongHeader
    /// A line holds too few or too many values.
    case wrongColumnCount
    /// A value is not the number that its column holds.
    case notANumber
    /// `annotations.json` is no JSON, or lacks something that COCO's layout has.
    case wrongJSON
    /// A mask does not fit its picture, or an object has none where masks are needed.
    case wrongMask
    /// A file name is empty or leads out of the folder.
    case wrongFileName
    /// A box is empty, inside out, or reaches outside its picture.
    case wrongBox
    /// A class that does not exist.
    case classOutOfRange
    /// The labels name a picture that is not there.
    case missingPicture
    /// A picture is no PNG, is truncated, or does not decode.
    case unreadablePicture
    /// A picture has another size than the first.
    case wrongPictureSize
    /// The generated pictures could not be written.
    case unwritable
  }

  /// What is wrong.
  public let problem: Problem
  /// The path of the file or folder.
  public let file: String
  /// The line in the file, counted from 1, where the problem has one.
  public let line: Int?
  /// The entry in a JSON file, such as `annotation 17`, where the problem has one.
  public let entry: String?
  /// What was found.
  public let found: String
  /// What was expected.
  public let expected: String
  /// What to do next.
  public let remedy: String

  init(
    _ problem: Problem, file: String, line: Int? = nil, entry: String? = nil, found: String,
    expected: String, remedy: String
  ) {
    self.problem = problem
    self.file = file
    self.line = line
    self.entry = entry
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  /// The place, then what was found, what was expected, and what to do.
  public var description: String {
    let place = file + (line.map { ":\($0)" } ?? "") + (entry.map { ", \($0)" } ?? "")
    return "\(place): found \(found); expected \(expected); \(remedy)"
  }
}
