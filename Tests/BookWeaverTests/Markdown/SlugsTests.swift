import Testing

@testable import BookWeaver

struct SlugsTests {
  @Test(arguments: [
    ("Anchors and boxes", "anchors-and-boxes"), ("  What's IoU?! ", "whats-iou"),
    ("A – B / C", "a-b-c"), ("Größe der Öffnung", "größe-der-öffnung"), ("目标检测 2", "目标检测-2"),
    ("snake_case", "snake_case"), ("???", "section"), ("R-CNN", "r-cnn"),
  ])
  func `an id says what the heading says`(heading: String, id: String) {
    var slugs = Slugs(taken: [])
    #expect(slugs.next(for: heading) == id)
  }

  @Test func `no id comes twice, and the author's own come first`() {
    var slugs = Slugs(taken: ["loss-1"])
    #expect(
      ["Loss", "Loss", "loss", "Loss 1"].map { slugs.next(for: $0) } == [
        "loss", "loss-2", "loss-3", "loss-1-1",
      ])
  }
}
