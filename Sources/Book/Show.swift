import BookFormat
import Canvas
public import Figures
import Foundation
import Images
import Synchronization

/// Puts a figure on the page, below the cell, and saves it as SVG (light and dark) and PNG in
/// `output/<chapter>/figures/<cell>-<n>`.
///
/// - Parameters:
///   - figure: what to draw.
///   - alt: what the figure says, for readers who do not see it.
///   - caption: a line below the figure.
public func show(
  _ figure: any Figure, alt: String, caption: String? = nil, file: StaticString = #fileID,
  line: UInt = #line
) {
  let place = SourcePlace(file, line)
  guard !alt.allSatisfy(\.isWhitespace) else {
    stop("a figure needs alt text: what does it say?", place)
  }
  Session.current.show(figure, alt: alt, caption: caption, place)
}

extension Session {
  func show(_ figure: any Figure, alt: String, caption: String?, _ place: SourcePlace) {
    if isPredicting { return }
    let name = position.withLock { position in
      position.figures += 1
      return "\(position.cell.isEmpty ? "start" : position.cell)-\(position.figures)"
    }
    // Whole points: a page that keeps room for the figure then keeps just what its file says.
    let size = CanvasSize(
      width: figure.size.width.rounded(.up), height: figure.size.height.rounded(.up))
    let entry = FigureEntry(
      name: name, alt: alt, caption: caption, width: size.width, height: size.height)
    var canvas = Canvas(size: size)
    figure.draw(on: &canvas)
    let folder = output.appending(path: ResultFile.figures)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (suffix, theme) in [("", Theme.light), ("-dark", .dark)] {
        let svg = canvas.svg(theme: theme, idPrefix: "\(name)\(suffix)-")
        try Data(svg.utf8).write(
          to: folder.appending(path: "\(name)\(suffix).svg"), options: .atomic)
      }
      try canvas.pixels(scale: 2).writePNG(to: folder.appending(path: "\(name).png"))
    } catch {
      stop("cannot save the figure “\(name)” in \(folder.path): \(error)", place)
    }
    if ask(.figure(entry)) == nil {
      print("figure: \(folders.relative(folder.appending(path: "\(name).png")))")
    }
  }
}
