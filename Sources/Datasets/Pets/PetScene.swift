import Canvas
public import Detection
public import Images

/// A drawn dog and a drawn cat in a room: the picture that the chapters on boxes and anchors talk about.
///
/// 728 × 561 pixels. The boxes are measured, not stated: each is the smallest around the pixels that
/// its animal covers by half or more.
public struct PetScene: Sendable {
  /// The names of the classes 0 and 1.
  public static let classNames = ["dog", "cat"]

  /// The picture.
  public let image: Image
  /// The pixels of each animal: the dog's, the cat's.
  public let masks: [Mask]
  /// The animals' boxes in pixels: the dog's, of class 0, and the cat's, of class 1.
  public let labels: [LabeledBox]

  /// Draws the scene.
  public init() {
    let size = CanvasSize(width: 728, height: 561)
    var canvas = Canvas(size: size)
    LivingRoom.draw(on: &canvas)
    Dog.draw(on: &canvas)
    Cat.draw(on: &canvas)
    image = canvas.pixels(supersampling: 2)
    masks = [Dog.draw, Cat.draw].map { draw in
      var alone = Canvas(size: size)
      draw(&alone)
      return Mask(
        width: Int(size.width), height: Int(size.height), bits: alone.coverage().map { $0 >= 128 })
    }
    labels = masks.enumerated().compactMap { index, mask in
      mask.boundingBox.map { LabeledBox(box: $0, classIndex: index) }
    }
  }
}
