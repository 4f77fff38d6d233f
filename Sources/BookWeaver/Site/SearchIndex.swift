import BookRunner
import Foundation

/// What search finds, with an index that lunr made of it.
struct SearchIndex {
  /// What is found: a section of a page.
  struct Section: Codable {
    /// From the output folder, with the section's anchor.
    var url: String
    var title: String
    /// The headings around it, outermost first.
    var trail: String
    var text: String
  }

  /// The index as a script: a page opened as a file may load a script, but not data.
  let script: String

  /// - Parameters:
  ///   - pages: the pages of the book that can be gone to.
  ///   - lunr: the library's source.
  init(
    _ book: SiteBook, pages: [Summary.Entry], lunr: String, cache: WeaveCache
  ) throws(WeaveProblem) {
    let sections = pages.flatMap { entry -> [Section] in
      guard let file = entry.file, let page = book.pages[file], let path = entry.page,
        book.configuration.search.includes(file)
      else { return [] }
      let trail = book.summary.trail(to: file).map(\.title)
      return Self.sections(
        of: page.content, path: path, trail: trail, splitLevel: book.configuration.search.splitLevel
      )
    }
    let search = book.configuration.search
    let isEnglish = book.configuration.language.lowercased().hasPrefix("en")
    let input = scriptJSON(
      Input(
        isEnglish: isEnglish,
        boosts: [search.titleBoost, search.hierarchyBoost, search.paragraphBoost],
        sections: sections.map { [$0.title, $0.trail, $0.text].map(Self.words) }))
    let index: String
    do {
      index = try cache.value(of: input, maker: "lunr \(Digest.hex(of: lunr + Self.maker))") {
        let engine = ScriptEngine()
        try engine.evaluate(lunr, file: "lunr.js")
        try engine.evaluate(Self.maker, file: "search index")
        return try engine.call("makeIndex", input)
      }
    } catch {
      throw Lunr.problem("lunr could not make the search index: \(error).")
    }
    let options = Options(
      limit: search.resultLimit, teaserWords: search.teaserWords, needsAll: search.needsAllWords,
      expands: search.expandsWords,
      boosts: [search.titleBoost, search.hierarchyBoost, search.paragraphBoost])
    script =
      "window.bookSearch = {\"options\":\(scriptJSON(options)),"
      + "\"sections\":\(scriptJSON(sections)),\n\"index\":\(index)};\n"
  }

  /// A page's sections; those deeper than `splitLevel` belong to the one before.
  static func sections(
    of page: RenderedPage, path: String, trail: [String], splitLevel: Int
  ) -> [Section] {
    let levels = Dictionary(page.headings.map { ($0.id, $0.level) }) { first, _ in first }
    var sections: [Section] = []
    var around: [(level: Int, title: String)] = []
    for section in page.searchSections {
      let level = levels[section.anchor] ?? 1
      if level > splitLevel, !sections.isEmpty {
        sections[sections.count - 1].text += " \(section.title) \(section.text)"
        continue
      }
      around.removeAll { $0.level >= level }
      let isTop = level == 1
      let outer = isTop ? trail.dropLast() : trail + around.map(\.title)
      sections.append(
        Section(
          url: section.anchor.isEmpty || isTop ? path : "\(path)#\(section.anchor)",
          title: section.title.isEmpty ? page.title : section.title,
          trail: outer.joined(separator: " › "), text: section.text))
      if !isTop { around.append((level, section.title)) }
    }
    return sections
  }

  private struct Input: Encodable {
    let isEnglish: Bool
    let boosts: [Double]
    let sections: [[String]]
  }

  private struct Options: Encodable {
    let limit: Int
    let teaserWords: Int
    let needsAll: Bool
    let expands: Bool
    let boosts: [Double]
  }

  /// A text's words in small letters, a blank between them.
  private static func words(_ text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  /// Makes the index in lunr's form, in ECMAScript 5, as the engine speaks it.
  ///
  /// lunr's own way of adding texts spends most of its time on finding each word's stem again and
  /// again, and on a set of words that is not written.
  private static let maker = """
    function makeIndex(json) {
      var input = JSON.parse(json), builder = new lunr.Builder, stems = Object.create(null);
      function stem(word) {
        if (!(word in stems)) {
          var token = new lunr.Token(word, {});
          var kept = input.isEnglish ? lunr.stopWordFilter(token) : token;
          stems[word] = kept && (input.isEnglish ? lunr.stemmer(kept) : kept).toString();
        }
        return stems[word];
      }
      builder.ref("id");
      ["title", "trail", "text"].forEach(function (field, i) {
        builder.field(field, { boost: input.boosts[i] });
      });
      if (input.isEnglish) builder.searchPipeline.add(lunr.stemmer);
      builder.tokenizer = function (text) { return text ? text.split(" ") : []; };
      builder.pipeline = { run: function (words) { return words.map(stem).filter(Boolean); } };
      builder.createTokenSet = function () {};
      input.sections.forEach(function (section, i) {
        builder.add({ id: i, title: section[0], trail: section[1], text: section[2] });
      });
      return JSON.stringify(builder.build());
    }
    """
}
