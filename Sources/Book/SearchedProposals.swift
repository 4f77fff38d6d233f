public import Detection
public import Images
import Tensors

/// What selective search proposes in each of many pictures.
public struct SearchedProposals: Codable, Sendable {
  /// The boxes of each picture, in pixels, the likeliest first.
  public let boxes: [[Box]]
  /// How long the search took.
  public let seconds: Double

  /// Searches the pictures on all threads, and shows how far it has come as `label`.
  ///
  /// - Parameters:
  ///   - images: pictures of one size.
  ///   - limit: proposals to keep of each picture; nil keeps all.
  public init(
    in images: [Image], _ search: SelectiveSearch, limit: Int? = nil, _ label: String
  ) {
    let picturesAtOnce = 20
    var random = SplitMix64(seed: 1)
    let watch = Stopwatch()
    let starts = Array(stride(from: 0, to: images.count, by: picturesAtOnce))
    boxes = progress(starts, label).flatMap { start in
      let chosen = images[start..<min(start + picturesAtOnce, images.count)]
      return search(
        pictures: chosen.map(\.pixels), height: chosen[start].height, width: chosen[start].width,
        using: &random
      ).map { Array($0.prefix(limit ?? .max)) }
    }
    seconds = watch.seconds
  }

  /// The first proposals of each picture.
  public func first(_ count: Int) -> [[Box]] { boxes.map { Array($0.prefix(count)) } }
}
