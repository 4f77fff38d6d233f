package import BookFormat
import Foundation

/// What all chapters of a book find around them before any of them runs.
package struct RunSurroundings {
  package let folders: BookFolders
  package let toolchain: Toolchain
  /// The environment variables.
  package let environment: [String: String]
  package let libraries: LibrarySources

  package init(folders: BookFolders, toolchain: Toolchain, environment: [String: String]) {
    self.folders = folders
    self.toolchain = toolchain
    self.environment = environment
    libraries = LibrarySources(root: folders.root)
  }

  /// Those of this process, for the book in `folders`.
  package static func current(_ folders: BookFolders) throws -> RunSurroundings {
    RunSurroundings(
      folders: folders, toolchain: try Toolchain.current(),
      environment: ProcessInfo.processInfo.environment)
  }
}
