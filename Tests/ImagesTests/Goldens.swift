import Foundation

/// The cases of Goldens/png.json, made by png.py beside it.
struct PNGGoldens: Decodable {
  struct Decoding: Decodable {
    let name: String
    let png: Data
    let height: Int
    let width: Int
    let rgb: [UInt8]
  }
  struct Resizing: Decodable {
    struct Target: Decodable {
      let height: Int
      let width: Int
      let values: [Double]
    }
    let height: Int
    let width: Int
    let rgb: [UInt8]
    let to: [Target]
  }

  let decoding: [Decoding]
  let resizing: Resizing

  static func load() throws -> PNGGoldens {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Goldens/png.json")
    return try JSONDecoder().decode(PNGGoldens.self, from: Data(contentsOf: file))
  }
}

/// A folder of its own for one test, removed by the test.
func temporaryFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}
