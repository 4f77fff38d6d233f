import Book
import Canvas
import Datasets
import Detection
import Figures
import Images

cell("scene")
let scene = PetScene()
let picture = scene.image
print("\(picture.height) rows of \(picture.width) pixels")

cell("ruled-picture")
/// A picture with its pixel coordinates along the top and the left edge.
struct RuledPicture: Figure {
  let picture: PictureFigure
  let step = 100
  let margin = 34.0

  var size: CanvasSize {
    CanvasSize(width: picture.size.width + margin + 8, height: picture.size.height + margin)
  }

  func draw(on canvas: inout Canvas) {
    canvas.group(transform: .translation(margin, margin)) { picture.draw(on: &$0) }
    for value in stride(from: 0, through: picture.image.width, by: step) {
      let x = margin + Double(value) * picture.zoom
      canvas.stroke(.line(Point(x, margin - 5), Point(x, margin)), .axis)
      canvas.text(
        "\(value)", at: Point(x, margin - 8),
        TextStyle(size: 10, color: .muted, anchor: .middle))
    }
    for value in stride(from: step, through: picture.image.height, by: step) {
      let y = margin + Double(value) * picture.zoom
      canvas.stroke(.line(Point(margin - 5, y), Point(margin, y)), .axis)
      canvas.text(
        "\(value)", at: Point(margin - 8, y),
        TextStyle(size: 10, color: .muted, anchor: .end, baseline: .middle))
    }
    canvas.text("x →", at: Point(margin + 36, margin - 8), TextStyle(size: 10, color: .accent))
    canvas.text(
      "← y", at: Point(margin - 8, margin + 36),
      TextStyle(size: 10, color: .accent, anchor: .middle, rotation: -90))
  }
}

show(
  RuledPicture(picture: PictureFigure(picture, zoom: 0.75)),
  alt:
    "A drawn dog at the left and a drawn cat at the right, with pixel coordinates along two edges.")

cell("one-pixel")
// The middle of the dog's nose: row first, then column.
let nose = picture[184, 224]
print("row 184, column 224: red \(nose.red), green \(nose.green), blue \(nose.blue)")

cell("smallest-box")
/// The smallest box around the pixels that a mask marks; nil if it marks none.
func smallestBox(around mask: Mask) -> Box? {
  var (left, right, top, bottom) = (mask.width, -1, mask.height, -1)
  for y in 0..<mask.height {
    for x in 0..<mask.width where mask[x, y] {
      left = min(left, x)
      right = max(right, x)
      top = min(top, y)
      bottom = max(bottom, y)
    }
  }
  guard right >= 0 else { return nil }
  return Box(x0: Float(left), y0: Float(top), x1: Float(right + 1), y1: Float(bottom + 1))
}

let boxes = scene.masks.compactMap(smallestBox)
for (name, box) in zip(PetScene.classNames, boxes) {
  print("\(name): \(box), \(Int(box.width)) pixels wide and \(Int(box.height)) high")
}

cell("drawn-boxes")
let (dog, cat) = (boxes[0], boxes[1])
show(
  PictureFigure(
    picture, boxes: [PictureBox(dog, "dog", .series(0)), PictureBox(cat, "cat", .series(1))],
    zoom: 0.75),
  alt: "The dog and the cat, each in a box that just touches it on all four sides.")

cell("filled-share")
for (name, (mask, box)) in zip(PetScene.classNames, zip(scene.masks, boxes)) {
  let share = Float(mask.area) / box.area
  print("\(name): \(mask.area) pixels, \(rounded(100 * share, 0)) % of its box")
  record("\(name)_share", Double(100 * share), unit: "%")
}

cell("box-forms")
/// From corners to centre and sides.
func centerForm(of box: Box) -> CenterBox {
  CenterBox(
    x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2, width: box.x1 - box.x0,
    height: box.y1 - box.y0)
}

/// From centre and sides to corners.
func cornerForm(of box: CenterBox) -> Box {
  Box(
    x0: box.x - box.width / 2, y0: box.y - box.height / 2, x1: box.x + box.width / 2,
    y1: box.y + box.height / 2)
}

for (name, box) in zip(PetScene.classNames, boxes) {
  let form = centerForm(of: box)
  print("\(name): centre (\(form.x), \(form.y)), \(form.width) wide, \(form.height) high")
}

cell("round-trip")
print("back to the corners we came from:", boxes.map { cornerForm(of: centerForm(of: $0)) == $0 })
print("same as the library's:", boxes.map { CenterBox($0) == centerForm(of: $0) })

cell("three-readings")
let numbers: [Float] = [60, 45, 318, 471]
let readings = [
  (
    "corner and sides",
    Box(TopLeftBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]))
  ),
  ("two corners", Box(x0: numbers[0], y0: numbers[1], x1: numbers[2], y1: numbers[3])),
  (
    "centre and sides",
    Box(CenterBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]))
  ),
]
for (name, box) in readings {
  print("\(name): \(box), overlap with the dog", rounded(intersectionOverUnion(box, dog), 2))
}
show(
  PictureFigure(
    picture,
    boxes: readings.enumerated().map { index, reading in
      PictureBox(reading.1, reading.0, .series(index))
    }, zoom: 0.75),
  alt: """
    The same four numbers drawn in three ways: around the dog, around a part of it, and half outside \
    of the picture.
    """)

