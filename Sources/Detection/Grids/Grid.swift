/// Equal cells over a picture, in rows and columns; places are fractions of the picture's sides.
public struct Grid: Hashable, Sendable, Codable {
  /// Cells from top to bottom.
  public let rows: Int
  /// Cells from left to right.
  public let columns: Int

  /// Makes a grid.
  public init(rows: Int, columns: Int) {
    require(
      rows > 0 && columns > 0,
      "Grid: \(rows) rows and \(columns) columns; give at least one of each")
    self.rows = rows
    self.columns = columns
  }

  /// Number of cells, which are numbered row by row.
  public var count: Int { rows * columns }

  /// The cell that contains a point, and where in it the point is.
  ///
  /// A point on a line between cells belongs to the cell right of it or below it. On the picture's right
  /// or lower edge, or beyond an edge, it belongs to the nearest cell, and its place in it may leave 0…1.
  public func place(x: Float, y: Float) -> PlaceInCell {
    require(
      x.isFinite && y.isFinite, "Grid: the point (\(x), \(y)) is nowhere; give finite numbers")
    let (x, y) = (x * Float(columns), y * Float(rows))
    let column = Int(min(max(x, 0), Float(columns - 1)))
    let row = Int(min(max(y, 0), Float(rows - 1)))
    return PlaceInCell(cell: row * columns + column, x: x - Float(column), y: y - Float(row))
  }

  /// The point at a place in a cell, in fractions of the picture's sides.
  public func point(_ place: PlaceInCell) -> (x: Float, y: Float) {
    let (row, column) = place.cell.quotientAndRemainder(dividingBy: columns)
    return ((Float(column) + place.x) / Float(columns), (Float(row) + place.y) / Float(rows))
  }

  /// The same point, as another cell sees it.
  public func place(_ place: PlaceInCell, from cell: Int) -> PlaceInCell {
    let (row, column) = place.cell.quotientAndRemainder(dividingBy: columns)
    let (otherRow, otherColumn) = cell.quotientAndRemainder(dividingBy: columns)
    return PlaceInCell(
      cell: cell, x: place.x + Float(column - otherColumn), y: place.y + Float(row - otherRow))
  }

  /// The two cells that a point is nearest to beside its own, one left or right of it and one above or
  /// below; fewer at the picture's edges.
  public func nearestNeighbours(of place: PlaceInCell) -> [Int] {
    let (row, column) = place.cell.quotientAndRemainder(dividingBy: columns)
    let (besideColumn, besideRow) = (
      place.x < 0.5 ? column - 1 : column + 1, place.y < 0.5 ? row - 1 : row + 1
    )
    var cells: [Int] = []
    if (0..<columns).contains(besideColumn) { cells.append(row * columns + besideColumn) }
    if (0..<rows).contains(besideRow) { cells.append(besideRow * columns + column) }
    return cells
  }
}

/// A point, as a cell of a grid sees it.
public struct PlaceInCell: Hashable, Sendable {
  /// The number of the cell.
  public var cell: Int
  /// From the cell's left edge to its right one, 0 to 1.
  public var x: Float
  /// From its upper edge to its lower one, 0 to 1.
  public var y: Float

  /// Makes a place.
  public init(cell: Int, x: Float, y: Float) {
    self.cell = cell
    self.x = x
    self.y = y
  }
}
