import Detection
public import Images

public func stillLifeTrial(seed: UInt64, side: Int) -> Image {
  let scene = StillLifeScene(seed: seed)
  return Image(height: side, width: side, pixels: scene.painted(side: side).pixels)
}
