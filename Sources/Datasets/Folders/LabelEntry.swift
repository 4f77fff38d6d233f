import Detection

/// Where in a file of labels something stands.
struct LabelPlace: Sendable {
  var file: String
  /// The line of a table, counted from 1.
  var line: Int?
  /// The entry of a JSON file, in words.
  var entry: String?

  func error(
    _ problem: DatasetError.Problem, found: String, expected: String, remedy: String
  ) -> DatasetError {
    DatasetError(
      problem, file: file, line: line, entry: entry, found: found, expected: expected,
      remedy: remedy)
  }

  /// Refuses names that lead out of the folder of pictures.
  func requirePlainFileName(_ name: String, as key: String) throws(DatasetError) {
    guard !name.isEmpty, !name.contains("/"), !name.contains("\\"), name != "..", name != "."
    else {
      throw error(
        .wrongFileName, found: "“\(name)” as \(key)",
        expected: "the plain name of a file in images, such as 0.png",
        remedy: "remove folders from the name")
    }
  }
}

/// One object of one picture, as a table or a JSON file names it.
struct LabelEntry: Sendable {
  var place: LabelPlace
  var pictureName: String
  /// The box in pixels, finite but not yet compared with a picture.
  var object: LabeledBox
  /// The object's pixels, where the file tells them.
  var mask: RunLengths?
}
