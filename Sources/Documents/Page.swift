/// A document: a Markdown page as blocks, in the order in which they stand.
package struct Page: Equatable, Sendable {
  /// The name of the page in places: the file's name as it was given, or a built-in page's id.
  package var name: String
  /// The first heading, or nil.
  package var title: String?
  package var blocks: [Block]
  /// Everything that looks like TCP and was not read: nothing is skipped in silence.
  package var unread: [Unread]
  /// Statements of a figure's value that are no facts of the page, because words beside them limit them.
  package var limited: [Unread] = []

  package init(name: String, title: String? = nil, blocks: [Block] = [], unread: [Unread] = []) {
    self.name = name
    self.title = title
    self.blocks = blocks
    self.unread = unread
  }

  package enum Block: Equatable, Sendable {
    /// Lines that are neither a ladder nor facts, as they stand; `line` is the first one's number.
    case prose(lines: [String], line: Int)
    case ladder(Ladder)
    case facts(Facts)
  }

  /// The page cut at its headings: each section begins with its own, but for what stands before the first.
  package var sections: [[Block]] {
    var sections: [[Block]] = [[]]
    for block in blocks {
      guard case .prose(let lines, let first) = block else {
        sections[sections.count - 1].append(block)
        continue
      }
      var begin = 0
      for (index, line) in lines.enumerated() where line.hasPrefix("#") {
        if begin < index {
          sections[sections.count - 1].append(.prose(lines: Array(lines[begin..<index]), line: first + begin))
        }
        sections.append([])
        begin = index
      }
      if begin < lines.count {
        sections[sections.count - 1].append(.prose(lines: Array(lines[begin...]), line: first + begin))
      }
    }
    return sections.filter { !$0.isEmpty }
  }

  package var ladders: [Ladder] {
    blocks.compactMap { if case .ladder(let ladder) = $0 { ladder } else { nil } }
  }

  package var facts: [Facts] {
    blocks.compactMap { if case .facts(let facts) = $0 { facts } else { nil } }
  }
}

/// Something in a page that cannot be read or run: where, what, and what was expected.
package struct PageError: Error, Equatable, CustomStringConvertible {
  package var page: String
  /// Counted from 1; nil where the page as a whole is meant.
  package var line: Int?
  package var message: String
  /// The parts of a page without a ladder that look like TCP; nil where the page has another fault.
  package var unread: [Page.Unread]?

  package init(page: String, line: Int? = nil, message: String, unread: [Page.Unread]? = nil) {
    self.page = page
    self.line = line
    self.message = message
    self.unread = unread
  }

  package var description: String { page + (line.map { ":\($0)" } ?? "") + ": " + message }
}
