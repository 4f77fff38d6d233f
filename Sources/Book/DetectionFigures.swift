public import Canvas
public import Detection
public import Figures
public import Images

extension PictureBox {
  /// A box, in pixels of the picture, for drawing on it.
  public init(
    _ box: Box, _ label: String = "", _ role: ColorRole = .accent, dashed isDashed: Bool = false
  ) {
    self.init(
      x0: Double(box.x0), y0: Double(box.y0), x1: Double(box.x1), y1: Double(box.y1), label: label,
      role: role, dashed: isDashed)
  }
}

extension PictureFigure {
  /// A picture with its objects dashed and what was found, with the names of the classes.
  ///
  /// - Parameters:
  ///   - objects: the true boxes, in pixels of the picture.
  ///   - found: the boxes to show.
  ///   - zoom: points of the figure for a pixel.
  public init(
    _ image: Image, objects: [LabeledBox], found: [ScoredBox], classNames: [String],
    zoom: Double = 1.5
  ) {
    self.init(
      image,
      boxes: objects.map { PictureBox($0.box, "", .good, dashed: true) }
        + found.map { PictureBox($0.box, classNames[$0.classIndex]) }, zoom: zoom)
  }
}
