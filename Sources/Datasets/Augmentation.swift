import Detection
import Tensors

/// A random change to a picture, its boxes and masks that leaves what it shows recognisable.
public enum Augmentation: Hashable, Sendable {
  /// Swaps left and right.
  case horizontalFlip(probability: Float)
  /// Swaps top and bottom.
  case verticalFlip(probability: Float)
  /// Enlarges by a random factor from the range.
  ///
  /// Above 1, a random part of the picture fills the whole; below 1, the picture lies somewhere on
  /// a grey ground. An object stays when its centre stays (W. Liu et al., "SSD: Single Shot
  /// MultiBox Detector", 2016, 2.2); its box is clipped.
  case zoom(ClosedRange<Float>)
  /// Moves by up to this share of the picture's sides; the ground that appears is grey.
  case shift(Float)
  /// Changes brightness, contrast and saturation by random factors between 1 − x and 1 + x.
  case colorJitter(brightness: Float, contrast: Float, saturation: Float)
}

/// What a batch shows of a picture: a window on it, and a change of colours.
struct View {
  /// Corner and sides of the window, as fractions of the picture; a negative side is mirrored.
  private(set) var origin = SIMD2<Float>(0, 0)
  private(set) var side = SIMD2<Float>(1, 1)
  private(set) var colors = ColorMap()

  /// Draws the random values of the changes and composes them.
  init(_ augmentations: [Augmentation], using generator: inout SplitMix64) {
    for augmentation in augmentations { apply(augmentation, using: &generator) }
  }

  private mutating func apply(_ augmentation: Augmentation, using generator: inout SplitMix64) {
    switch augmentation {
    case .horizontalFlip(let probability):
      if generator.happens(probability) { narrow(to: SIMD2(1, 0), side: SIMD2(-1, 1)) }
    case .verticalFlip(let probability):
      if generator.happens(probability) { narrow(to: SIMD2(0, 1), side: SIMD2(1, -1)) }
    case .zoom(let range):
      require(range.lowerBound > 0, "Augmentation.zoom: the factors \(range) are not positive")
      let part = 1 / generator.uniform(range)
      let corner = SIMD2(generator.nextUnit(), generator.nextUnit()) * (1 - part)
      narrow(to: corner, side: SIMD2(part, part))
    case .shift(let share):
      let corner = SIMD2(generator.uniform(-share...share), generator.uniform(-share...share))
      narrow(to: corner, side: SIMD2(1, 1))
    case .colorJitter(let brightness, let contrast, let saturation):
      colors.scale(by: generator.uniform(1 - brightness...1 + brightness))
      colors.contrast(by: generator.uniform(1 - contrast...1 + contrast))
      colors.saturate(by: generator.uniform(1 - saturation...1 + saturation))
    }
  }

  /// Takes a part of the present window as the new one.
  private mutating func narrow(to corner: SIMD2<Float>, side part: SIMD2<Float>) {
    origin += corner * side
    side *= part
  }

  /// Where an object lies in the window, as fractions of it; nil where its centre is outside.
  func label(_ label: LabeledBox) -> LabeledBox? {
    let a = (SIMD2(label.box.x0, label.box.y0) - origin) / side
    let b = (SIMD2(label.box.x1, label.box.y1) - origin) / side
    let (low, high) = (pointwiseMin(a, b), pointwiseMax(a, b))
    let center = (low + high) / 2
    guard center.min() >= 0, center.max() <= 1 else { return nil }
    let box = Box(x0: low.x, y0: low.y, x1: high.x, y1: high.y).clipped(width: 1, height: 1)
    return box.hasArea ? LabeledBox(box: box, classIndex: label.classIndex) : nil
  }

  /// The pixels of an object in the window: each takes the bit of the pixel its centre falls in.
  func mask(_ mask: Mask) -> Mask {
    func sources(count: Int, origin: Float, side: Float) -> [Int?] {
      (0..<count).map { i in
        let place = (origin + side * (Float(i) + 0.5) / Float(count)) * Float(count)
        return place >= 0 && place < Float(count) ? Int(place) : nil
      }
    }
    let columns = sources(count: mask.width, origin: origin.x, side: side.x)
    let rows = sources(count: mask.height, origin: origin.y, side: side.y)
    var bits = [Bool](repeating: false, count: mask.height * mask.width)
    for (y, row) in rows.enumerated() {
      guard let row else { continue }
      for (x, column) in columns.enumerated() {
        if let column { bits[y * mask.width + x] = mask.bits[row * mask.width + column] }
      }
    }
    return Mask(width: mask.width, height: mask.height, bits: bits)
  }
}

/// A change of colours: each pixel times a matrix, plus an offset, on the scale 0…255.
struct ColorMap: Equatable {
  /// How much of the red, green and blue of a pixel goes into each new channel.
  private(set) var red = SIMD3<Float>(1, 0, 0)
  private(set) var green = SIMD3<Float>(0, 1, 0)
  private(set) var blue = SIMD3<Float>(0, 0, 1)
  private(set) var offset = SIMD3<Float>(0, 0, 0)

  mutating func scale(by factor: Float) {
    red *= factor
    green *= factor
    blue *= factor
    offset *= factor
  }

  /// Moves colours away from middle grey.
  mutating func contrast(by factor: Float) {
    scale(by: factor)
    offset += 127.5 * (1 - factor)
  }

  /// Moves colours away from the grey of equal brightness (weights of ITU-R BT.601).
  mutating func saturate(by factor: Float) {
    func moved(_ color: SIMD3<Float>) -> SIMD3<Float> {
      let grey = dot(color, SIMD3(0.299, 0.587, 0.114))
      return color * factor + grey * (1 - factor)
    }
    (red, green, blue, offset) = (moved(red), moved(green), moved(blue), moved(offset))
  }

  /// Changes three planes of `count` values each, and keeps them in 0…255.
  func apply(to planes: UnsafeMutablePointer<Float>, count: Int) {
    let (zero, full) = (SIMD3<Float>(repeating: 0), SIMD3<Float>(repeating: 255))
    for i in 0..<count {
      let old = SIMD3(planes[i], planes[count + i], planes[2 * count + i])
      let new = (offset + red * old.x + green * old.y + blue * old.z)
        .clamped(lowerBound: zero, upperBound: full)
      planes[i] = new.x
      planes[count + i] = new.y
      planes[2 * count + i] = new.z
    }
  }
}
