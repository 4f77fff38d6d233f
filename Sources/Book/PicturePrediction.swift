package import BookFormat
import Canvas
import Datasets
import Detection
import Figures
import Foundation
import Images
package import Tensors

/// Looks at pictures of any size and writes what is found, drawn and as JSON.
package struct PicturePrediction {
  /// Objects below this score are not in the JSON.
  static let keptScore: Float = 0.05
  /// Objects below this score are not drawn.
  static let drawnScore: Float = 0.5
  /// Points of a drawing's longer side, where a label can be read.
  static let drawnSide = 640.0...1280.0

  private let classNames: [String]
  private let height: Int
  private let width: Int

  /// For a network that was trained on pictures of `height` × `width` pixels.
  package init(classNames: [String], height: Int, width: Int) {
    self.classNames = classNames
    self.height = height
    self.width = width
  }

  /// Looks at one picture and writes both files, or none.
  package func callAsFunction(
    _ task: PictureTask, detect: (Tensor) -> [DetectedObject]
  ) -> PictureOutcome {
    do {
      let picture = try Image(contentsOf: URL(filePath: task.picture))
      let found = objects(in: picture, detect: detect)
      let drawn = found.filter { $0.found.score >= Self.drawnScore }
      let name = URL(filePath: task.picture).lastPathComponent
      try write(
        drawing: try drawing(of: drawn, on: picture).pngData(),
        detections: try CocoPrediction(
          of: found, in: picture, fileName: name, classNames: classNames
        ).json, task)
      return PictureOutcome(task, objects: drawn.map(label))
    } catch {
      return PictureOutcome(task, failure: "\(error)")
    }
  }

  /// What is found, in pixels of the picture, the surest first.
  private func objects(
    in picture: Image, detect: (Tensor) -> [DetectedObject]
  ) -> [DetectedObject] {
    let framed = picture.framed(height: height, width: width)
    let seen = DecodedDataset(classNames: classNames, images: [framed.image], labels: [[]])
    return seen.batches(size: 1).flatMap { detect($0.pixels) }
      .compactMap { object in
        var object = object
        object.shapeBox = framed.original(object.shapeBox)
        object.found.box = object.shapeBox
          .clipped(width: Float(picture.width), height: Float(picture.height))
        let isObject = classNames.indices.contains(object.found.classIndex)
        return isObject && object.found.score >= Self.keptScore && object.found.box.hasArea
          ? object : nil
      }.sorted { $0.found.score > $1.found.score }
  }

  /// Such as `banana 0.97`.
  private func label(_ object: DetectedObject) -> String {
    "\(classNames[object.found.classIndex]) \(rounded(object.found.score, 2))"
  }

  /// The picture with boxes, shapes and names, large enough to read them and small enough to look at.
  private func drawing(of objects: [DetectedObject], on picture: Image) -> Image {
    let longer = Double(max(picture.height, picture.width))
    let shrinking = min(1, Self.drawnSide.upperBound / longer)
    let small = picture.resized(
      height: max(1, Int((Double(picture.height) * shrinking).rounded())),
      width: max(1, Int((Double(picture.width) * shrinking).rounded())))
    let (scaleX, scaleY) = (
      Float(small.width) / Float(picture.width), Float(small.height) / Float(picture.height)
    )
    let scaled = objects.map { object in
      var object = object
      object.found.box = object.found.box.scaled(x: scaleX, y: scaleY)
      object.shapeBox = object.shapeBox.scaled(x: scaleX, y: scaleY)
      return object
    }
    let figure = PictureFigure(
      small,
      boxes: scaled.map {
        PictureBox($0.found.box, label($0), .series($0.found.classIndex))
      },
      masks: scaled.compactMap { object in
        object.mask(height: small.height, width: small.width).map {
          PictureMask(
            height: small.height, width: small.width, bits: $0.bits,
            role: .series(object.found.classIndex), opacity: 0.3)
        }
      },
      zoom: max(1, Self.drawnSide.lowerBound / Double(max(small.height, small.width))))
    var canvas = Canvas(size: figure.size)
    figure.draw(on: &canvas)
    return canvas.pixels()
  }

  /// Writes both files under temporary names that are then changed.
  private func write(drawing: Data, detections: Data, _ task: PictureTask) throws {
    func write(_ data: Data, to file: String) throws {
      do {
        try data.write(to: URL(filePath: file), options: .atomic)
      } catch {
        throw ImageError(file: file, problem: .unwritable(error.localizedDescription))
      }
    }
    try write(drawing, to: task.drawing)
    do {
      try write(detections, to: task.detections)
    } catch {
      try? FileManager.default.removeItem(atPath: task.drawing)
      throw error
    }
  }
}

extension DetectedObject {
  /// The object's pixels in a picture in whose pixels its box is; nil where no shape is known.
  func mask(height: Int, width: Int) -> Mask? {
    shape.map { shape in
      let side = Int(Double(shape.count).squareRoot())
      return Mask(
        width: width, height: height,
        bits: pastedMask(shape, side: side, box: shapeBox, height: height, width: width)
          .map { $0 >= 0.5 })
    }
  }
}

extension FramedImage {
  /// A box in the frame's pixels as one in the picture's.
  func original(_ box: Box) -> Box {
    func x(_ value: Float) -> Float { (value - Float(left)) / Float(scaleX) }
    func y(_ value: Float) -> Float { (value - Float(top)) / Float(scaleY) }
    return Box(x0: x(box.x0), y0: y(box.y0), x1: x(box.x1), y1: y(box.y1))
  }
}