cell("half-open")
let pupil = Box(x0: 545, y0: 199, x1: 555, y1: 225)
let corner = (x: 530, y: 192)
let closeUp = picture.cropped(y: corner.y..<corner.y + 40, x: corner.x..<corner.x + 40)
let pupilInCloseUp = Box(
  x0: pupil.x0 - Float(corner.x), y0: pupil.y0 - Float(corner.y), x1: pupil.x1 - Float(corner.x),
  y1: pupil.y1 - Float(corner.y))
print("columns \(Int(pupil.x0)) to \(Int(pupil.x1) - 1): \(Int(pupil.width)) of them")
show(
  PictureFigure(closeUp, boxes: [PictureBox(pupilInCloseUp, "pupil")], zoom: 8),
  alt: "The cat's eye, its pixels as squares; the edges of the box run between pixels.")

cell("plus-one")
// Two squares of 10 × 10 pixels, the second half a side to the right.
let halfOpen = (Box(x0: 10, y0: 10, x1: 20, y1: 20), Box(x0: 15, y0: 10, x1: 25, y1: 20))
// The same pixels, each box given by its first and its last pixel.
let lastPixel = (Box(x0: 10, y0: 10, x1: 19, y1: 19), Box(x0: 15, y0: 10, x1: 24, y1: 19))
print("half-open:             ", rounded(intersectionOverUnion(halfOpen.0, halfOpen.1), 4))
print("last pixels, misread:  ", rounded(intersectionOverUnion(lastPixel.0, lastPixel.1), 4))
print(
  "last pixels, one added:",
  rounded(
    intersectionOverUnion(lastPixel.0.includingLastPixel, lastPixel.1.includingLastPixel), 4))

cell("fractions")
let fractions = boxes.map {
  $0.scaled(x: 1 / Float(picture.width), y: 1 / Float(picture.height))
}
for (name, box) in zip(PetScene.classNames, fractions) {
  print(name, [box.x0, box.y0, box.x1, box.y1].map { rounded($0, 3) }.joined(separator: "  "))
}
let half = picture.resized(height: picture.height / 2, width: picture.width / 2)
show(
  PictureGrid(
    [
      PictureFigure(
        half, boxes: zip(boxes, PetScene.classNames).map { PictureBox($0, $1, .bad) },
        caption: "Pixels of the large picture; the cat's box lies outside"),
      PictureFigure(
        half,
        boxes: zip(fractions, PetScene.classNames).map {
          PictureBox($0.scaled(x: Float(half.width), y: Float(half.height)), $1, .good)
        }, caption: "Fractions times the small one's sides"),
    ], columns: 2),
  alt: """
    At half the size, boxes in pixels are too large: the dog's leaves the picture, the cat's lies \
    outside. Boxes in fractions still fit.
    """)

cell("mirrored")
/// The picture as in a mirror.
func mirrored(_ picture: Image) -> Image {
  var result = picture
  for y in 0..<picture.height {
    for x in 0..<picture.width {
      let (from, to) = (3 * (y * picture.width + x), 3 * ((y + 1) * picture.width - 1 - x))
      for channel in 0..<3 { result.pixels[to + channel] = picture.pixels[from + channel] }
    }
  }
  return result
}

/// The box on the mirrored picture: what was left is right.
func mirrored(_ box: Box, width: Float) -> Box {
  Box(x0: width - box.x1, y0: box.y0, x1: width - box.x0, y1: box.y1)
}

let width = Float(picture.width)
let sidesKept = Box(x0: width - dog.x0, y0: dog.y0, x1: width - dog.x1, y1: dog.y1)
let sidesSwapped = mirrored(dog, width: width)
print("edges not swapped:", sidesKept, "width", sidesKept.width)
print("edges swapped:    ", sidesSwapped, "width", sidesSwapped.width)
print("twice mirrored is the box itself:", mirrored(sidesSwapped, width: width) == dog)
show(
  PictureFigure(
    mirrored(picture),
    boxes: [
      PictureBox(sidesSwapped, "dog", .series(0)),
      PictureBox(mirrored(cat, width: width), "cat", .series(1)),
    ], zoom: 0.75),
  alt: "The mirrored picture: the dog is at the right now, and both boxes still fit.")

cell("clipped")
let guesses = [
  Box(x0: -40, y0: 30, x1: 390, y1: 530), Box(x0: 640, y0: 300, x1: 800, y1: 500),
  Box(x0: 700, y0: 500, x1: 900, y1: 502), Box(x0: 750, y0: 100, x1: 800, y1: 200),
]
for guess in guesses {
  let inside = guess.clipped(width: Float(picture.width), height: Float(picture.height))
  let verdict = inside.bothSidesAtLeast(4) ? "kept" : "too small"
  print(
    "\(Int(inside.width)) × \(Int(inside.height)) of \(Int(guess.width)) × \(Int(guess.height)): \(verdict)"
  )
}
