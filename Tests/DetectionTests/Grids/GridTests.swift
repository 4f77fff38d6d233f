import Detection
import TestSupport
import Testing

struct GridTests {
  private let grid = Grid(rows: 2, columns: 4)

  @Test func `cells are numbered row by row, and places are counted from their corner`() {
    #expect(grid.place(x: 0.125, y: 0.25) == PlaceInCell(cell: 0, x: 0.5, y: 0.5))
    #expect(grid.place(x: 0.8125, y: 0.875) == PlaceInCell(cell: 7, x: 0.25, y: 0.75))
  }

  @Test func `a point on a line belongs to the cell right of it or below it`() {
    #expect(grid.place(x: 0.25, y: 0.25) == PlaceInCell(cell: 1, x: 0, y: 0.5))
    #expect(grid.place(x: 0.125, y: 0.5) == PlaceInCell(cell: 4, x: 0.5, y: 0))
  }

  @Test func `a point on the picture's right or lower edge belongs to the last cell`() {
    #expect(grid.place(x: 1, y: 1) == PlaceInCell(cell: 7, x: 1, y: 1))
    #expect(grid.place(x: 0, y: 0) == PlaceInCell(cell: 0, x: 0, y: 0))
  }

  @Test func `a point outside belongs to the nearest cell`() {
    #expect(grid.place(x: -0.25, y: 1.5) == PlaceInCell(cell: 4, x: -1, y: 2))
  }

  @Test func `the point of a place is where the place was taken`() {
    for (x, y) in [(Float(0), Float(0)), (0.3125, 0.6875), (1, 0.5), (0.99, 1)] {
      let point = grid.point(grid.place(x: x, y: y))
      #expect(abs(point.x - x) < 1e-6 && abs(point.y - y) < 1e-6)
    }
  }

  @Test func `the nearest neighbours are one beside and one above or below, inside of the picture`()
  {
    #expect(grid.nearestNeighbours(of: PlaceInCell(cell: 1, x: 0.25, y: 0.75)) == [0, 5])
    #expect(grid.nearestNeighbours(of: PlaceInCell(cell: 5, x: 0.5, y: 0.25)) == [6, 1])
    #expect(grid.nearestNeighbours(of: PlaceInCell(cell: 0, x: 0.25, y: 0.25)) == [])
    #expect(grid.nearestNeighbours(of: PlaceInCell(cell: 7, x: 0.75, y: 0.25)) == [3])
  }

  @Test func `from another cell, a place is as many cells further`() {
    let place = PlaceInCell(cell: 5, x: 0.25, y: 0.5)
    #expect(grid.place(place, from: 5) == place)
    #expect(grid.place(place, from: 0) == PlaceInCell(cell: 0, x: 1.25, y: 1.5))
    #expect(grid.place(place, from: 6) == PlaceInCell(cell: 6, x: -0.75, y: 0.5))
  }

  @Test func `a point that is no number is in no cell`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Grid(rows: 2, columns: 2).place(x: .nan, y: 0)
    }
    expectStopped(result, saying: "the point (nan, 0.0) is nowhere")
  }
}
