import BookFormat
import Foundation

/// Shows a build as one line that changes.
struct BuildView {
  private let chapter: String
  private let screen: Screen
  private let began = ContinuousClock.now
  private var hasCompiled = false

  init(chapter: String, screen: Screen) {
    self.chapter = chapter
    self.screen = screen
    screen.showPassing("Building \(chapter) …")
  }

  private var seconds: Double { (ContinuousClock.now - began) / .seconds(1) }

  /// Takes a line of the build tool.
  mutating func show(step: String) {
    if step.contains("Compiling") {
      if !hasCompiled, !screen.isTerminal { screen.note("Building \(chapter) …") }
      hasCompiled = true
    }
    screen.showPassing("Building \(chapter)  \(ProgressState.clock(seconds))  \(step)")
  }

  /// Says how long it took, where there was something to do.
  func finish() {
    screen.clearPassing()
    if hasCompiled { screen.note("Built \(chapter) in \(ProgressState.clock(seconds))") }
  }
}
