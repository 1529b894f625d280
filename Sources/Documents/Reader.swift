extension Page {
  /// The page that this Markdown text is.
  ///
  /// Pipe tables are all that is read; everything else is prose, kept line for line.
  package init(reading text: String, name: String) throws(PageError) {
    guard !text.utf8.contains(0) else {
      throw PageError(page: name, message: "binary: there is a NUL octet in it, and a page is text")
    }
    var reader = PageReader(name: name, lines: Documents.lines(of: text))
    self = try reader.read()
  }
}

/// Goes through a page once, from its first line to its last.
struct PageReader {
  private let lines: [Substring]
  private var page: Page
  private var next = 0
  private var heading: String?
  /// Ladders and facts tables so far.
  private var tables = 0
  /// The lines since the last table; `proseLine` is the index of the first.
  private var prose: [String] = []
  private var proseLine = 0

  init(name: String, lines: [Substring]) {
    self.lines = lines
    page = Page(name: name)
  }

  mutating func read() throws(PageError) -> Page {
    takeFrontMatter()
    while next < lines.count {
      if let opaque = Markdown.Opaque(opening: lines[next]) {
        take(opaque)
      } else if let table = Table(in: lines, at: next) {
        try take(table)
      } else {
        takeLine()
      }
    }
    endProse()
    page.unread.sort { $0.line < $1.line }
    guard !page.ladders.isEmpty || !page.facts.isEmpty else { throw noTable }
    return page
  }

  /// The lines between `---` and `---` at the very beginning; a `#` in them is no heading.
  private mutating func takeFrontMatter() {
    guard let first = lines.first, first.trimmed == "---",
      let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" || $0.trimmed == "..." })
    else { return }
    while next <= end { takeProse() }
  }

  private mutating func take(_ opaque: Markdown.Opaque) {
    var isFirst = true
    while next < lines.count {
      let isLast = opaque.ends(with: lines[next], isFirst: isFirst)
      takeProse()
      isFirst = false
      if isLast { return }
    }
  }

  private mutating func takeLine() {
    if let found = Markdown.heading(of: lines[next]) {
      heading = found
      if page.title == nil { page.title = found }
    } else if let misfit = Table.misfit(in: lines, at: next) {
      page.unread.append(Page.Unread(line: next + 1, text: "\(lines[next].trimmed) (\(misfit))"))
    }
    takeProse()
  }

  private mutating func takeProse() {
    if prose.isEmpty { proseLine = next }
    prose.append(String(lines[next]))
    next += 1
  }

  private mutating func take(_ table: Table) throws(PageError) {
    let reader = TableReader(
      table: table, page: page.name, number: tables + 1, heading: heading)
    switch try reader.read() {
    case .ladder(var ladder, let unread):
      ladder.isExhaustive = takeMark()
      endProse()
      page.blocks.append(.ladder(ladder))
      tables += 1
      page.unread += unread
      next += table.lineCount
    case .facts(let facts):
      endProse()
      page.blocks.append(.facts(facts))
      tables += 1
      next += table.lineCount
    case .prose(let reason):
      if let reason { page.unread.append(Page.Unread(line: table.line, text: reason)) }
      for _ in 0..<table.lineCount { takeProse() }
    }
  }

  /// Takes `<!-- exhaustive -->` off the end of the prose; the writer puts it back.
  private mutating func takeMark() -> Bool {
    guard let last = prose.lastIndex(where: { !$0[...].isBlank }), isMark(prose[last]) else { return false }
    prose.removeSubrange(last...)
    return true
  }

  /// `<!-- exhaustive -->`, however it is spaced.
  private func isMark(_ line: String) -> Bool {
    guard line.utf8.count < 100, line.utf8.contains(UInt8(ascii: "!")) else { return false }
    return line.lowercased().filter { $0 != " " && $0 != "\t" } == "<!--exhaustive-->"
  }

  private mutating func endProse() {
    guard !prose.isEmpty else { return }
    for (offset, line) in prose.enumerated() where isMark(line) {
      page.unread.append(Page.Unread(line: proseLine + offset + 1, text: "\(line) (no ladder follows)"))
    }
    page.blocks.append(.prose(lines: prose, line: proseLine + 1))
    prose = []
  }

  private var noTable: PageError {
    var message = """
      no ladder and no facts table in it: expected a table with two parties' columns, such as
      | client        | server                |
      | ------------- | --------------------- |
      | SYN(SEQ:1000) |                       |
      |               | SYN+ACK(ACK:1001)     |
      """
    let first = page.unread.first
    if let first { message = "not read: \(first.text)\n" + message }
    return PageError(page: page.name, line: first?.line, message: message)
  }
}
