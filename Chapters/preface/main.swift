import Book
import Datasets
import Figures

cell("first-cell")
let bananas = 3
let scene = bananaPicture(seed: 5, bananas: bananas)
let boxes = scene.pixelLabels.map { PictureBox($0.box, "banana") }
print("\(boxes.count) bananas, drawn and boxed by this cell")
show(
  PictureFigure(scene.image, boxes: boxes, zoom: 1.5),
  alt: "\(boxes.count) bananas among clutter, each in a box.")

cell("measured")
record("bananas", Double(boxes.count))
