/// Nothing jumps while figures and typefaces arrive: their room is kept from the start.
struct LayoutShiftCheck: PageCheck {
  let claim = "no layout shift"

  /// The largest sum of shift scores that counts as good (https://web.dev/articles/cls).
  ///
  /// Not 0: a browser refuses to load typefaces ahead from a disk, so a line with a formula may be
  /// wrapped anew when they come. Pictures must keep their room to the pixel.
  static let mostShift = 0.1

  private struct Shift: Decodable {
    var score: Double
    var sources: [String]
  }

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    try browser.withPage { view in
      try view.prepare(
        """
        window.shifts = [];
        new PerformanceObserver((list) => shifts.push(...list.getEntries()))
          .observe({ type: "layout-shift", buffered: true });
        """)
      try view.openWithoutPictures(page.url)
      // Pictures that come while they are out of sight have no score: their sizes tell.
      try view.run(
        """
        window.sizes = () => new Map([...document.images].filter(isVisible).map(
          (image) => [image, image.offsetWidth + " × " + image.offsetHeight]));
        window.keptRoom = sizes();
        """)
      try view.letPicturesCome()
      try view.run("await scrollThrough();")
      let grown: [String] = try view.value(
        of: """
          return [...sizes()].filter(([image, size]) => size !== keptRoom.get(image)).map(
            ([image, size]) =>
              `keeps ${keptRoom.get(image) || "no room"} for ${name(image)}, which is ${size}`);
          """)
      return try grown + shifts(view)
    }
  }

  private func shifts(_ view: Page) throws -> [String] {
    let shifts: [Shift] = try view.value(
      of: """
        return shifts.filter((shift) => !shift.hadRecentInput).map((shift) => ({
          score: shift.value,
          sources: shift.sources.map((source) => source.node)
            .filter((node) => node instanceof Element).map(name),
        }));
        """)
    let sum = shifts.reduce(0) { $0 + $1.score }
    guard sum >= Self.mostShift else { return [] }
    let sources = Set(shifts.flatMap(\.sources)).sorted().prefix(5)
    return ["shifts by \(sum): " + sources.joined(separator: ", ")]
  }
}
