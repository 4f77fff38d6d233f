package import BookFormat
package import Foundation

/// What a prediction is to look at, and where its results go.
///
/// A folder stands for the pictures in it: PNG and JPEG by their names, those left out that an
/// earlier prediction drew. Results lie beside their picture, or in `out`, as `NAME.CHAPTER.png` and
/// `NAME.CHAPTER.json`, where NAME is the picture's name without its ending. Where two pictures would
/// share a name, the second keeps its ending, and a third gets a number, too.
///
/// - Parameters:
///   - paths: pictures and folders; that a picture is there is for the chapter to see.
///   - chapter: the chapter that looks.
///   - chapters: all chapters of the book: earlier predictions are told by their names.
///   - out: the folder for all results; made where it is not there.
/// - Throws: `RunError` where a folder holds no picture, or `out` is not a folder.
package func pictureTasks(
  for paths: [URL], chapter: String, chapters: [String], out: URL? = nil
) throws -> [PictureTask] {
  var pictures: [URL] = []
  for path in paths {
    let found = try isFolder(path) ? picturesIn(path, chapters: chapters) : [path]
    pictures += found.filter { !pictures.contains($0) }
  }
  if let out {
    do {
      try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    } catch {
      throw RunError(
        "Results cannot go to \(out.path): \(error.localizedDescription) --out takes a folder, "
          + "which is made where it is not there.")
    }
  }
  var taken = Set(pictures.map(\.path))
  return pictures.map { picture in
    let folder = out ?? picture.deletingLastPathComponent()
    func results(_ name: String) -> [String] {
      ["png", "json"].map { folder.appending(path: "\(name).\(chapter).\($0)").path }
    }
    let whole = picture.lastPathComponent
    var files = results(picture.deletingPathExtension().lastPathComponent)
    var number = 1
    while !taken.isDisjoint(with: files) {
      files = results(number == 1 ? whole : "\(whole)-\(number)")
      number += 1
    }
    taken.formUnion(files)
    return PictureTask(picture: picture.path, drawing: files[0], detections: files[1])
  }
}

private func isFolder(_ path: URL) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder)
    && isFolder.boolValue
}

/// The pictures in a folder, in the order of their names.
private func picturesIn(_ folder: URL, chapters: [String]) throws -> [URL] {
  let all: [String]
  do {
    all = try FileManager.default.contentsOfDirectory(atPath: folder.path)
  } catch {
    throw RunError("The folder \(folder.path) cannot be read: \(error.localizedDescription)")
  }
  let pictures = all.sorted().filter { name in
    let isDrawing = chapters.contains { name.hasSuffix(".\($0).png") }
    return !name.hasPrefix(".") && !isDrawing
      && [".png", ".jpg", ".jpeg"].contains(where: name.lowercased().hasSuffix)
  }.map { folder.appending(path: $0) }.filter { !isFolder($0) }
  guard !pictures.isEmpty else {
    throw RunError(
      "The folder \(folder.path) holds no pictures; --predict looks at files named .png, .jpg and "
        + ".jpeg, not at folders within folders.")
  }
  return pictures
}
