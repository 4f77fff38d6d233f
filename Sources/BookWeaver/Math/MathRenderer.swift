import BookRunner
package import Foundation
import Synchronization

/// Renders TeX formulas to HTML and MathML, with KaTeX, while the book is built.
///
/// What was rendered once is read from the cache; KaTeX is started for the first new formula.
package final class MathRenderer: Sendable {
  private let katex: KaTeX
  private let cache: WeaveCache
  private let state = Mutex(State())

  private struct State {
    var script: String?
    var maker: String?
    var engine: ScriptEngine?
  }

  /// - Parameters:
  ///   - cache: where rendered formulas are kept.
  ///   - root: the system's top folder.
  package init(cache: WeaveCache, root: URL = URL(filePath: "/")) {
    self.cache = cache
    katex = KaTeX(root: root)
  }

  /// A formula as HTML for the eye, with MathML for screen readers.
  ///
  /// - Parameters:
  ///   - tex: the formula without its dollar signs.
  ///   - isDisplay: whether it has a line of its own.
  package func html(_ tex: String, isDisplay: Bool) throws(MathError) -> String {
    try state.withLock { state throws(MathError) in
      let maker = try maker(&state)
      return try cache.value(of: (isDisplay ? "display " : "inline ") + tex, maker: maker) {
        () throws(MathError) in try render(tex, isDisplay, &state)
      }
    }
  }

  /// KaTeX and our call of it, by content: either's next version renders anew.
  private func maker(_ state: inout State) throws(MathError) -> String {
    if let maker = state.maker { return maker }
    let script = try katex.script()
    let maker = "KaTeX " + Digest.hex(of: script + MathRenderer.call)
    (state.script, state.maker) = (script, maker)
    return maker
  }

  private func render(
    _ tex: String, _ isDisplay: Bool, _ state: inout State
  ) throws(MathError) -> String {
    let answer: String
    do throws(ScriptError) {
      let engine: ScriptEngine
      if let running = state.engine {
        engine = running
      } else {
        engine = try started(state.script ?? "")
        state.engine = engine
      }
      answer = try engine.call("renderFormula", tex, isDisplay ? "display" : "inline")
    } catch {
      state.engine = nil
      throw .unavailable("KaTeX failed: \(error)")
    }
    // "=" and the HTML, or "!", the place of the mistake, a space and what it is.
    let content = answer.dropFirst()
    if answer.hasPrefix("=") { return String(content) }
    let parts = content.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    throw .formula(String(parts.last ?? ""), offset: Int(parts[0]))
  }

  private func started(_ script: String) throws(ScriptError) -> ScriptEngine {
    let engine = ScriptEngine()
    try engine.evaluate(script, file: "katex.js")
    try engine.evaluate(MathRenderer.call, file: "renderFormula.js")
    return engine
  }

  /// KaTeX warns of letters that it has no measures for; in a book they are mistakes.
  private static let call = #"""
    function renderFormula(tex, mode) {
      try {
        return "=" + katex.renderToString(tex, {
          displayMode: mode === "display", output: "htmlAndMathml", throwOnError: true,
          strict: function(code) { return code === "unknownSymbol" ? "error" : "ignore" }
        })
      } catch (error) {
        if (!(error instanceof katex.ParseError)) throw error
        var place = error.position === undefined ? "" : error.position
        var message = error.message.replace(/^KaTeX parse error: /, "")
          .replace(/ at (position \d+|end of input):[\s\S]*$/, "")
        return "!" + place + " " + message
      }
    }
    """#
}
