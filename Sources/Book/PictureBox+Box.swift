public import Canvas
public import Detection
public import Figures

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
