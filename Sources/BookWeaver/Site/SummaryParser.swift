internal import CCMark
import Foundation

/// Reads `SUMMARY.md` in mdBook's grammar: a title that is not used, prefix pages, parts of numbered
/// chapters, suffix pages; drafts and separators.
struct SummaryParser {
  let file: String
  private(set) var items: [Summary.Item] = []
  private(set) var problems: [WeaveProblem] = []

  private enum Stage { case start, prefix, numbered, suffix }
  private var stage = Stage.start
  private var chapterCount = 0
  private let lines: [Substring]

  /// - Parameter file: its name in messages.
  init(_ text: String, file: String) {
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let document = cmark_parse_document(text, text.utf8.count, CMARK_OPT_DEFAULT)
    defer { cmark_node_free(document) }
    var bullet: UInt8?
    for block in Self.children(of: document) {
      switch cmark_node_get_type(block) {
      case CMARK_NODE_HEADING: take(heading: block)
      case CMARK_NODE_PARAGRAPH: take(paragraph: block)
      case CMARK_NODE_LIST:
        let mark = lines[line(of: block) - 1].utf8.first { $0 != UInt8(ascii: " ") }
        if let bullet, bullet != mark {
          report(block, "The list changes its mark here; keep to “-” or “*” in one list.")
        }
        take(list: block)
        bullet = mark
        continue
      case CMARK_NODE_THEMATIC_BREAK: items.append(.separator)
      case CMARK_NODE_HTML_BLOCK: continue
      default: report(block, "This is neither a link, a list of links, a part nor a separator.")
      }
      bullet = nil
    }
  }

  // MARK: Blocks

  private mutating func take(heading: OpaquePointer?) {
    let level = cmark_node_get_heading_level(heading)
    if !lines[line(of: heading) - 1].drop(while: { $0 == " " }).hasPrefix("#") {
      report(heading, "The rule below makes this line a heading; leave a blank line between them.")
    } else if level > 1 {
      report(heading, "A part's title begins with one “#”.")
    } else if stage == .suffix {
      report(heading, "Parts stand before the pages after the last chapter; move it up.")
    } else if stage == .start {
      stage = .prefix  // The title, which the book does not use.
    } else {
      stage = .numbered
      items.append(.part(Self.text(of: heading)))
    }
  }

  private mutating func take(paragraph: OpaquePointer?) {
    for link in links(in: paragraph) {
      stage = stage == .numbered || stage == .suffix ? .suffix : .prefix
      entry(link, number: "").map { items.append(.entry($0)) }
    }
  }

  private mutating func take(list: OpaquePointer?) {
    if stage == .suffix {
      report(list, "Numbered chapters stand before the pages that follow the last of them.")
      return
    }
    stage = .numbered
    for entry in entries(of: list, below: [], first: chapterCount + 1) {
      chapterCount += 1
      items.append(.entry(entry))
    }
  }

  // MARK: Entries

  private mutating func entries(
    of list: OpaquePointer?, below numbers: [Int], first: Int
  ) -> [Summary.Entry] {
    if cmark_node_get_list_type(list) == CMARK_ORDERED_LIST {
      report(list, "Chapters are numbered by the book; begin each line with “-”.")
    }
    var found: [Summary.Entry] = []
    for item in Self.children(of: list) {
      let parts = Self.children(of: item)
      let numbers = numbers + [first + found.count]
      guard let head = parts.first, cmark_node_get_type(head) == CMARK_NODE_PARAGRAPH else {
        report(item, "An entry is one link: [Title](folder/file.md).")
        continue
      }
      let links = links(in: head)
      if links.count > 1 {
        report(links[1], "An entry is one link; begin a line of its own with “-”.")
      }
      guard let link = links.first,
        var entry = entry(link, number: numbers.map(String.init).joined(separator: "."))
      else { continue }
      for part in parts.dropFirst() {
        if cmark_node_get_type(part) == CMARK_NODE_LIST {
          entry.entries += entries(of: part, below: numbers, first: entry.entries.count + 1)
        } else {
          report(part, "Below an entry stand only entries, two blanks further in.")
        }
      }
      found.append(entry)
    }
    return found
  }

  /// The links of a paragraph that holds nothing else.
  private mutating func links(in paragraph: OpaquePointer?) -> [OpaquePointer] {
    var links: [OpaquePointer] = []
    for node in Self.children(of: paragraph) {
      switch cmark_node_get_type(node) {
      case CMARK_NODE_LINK: links.append(node)
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK, CMARK_NODE_HTML_INLINE: break
      default:
        let text = Self.text(of: node).trimmingCharacters(in: .whitespaces)
        if text.isEmpty { continue }
        let isNested = text.hasPrefix("- ") || text.hasPrefix("* ") || text == "-" || text == "*"
        report(
          node,
          isNested
            ? "This entry is too far in to be below the one above; indent it by two blanks more."
            : "“\(text)” is not a link; an entry is [Title](folder/file.md).")
        return links
      }
    }
    return links
  }

  private mutating func entry(_ link: OpaquePointer, number: String) -> Summary.Entry? {
    let title = Self.text(of: link)
    let url = cmark_node_get_url(link).map { String(cString: $0) } ?? ""
    let path = url.removingPercentEncoding ?? url
    if title.isEmpty {
      report(link, "The link has no title; write [Title](\(path)).")
      return nil
    }
    return Summary.Entry(
      title: title, file: path.isEmpty ? nil : path, number: number, line: line(of: link))
  }

  // MARK: Nodes

  private mutating func report(_ node: OpaquePointer?, _ message: String) {
    problems.append(WeaveProblem(file: file, line: line(of: node), message))
  }

  /// The parser gives lines to blocks; those of what is within them are counted by line breaks.
  private func line(of node: OpaquePointer?) -> Int {
    var (block, breaks) = (node, 0)
    while cmark_node_get_type(block).rawValue & UInt32(CMARK_NODE_TYPE_MASK)
      == UInt32(CMARK_NODE_TYPE_INLINE)
    {
      if let previous = cmark_node_previous(block) {
        block = previous
        let type = cmark_node_get_type(block)
        if type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK { breaks += 1 }
      } else {
        block = cmark_node_parent(block)
      }
    }
    return min(Int(cmark_node_get_start_line(block)) + breaks, lines.count)
  }

  private static func children(of node: OpaquePointer?) -> [OpaquePointer] {
    Array(
      sequence(state: cmark_node_first_child(node)) { next -> OpaquePointer? in
        defer { next = next.flatMap { cmark_node_next($0) } }
        return next
      })
  }

  private static func text(of node: OpaquePointer?) -> String {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: return " "
    case CMARK_NODE_TEXT, CMARK_NODE_CODE:
      return cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    default: return children(of: node).map(text(of:)).joined()
    }
  }
}
