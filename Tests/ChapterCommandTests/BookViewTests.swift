import BookRunner
import BookWeaver
import Testing

@testable import ChapterCommand

struct BookViewTests {
  @Test func `a summary counts what ran, was reused and failed, and names what failed`() {
    let summary = BookView.summary(
      [("rcnn", .ran), ("ssd", .failed), ("yolo", .reused), ("comparison", .reused)],
      BookPages.Report(
        problems: [WeaveProblem(file: "f", line: 1, "wrong")], changes: ["index.html"]),
      seconds: 750)
    #expect(
      summary
        == "Chapters: 1 ran, 2 reused, 1 failed (ssd). Files: 1 written, problems: 1. 12:30")
  }

  @Test func `an interrupted build names the chapters that did not run`() {
    let summary = BookView.summary(
      [("rcnn", .ran), ("ssd", .notReached), ("yolo", .notReached)], nil, seconds: 1.25)
    #expect(summary == "Chapters: 1 ran, 0 reused, 2 not run (ssd, yolo). 1.2 s")
  }
}
