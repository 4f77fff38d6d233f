import BookRunner

/// What a directive says of how a cell is shown.
struct CellOptions: Equatable {
  var hidesCode = false
  var collapsesCode = false
  var hidesOutput = false
  var collapsesOutput = false
  /// Belongs to the cell's first figure, or, in a cell without figures, to what it prints.
  var caption: String?
  /// Names the cell's first figure; with `-2`, `-3` … behind it, the others.
  var label: String?

  init() {}

  init(_ directive: Directive) throws(WeaveProblem) {
    try directive.refuseOptions(
      except: ["hide-code", "collapse-code", "hide-output", "collapse-output", "caption", "label"])
    hidesCode = try directive.flag("hide-code")
    collapsesCode = try directive.flag("collapse-code")
    hidesOutput = try directive.flag("hide-output")
    collapsesOutput = try directive.flag("collapse-output")
    caption = try directive.text("caption")
    label = try directive.text("label")
    for (hides, collapses, part) in [
      (hidesCode, collapsesCode, "code"), (hidesOutput, collapsesOutput, "output"),
    ] where hides && collapses {
      throw directive.problem("choose one of hide-\(part) and collapse-\(part)")
    }
    if hidesOutput, let option = label.map({ _ in "label" }) ?? caption.map({ _ in "caption" }) {
      throw directive.problem("there is nothing for \(option)= to name where the output is hidden")
    }
  }
}

extension Directive {
  /// Throws where there is an option that is not in `known`.
  func refuseOptions(except known: [String]) throws(WeaveProblem) {
    guard let option = options.keys.sorted().first(where: { !known.contains($0) }) else { return }
    let hint =
      nearestName(to: option, in: known).map { "did you mean “\($0)”?" }
      ?? "it takes \(known.joined(separator: ", "))"
    throw problem("{{#\(name)}} has no option “\(option)”; \(hint)")
  }

  /// The only argument.
  func argument(called what: String) throws(WeaveProblem) -> String {
    guard arguments.count == 1 else {
      throw problem("{{#\(name)}} takes one \(what), not \(arguments.count)")
    }
    return arguments[0]
  }

  /// Whether a bare word is there.
  func flag(_ option: String) throws(WeaveProblem) -> Bool {
    guard let value = options[option] else { return false }
    guard value.isEmpty else { throw problem("“\(option)” takes no value; write only the word") }
    return true
  }

  /// The value of an option; nil where it is not there.
  func text(_ option: String) throws(WeaveProblem) -> String? {
    guard let value = options[option] else { return nil }
    guard !value.isEmpty else { throw problem("“\(option)” needs a value: \(option)=\"…\"") }
    return value
  }
}
