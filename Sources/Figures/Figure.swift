public import Canvas
public import Foundation
internal import Images

/// Something that can be drawn in a book: it knows its size and records itself once, for every format.
public protocol Figure {
  /// Width and height in points.
  var size: CanvasSize { get }
  /// Records the drawing; colours are roles wherever they should follow the page's theme.
  func draw(on canvas: inout Canvas)
}

extension Figure {
  /// The figure's recording.
  public var recording: Canvas {
    var canvas = Canvas(size: size)
    draw(on: &canvas)
    return canvas
  }
}

/// A figure could not be saved.
public struct FigureError: Error, Sendable, CustomStringConvertible {
  /// The file that was to be written.
  public let file: String
  /// The system's reason.
  public let reason: String

  /// One sentence for the terminal.
  public var description: String {
    "\(file): the figure cannot be written (\(reason));"
      + " expected a folder that exists and may be written to"
  }
}

/// Writes a figure as `name.svg` (light), `name-dark.svg` and `name.png` (light, two pixels a point).
///
/// All three are drawn before the first is written, each to a temporary name that is then renamed.
/// Returns the files. Throws `FigureError` when the folder is absent or may not be written to.
@discardableResult
public func saveFigure(
  _ figure: any Figure, to folder: URL, name: String
) throws(FigureError) -> [URL] {
  let recording = figure.recording
  let files: [(URL, Data)]
  do {
    files = [
      (folder.appending(path: "\(name).svg"), Data(recording.svg(theme: .light).utf8)),
      (folder.appending(path: "\(name)-dark.svg"), Data(recording.svg(theme: .dark).utf8)),
      (
        folder.appending(path: "\(name).png"),
        try recording.pixels(theme: .light, scale: 2).pngData()
      ),
    ]
  } catch {
    throw FigureError(file: folder.appending(path: "\(name).png").path, reason: "\(error)")
  }
  for (file, data) in files {
    do {
      try data.write(to: file, options: .atomic)
    } catch {
      throw FigureError(file: file.path, reason: error.localizedDescription)
    }
  }
  return files.map(\.0)
}
