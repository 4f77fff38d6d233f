import ArgumentParser
import BookFormat
import BookRunner
import Foundation

/// The book around the current folder.
func bookFolders() throws -> BookFolders {
  let here = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
  guard let folders = BookFolders(around: here) else {
    throw RunError(
      "No Package.swift with a folder Chapters beside it, here or above; change into the book.")
  }
  return folders
}

/// Which of the two books is meant.
struct ProfileOption: ParsableArguments {
  @Flag(help: "The smoke run: everything once, in seconds; its numbers mean nothing.")
  var quick = false

  var profile: Profile { quick ? .quick : .full }
}

/// What says which run of a chapter is meant.
struct RunOptions: ParsableArguments {
  @OptionGroup private var profileOption: ProfileOption

  @Option(
    help: ArgumentHelp(
      "Your own pictures instead of the book's, in the layout the chapter describes.",
      valueName: "folder"))
  var data: String?

  var profile: Profile { profileOption.profile }

  /// The data folder as an absolute path.
  var dataFolder: URL? {
    data.map { URL(filePath: $0, directoryHint: .isDirectory).standardizedFileURL.absoluteURL }
  }
}

/// Prints an error as the command's last word.
func report(_ error: any Error) -> ExitCode {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  return .failure
}
