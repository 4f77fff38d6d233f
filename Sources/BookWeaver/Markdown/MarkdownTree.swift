import CCMark

/// A Markdown text as cmark-gfm understands it: CommonMark with GitHub's tables, task lists,
/// ~~struck~~ words, bare links and footnotes.
final class MarkdownTree {
  let root: MarkdownNode
  /// Whether a walk over it could need more of the stack than there is.
  let isTooDeep: Bool

  static let mostDepth = 200

  private static let extensions = ["table", "strikethrough", "autolink", "tasklist"]
  private static let register: Void = cmark_gfm_core_extensions_ensure_registered()

  /// - Parameter isSmart: whether straight quotation marks, `--` and `...` become what they stand for.
  init(_ text: String, isSmart: Bool) {
    MarkdownTree.register
    let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | (isSmart ? CMARK_OPT_SMART : 0))
    for name in MarkdownTree.extensions {
      cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
    }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parser_feed(parser, $0.baseAddress, $0.count)
      }
    }
    guard let document = cmark_parser_finish(parser) else {
      fatalError("cmark-gfm has no memory to parse a page")
    }
    cmark_parser_free(parser)
    root = MarkdownNode(pointer: document)
    isTooDeep = root.isDeeper(than: MarkdownTree.mostDepth)
  }

  deinit { cmark_node_free(root.pointer) }
}

/// A part of a `MarkdownTree`, valid as long as the tree.
struct MarkdownNode: Equatable {
  let pointer: OpaquePointer

  enum Kind {
    case document, quotation, list, item, taskItem, codeBlock, htmlBlock, paragraph, heading, rule
    case footnote, table, tableRow, tableCell
    case text, softBreak, lineBreak, code, html, emphasis, strong, struck, link, image
    case footnoteReference
    case other
  }

  var kind: Kind {
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_DOCUMENT: .document
    case CMARK_NODE_BLOCK_QUOTE: .quotation
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_ITEM: typeName == "tasklist" ? .taskItem : .item
    case CMARK_NODE_CODE_BLOCK: .codeBlock
    case CMARK_NODE_HTML_BLOCK: .htmlBlock
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_THEMATIC_BREAK: .rule
    case CMARK_NODE_FOOTNOTE_DEFINITION: .footnote
    case CMARK_NODE_TEXT: .text
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_CODE: .code
    case CMARK_NODE_HTML_INLINE: .html
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_LINK: .link
    case CMARK_NODE_IMAGE: .image
    case CMARK_NODE_FOOTNOTE_REFERENCE: .footnoteReference
    default: extensionKind
    }
  }

  /// The kinds of the extensions get their numbers at run time; their names are fixed.
  private var extensionKind: Kind {
    switch typeName {
    case "table": .table
    case "table_header", "table_row": .tableRow
    case "table_cell": .tableCell
    case "strikethrough": .struck
    case "tasklist": .taskItem
    default: .other
    }
  }

  private var typeName: String { String(cString: cmark_node_get_type_string(pointer)) }

  var next: MarkdownNode? { cmark_node_next(pointer).map(MarkdownNode.init) }
  var previous: MarkdownNode? { cmark_node_previous(pointer).map(MarkdownNode.init) }
  var parent: MarkdownNode? { cmark_node_parent(pointer).map(MarkdownNode.init) }
  var firstChild: MarkdownNode? { cmark_node_first_child(pointer).map(MarkdownNode.init) }
  var children: [MarkdownNode] {
    var children: [MarkdownNode] = []
    var child = firstChild
    while let node = child {
      children.append(node)
      child = node.next
    }
    return children
  }

  /// The lines it takes, from 1; empty where cmark has no place for it.
  var lines: ClosedRange<Int>? {
    let first = Int(cmark_node_get_start_line(pointer))
    let last = Int(cmark_node_get_end_line(pointer))
    return first > 0 ? first...max(first, last) : nil
  }
  /// The byte in its first line at which it begins, from 0.
  var column: Int { max(0, Int(cmark_node_get_start_column(pointer)) - 1) }

  var literal: String { cmark_node_get_literal(pointer).map { String(cString: $0) } ?? "" }
  var address: String { cmark_node_get_url(pointer).map { String(cString: $0) } ?? "" }
  var title: String { cmark_node_get_title(pointer).map { String(cString: $0) } ?? "" }
  var fenceInfo: String { cmark_node_get_fence_info(pointer).map { String(cString: $0) } ?? "" }
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }

  var isOrdered: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
  var firstNumber: Int { Int(cmark_node_get_list_start(pointer)) }
  var isTight: Bool { cmark_node_get_list_tight(pointer) != 0 }
  var isDone: Bool { cmark_gfm_extensions_get_tasklist_item_checked(pointer) }

  /// Whether it has a descendant more than `limit` levels below; found without recursion.
  func isDeeper(than limit: Int) -> Bool {
    let iterator = cmark_iter_new(pointer)
    defer { cmark_iter_free(iterator) }
    var depth = 0
    while true {
      switch cmark_iter_next(iterator) {
      case CMARK_EVENT_ENTER where cmark_node_first_child(cmark_iter_get_node(iterator)) != nil:
        depth += 1
      case CMARK_EVENT_EXIT where cmark_node_first_child(cmark_iter_get_node(iterator)) != nil:
        depth -= 1
      case CMARK_EVENT_DONE: return false
      default: break
      }
      if depth > limit { return true }
    }
  }

  func setLiteral(_ text: String) { cmark_node_set_literal(pointer, text) }
  func remove() { cmark_node_unlink(pointer) }

  var isHeaderRow: Bool { cmark_gfm_extensions_get_table_row_is_header(pointer) != 0 }
  /// `left`, `center`, `right` or nil for each column of a table.
  var columnAlignments: [String?] {
    let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
    guard let letters = cmark_gfm_extensions_get_table_alignments(pointer) else { return [] }
    return (0..<count).map {
      switch letters[$0] {
      case UInt8(ascii: "l"): "left"
      case UInt8(ascii: "c"): "center"
      case UInt8(ascii: "r"): "right"
      default: nil
      }
    }
  }
}
