import Foundation

/// A short name for what generated pictures depend on: FNV-1a, 64 bits (Fowler, Noll and Vo).
func shortHash(of description: String) -> String {
  let hash = description.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
    ($0 ^ UInt64($1)) &* 0x100_0000_01b3
  }
  return String(hash, radix: 16)
}

/// Turns whatever goes wrong while writing generated pictures into one error that names the folder.
func writing<T>(to folder: URL, _ body: () throws -> T) throws(DatasetError) -> T {
  do {
    return try body()
  } catch let error as DatasetError {
    throw error
  } catch {
    throw DatasetError(
      .unwritable, file: folder.path, found: "\(error)",
      expected: "to write generated pictures there",
      remedy: "check the folder's permissions and the free space")
  }
}
