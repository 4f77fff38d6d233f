/// Which slots are to find which of a picture's objects.
public struct ScaledAssignment: Hashable, Sendable {
  /// A slot and its object.
  public struct Pair: Hashable, Sendable {
    /// The number of the slot.
    public let slot: Int
    /// Which of the picture's objects it is to find.
    public let object: Int

    /// Makes a pair.
    public init(slot: Int, object: Int) {
      self.slot = slot
      self.object = object
    }
  }

  /// First one pair for each object, in the objects' order, then further ones.
  public private(set) var pairs: [Pair] = []
  /// Objects for which no slot was free.
  public private(set) var lost: [Int] = []

  /// Gives each object a slot in the cell, on some scale, that contains its centre, and further ones.
  ///
  /// In the order given, each object takes the slot whose anchor has the most alike shape; if that is taken,
  /// the next. When all have chosen, slots of these cells that are still free take the object they suit best,
  /// if their anchor's shape overlaps that object's by at least `sharedFrom`. Then the two neighbouring cells
  /// that the centre is nearest to do the same. Without `sharedFrom`, each object has one slot.
  ///
  /// Source: Redmon and Farhadi, "YOLOv3: An incremental improvement", 2018, section 2.1, for the first
  /// choice; what happens to rivals is left open there. Further slots as in Bochkovskiy et al., "YOLOv4",
  /// 2020, section 3.4; neighbours as in Jocher, "YOLOv5", 2020.
  ///
  /// - Parameters:
  ///   - labels: The objects, in fractions of the picture's sides; padding rows are skipped.
  ///   - anchors: The slots.
  ///   - sharedFrom: From which overlap of shapes on further slots take part; infinite for none.
  public init(
    _ labels: [LabeledBox], anchors: ScaledAnchors, sharedFrom: Float = .infinity
  ) {
    var objectOfSlot: [Int: Int] = [:]
    var (wishes, neighbours): ([Wish], [Wish]) = ([], [])
    for (object, label) in labels.enumerated() where label.classIndex >= 0 {
      let ranked = anchors.slots(around: label.box)
      if let free = ranked.first(where: { objectOfSlot[$0.slot] == nil }) {
        objectOfSlot[free.slot] = object
        pairs.append(Pair(slot: free.slot, object: object))
      } else {
        lost.append(object)
      }
      for place in ranked.prefix(while: { $0.overlap >= sharedFrom }) {
        wishes.append(Wish(slot: place.slot, object: object, overlap: place.overlap))
        neighbours += place.neighbours.map {
          Wish(slot: $0, object: object, overlap: place.overlap)
        }
      }
    }
    for wish in Wish.ranked(wishes) + Wish.ranked(neighbours)
    where objectOfSlot[wish.slot] == nil {
      objectOfSlot[wish.slot] = wish.object
      pairs.append(Pair(slot: wish.slot, object: wish.object))
    }
  }
}

/// A slot that could find an object, too.
private struct Wish {
  let slot, object: Int
  /// Of the anchor's shape with the object's.
  let overlap: Float

  /// The largest overlap first, equals in their order.
  static func ranked(_ wishes: [Wish]) -> [Wish] {
    wishes.indices.sorted { (-wishes[$0].overlap, $0) < (-wishes[$1].overlap, $1) }
      .map { wishes[$0] }
  }
}

extension ScaledAnchors {
  /// The slots of the cells that contain a box's centre, the most alike shape first, by how much the shapes
  /// overlap, and the slots of the same anchors in the nearest neighbouring cells.
  func slots(around box: Box) -> [(slot: Int, overlap: Float, neighbours: [Int])] {
    let (center, shape) = (CenterBox(box), BoxShape(box))
    var found: [(slot: Int, overlap: Float, neighbours: [Int])] = []
    var first = 0
    for scale in scales {
      let place = scale.grid.place(x: center.x, y: center.y)
      let neighbours = scale.grid.nearestNeighbours(of: place)
      for (index, anchor) in scale.shapes.enumerated() {
        func slot(_ cell: Int) -> Int { first + cell * scale.shapes.count + index }
        let overlap = anchor.overlap(shape)
        found.append((slot(place.cell), overlap.isNaN ? 0 : overlap, neighbours.map(slot)))
      }
      first += scale.grid.count * scale.shapes.count
    }
    return found.sorted { (-$0.overlap, $0.slot) < (-$1.overlap, $1.slot) }
  }
}
