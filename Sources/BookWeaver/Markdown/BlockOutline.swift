/// Where a text's blocks are: which lines are code or HTML, and which hold sentences.
struct BlockOutline {
  /// Lines whose text is one run of inline Markdown: a paragraph, a heading, a table's row.
  struct Leaf: Equatable {
    /// Indices of lines, from 0.
    var lines: Range<Int>
    /// The byte of the first line at which the text begins.
    var column: Int
    /// How many quotations it stands in.
    var quotationDepth: Int
  }
  private(set) var leaves: [Leaf] = []
  /// Whether each line is code or HTML.
  private(set) var isVerbatim: [Bool]

  init(_ lines: [SourceLine]) {
    isVerbatim = Array(repeating: false, count: lines.count)
    let tree = MarkdownTree(lines.map(\.text).joined(separator: "\n"), isSmart: false)
    var found: [Leaf] = []
    if !tree.isTooDeep { visit(tree.root, quotationDepth: 0, &found) }
    // Where cmark gives no place for a block, its lines are taken one by one.
    var next = 0
    for leaf in found + [Leaf(lines: lines.count..<lines.count, column: 0, quotationDepth: 0)] {
      while next < leaf.lines.lowerBound {
        if !isVerbatim[next] {
          leaves.append(Leaf(lines: next..<(next + 1), column: 0, quotationDepth: 0))
        }
        next += 1
      }
      guard leaf.lines.upperBound > next, leaf.lines.upperBound <= lines.count else { continue }
      var leaf = leaf
      if leaf.lines.lowerBound < next {
        (leaf.lines, leaf.column) = (next..<leaf.lines.upperBound, 0)
      }
      leaves.append(leaf)
      next = leaf.lines.upperBound
    }
  }

  private mutating func visit(_ node: MarkdownNode, quotationDepth: Int, _ found: inout [Leaf]) {
    let range = node.lines.map {
      min($0.lowerBound - 1, isVerbatim.count)..<min($0.upperBound, isVerbatim.count)
    }
    switch node.kind {
    case .codeBlock, .htmlBlock:
      for line in range ?? 0..<0 { isVerbatim[line] = true }
    case .paragraph, .heading:
      if let range {
        found.append(Leaf(lines: range, column: node.column, quotationDepth: quotationDepth))
      }
    case .table:
      for line in range ?? 0..<0 {
        found.append(
          Leaf(lines: line..<(line + 1), column: 0, quotationDepth: quotationDepth))
      }
    default:
      let depth = quotationDepth + (node.kind == .quotation ? 1 : 0)
      for child in node.children { visit(child, quotationDepth: depth, &found) }
    }
  }
}
