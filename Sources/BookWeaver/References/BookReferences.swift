import BookRunner

/// What all pages of a book together know: where each label is, and how each source is cited.
package struct BookReferences {
  /// A page with its place in the book.
  package struct Page: Sendable {
    /// Its text's file, relative to the package.
    package var file: String
    /// Where it is written, relative to the book's folder, such as `ssd/ssd.html`.
    package var path: String
    package var rendered: RenderedPage

    package init(file: String, path: String, rendered: RenderedPage) {
      self.file = file
      self.path = path
      self.rendered = rendered
    }
  }

  /// The sources that the pages cite.
  package let citations: CitedSources
  /// Labels that two pages have; each is a problem of the second.
  let problems: [WeaveProblem]
  private let labels: [String: (label: Label, path: String)]
  private let referencesPath: String

  /// - Parameters:
  ///   - pages: all pages of the book.
  ///   - bibliography: the sources that they may cite.
  ///   - referencesPath: where the page with the references is written.
  package init(pages: [Page], bibliography: Bibliography, referencesPath: String) {
    var labels: [String: (label: Label, path: String)] = [:]
    var files: [String: String] = [:]
    var problems: [WeaveProblem] = []
    for page in pages {
      for label in page.rendered.labels {
        if let other = files[label.name], other != page.file {
          problems.append(
            WeaveProblem(
              file: page.file, line: label.line,
              "the label “\(label.name)” is given in \(other) already; choose another"))
        } else {
          labels[label.name] = (label, page.path)
          files[label.name] = page.file
        }
      }
    }
    self.labels = labels
    self.problems = problems
    self.referencesPath = referencesPath
    citations = CitedSources(bibliography, keys: Set(pages.flatMap(\.rendered.citations)))
  }

  /// A page with text in place of its references, and with a problem for each that leads nowhere and
  /// for each of its labels that another page has.
  package func resolved(_ page: Page) -> RenderedPage {
    var result = page.rendered
    result.problems += problems.filter { $0.file == page.file }
    let texts = result.references.map { reference in
      do throws(WeaveProblem) {
        return try text(of: reference, on: page.path)
      } catch {
        result.problems.append(error)
        return ("", "")
      }
    }
    result.problems = result.problems.uniqueInOrder()
    guard !texts.isEmpty else { return result }
    let html = texts.map(\.html)
    let plain = texts.map(\.plain)
    result.html = result.html.replacingTokens(by: html)
    for index in result.headings.indices {
      result.headings[index].html = result.headings[index].html.replacingTokens(by: html)
    }
    for index in result.searchSections.indices {
      result.searchSections[index].text =
        result.searchSections[index].text.replacingTokens(by: plain)
    }
    result.references = []
    return result
  }

  /// The page with the list of what the book cites.
  package func referencesPage(title: String = "References") -> RenderedPage {
    let anchor = "references"
    let list = citations.listHTML
    let html = "<h1 id=\"\(anchor)\">\(HTMLText.escaped(title))</h1>\n" + list
    return RenderedPage(
      title: title, html: html,
      headings: [.init(level: 1, id: anchor, number: "", html: HTMLText.escaped(title))],
      labels: [],
      citations: [], links: [], anchors: Set(HTMLText.ids(in: html)),
      searchSections: [.init(anchor: anchor, title: title, text: citations.listText)], problems: [])
  }

  private func text(
    of reference: PendingReference, on path: String
  ) throws(WeaveProblem) -> (html: String, plain: String) {
    switch reference.target {
    case .label(let name):
      guard let (label, target) = labels[name] else {
        let hint = nearestName(to: name, in: labels.keys.sorted()).map { "did you mean “\($0)”?" }
        throw WeaveProblem(
          file: reference.file, line: reference.line,
          "no page has the label “\(name)”; "
            + (hint ?? "write {#\(name)} behind what you refer to"))
      }
      let text = label.text
      guard reference.isLinked else { return (text, text) }
      let address = BookReferences.address(from: path, to: target, anchor: label.anchor)
      return ("<a class=\"reference\" href=\"\(address)\">\(text)</a>", text)
    case .citation(let citation):
      let plain = citations.text(of: citation) { _, text in text }
      guard reference.isLinked else { return (plain, plain) }
      let html = citations.text(of: citation) { key, text in
        let address = BookReferences.address(
          from: path, to: referencesPath, anchor: CitedSources.anchor(key))
        return "<a class=\"citation\" href=\"\(address)\">\(text)</a>"
      }
      return (html, plain)
    }
  }

  /// The address of a page's anchor as a link on another page, or the same, has it.
  package static func address(from page: String, to target: String, anchor: String) -> String {
    let fragment = anchor.isEmpty ? "" : "#" + anchor
    if page == target, !fragment.isEmpty { return HTMLText.escapedAddress(fragment) }
    let from = page.split(separator: "/").dropLast()
    let to = target.split(separator: "/")
    let shared = zip(from, to.dropLast()).prefix { $0 == $1 }.count
    let parts = Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared)
    return HTMLText.escapedAddress(parts.joined(separator: "/") + fragment)
  }
}

extension Label {
  /// What stands for it in a sentence, such as `Figure 8.2`; HTML.
  fileprivate var text: String {
    switch kind {
    case _ where number.isEmpty: title.isEmpty ? name : "“\(title)”"
    case .equation: "\(kind.word)\u{A0}(\(number))"
    default: "\(kind.word)\u{A0}\(number)"
    }
  }
}

extension String {
  /// The text with `texts` in place of the tokens of references.
  fileprivate func replacingTokens(by texts: [String]) -> String {
    guard TokenTable.mayHoldTokens(self) else { return self }
    var result = ""
    result.reserveCapacity(utf8.count + 64 * texts.count)
    var start = startIndex
    for index in unicodeScalars.indices {
      guard let reference = PendingReference.index(unicodeScalars[index]) else { continue }
      result += self[start..<index]
      if reference < texts.count { result += texts[reference] }
      start = unicodeScalars.index(after: index)
    }
    return result + self[start...]
  }
}
