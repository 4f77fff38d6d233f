import Book
import Datasets
import Figures

cell("first-cell")
let bananas = 3
let scene = bananaPicture(seed: 5, bananas: bananas)
let boxes = scene.pixelLabels.map { label in
  PictureBox(
    x0: Double(label.box.x0), y0: Double(label.box.y0), x1: Double(label.box.x1),
    y1: Double(label.box.y1), label: "banana", role: .accent)
}
print("\(boxes.count) bananas, drawn and boxed by this cell")
show(
  PictureFigure(scene.image, boxes: boxes, zoom: 1.5),
  alt: "\(boxes.count) bananas among clutter, each in a box.")

cell("measured")
record("bananas", Double(boxes.count))
