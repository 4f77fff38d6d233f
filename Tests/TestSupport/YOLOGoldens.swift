import Foundation

/// `yolo_losses.json`: both losses, written out box by box, with who is to find what.
package struct YOLOGoldens: Decodable, Sendable {
  /// An object: centre, sides, class.
  package typealias Object = [Double]

  /// A case of version 1.
  package struct Cells: Decodable, Sendable, CustomStringConvertible {
    package struct Terms: Decodable, Sendable {
      package let centers, sides, objects, empty, classes: Double
    }
    package let name: String
    package let rows, columns, boxes, classes: Int
    package let confidenceIsOverlap: Bool
    package let pictures: [[Object]]
    package let predictions: [Double]
    /// Of each box with an object: picture, cell, box, object, overlap.
    package let responsible: [[Double]]
    package let terms: Terms
    package let total: Double
    package let gradient: [Double]
    package var description: String { name }
  }

  /// A case of version 3.
  package struct Scales: Decodable, Sendable, CustomStringConvertible {
    package struct Scale: Decodable, Sendable {
      package let rows, columns: Int
      package let shapes: [[Float]]
    }
    package struct Terms: Decodable, Sendable {
      package let centers, sides, objectness, classes: Double
    }
    package let name: String
    package let classes: Int
    package let sharedFrom, ignoredAbove: Float
    package let scales: [Scale]
    package let pictures: [[Object]]
    package let predictions: [Double]
    /// Of each picture, slots and their objects.
    package let pairs: [[[Int]]]
    package let lost: [[Int]]
    /// Corners of the box of every slot of every picture.
    package let boxes: [[Double]]
    package let terms: Terms
    package let mean: Double
    package let gradient: [Double]
    package var description: String { name }
  }

  package let cells: [Cells]
  package let scales: [Scales]

  package static let all: YOLOGoldens = {
    do {
      return try JSONDecoder().decode(
        YOLOGoldens.self, from: Data(contentsOf: goldenFile("yolo_losses.json")))
    } catch {
      fatalError("yolo_losses.json: \(error). Make it again with yolo_losses.py.")
    }
  }()
}
