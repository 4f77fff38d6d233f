import Datasets
import Detection
import Images
import Testing

struct PetSceneTests {
  private let scene = PetScene()

  @Test func `the picture is 728 by 561 pixels, and the masks are as large`() {
    #expect(scene.image.width == 728 && scene.image.height == 561)
    #expect(scene.masks.allSatisfy { $0.width == 728 && $0.height == 561 })
  }

  @Test func `dog and cat have the boxes that the chapters' examples are made for`() {
    #expect(
      scene.labels == [
        LabeledBox(box: Box(60, 45, 378, 516), classIndex: 0),
        LabeledBox(box: Box(400, 112, 655, 493), classIndex: 1),
      ])
    #expect(PetScene.classNames == ["dog", "cat"])
  }

  @Test func `the animals do not hide each other`() {
    #expect(scene.masks[0].sharedArea(with: scene.masks[1]) == 0)
  }
}
