import Documents

/// Goes through a page once, from its first line to its last.
struct PageReader {
  private let lines: [Substring]
  /// Only tables in the notation of ladders are read.
  private let isWritten: Bool
  private let figures: SpokenFigures
  /// The reader of facts in sentences; nil where none is read.
  private var factText: FactText?
  private var page: Page
  private var next = 0
  private var heading: String?
  /// Ladders and facts tables so far.
  private var tables = 0
  /// Every table that is neither, with the reason.
  private var refused: [Page.Unread] = []
  /// Lines outside of tables and fences since the last heading, and the index of the first.
  private var text: (lines: [Substring], first: Int) = ([], 0)
  /// The lines since the last table; `proseLine` is the index of the first.
  private var prose: [String] = []
  private var proseLine = 0

  init(name: String, lines: [Substring], isWritten: Bool, figures: SpokenFigures) {
    self.lines = lines
    self.isWritten = isWritten
    self.figures = figures
    factText = figures.isEmpty ? nil : FactText()
    page = Page(name: name)
  }

  mutating func read() throws(PageError) -> Page {
    takeFrontMatter()
    while next < lines.count {
      if let opaque = Markdown.Opaque(opening: lines[next]) {
        endText()
        take(opaque)
      } else if let table = Table(in: lines, at: next) {
        endText()
        try take(table, as: reading(of: table))
      } else if !isWritten, let table = HTMLTable.table(in: lines, at: next) {
        try takeMarkup(table)
      } else {
        takeLine()
      }
    }
    endText()
    endProse()
    addStatedFacts()
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
    let begin = next
    var isEnded = false
    while next < lines.count, !isEnded {
      isEnded = opaque.ends(with: lines[next], isFirst: next == begin)
      takeProse()
    }
    guard case .fence = opaque, !isWritten else { return }
    // A fence that nobody has closed goes on to the page's end.
    let inside = Array(lines[(begin + 1)..<(isEnded ? next - 1 : next)])
    let language = Markdown.language(of: lines[begin])
    // Markdown in a fence shows how a page is written.
    if language == "markdown" || language == "md" { return }
    let block = TextBlock(language: language, lines: inside, first: begin + 2)
    take(BlockReading(of: block), lines: (begin + 1)...next)
  }

  /// Looks through the lines since the last heading, fence or table.
  private mutating func endText() {
    factText?.end()
    defer { text.lines = [] }
    guard !isWritten, !text.lines.isEmpty else { return }
    take(BlockReading(of: TextBlock(lines: text.lines.map(HTMLText.plain), first: text.first + 1)))
  }

  /// Puts ladders that were found into the page, each in the place of its lines.
  ///
  /// - Parameter lines: the lines that all of them together take, as a fence does; nil where each takes its own.
  private mutating func take(_ reading: BlockReading, lines: ClosedRange<Int>? = nil) {
    page.unread += reading.unread
    refused += reading.others
    // Each line is copied once, however many ladders there are.
    let all = prose
    let first = proseLine + 1
    var begin = 0
    for (place, found) in reading.ladders.enumerated() {
      let taken = lines ?? found.lines
      if lines == nil || place == 0 {
        let before = min(max(taken.lowerBound - first, begin), all.count)
        prose = Array(all[begin..<before])
        proseLine = first - 1 + begin
        endProse()
        begin = min(max(taken.upperBound + 1 - first, before), all.count)
      }
      tables += 1
      var ladder = found.ladder
      ladder.table = tables
      ladder.heading = heading
      page.blocks.append(.ladder(ladder))
    }
    prose = Array(all[begin...])
    proseLine = first - 1 + begin
  }

  private mutating func takeLine() {
    if let found = Markdown.heading(of: lines[next]) {
      endText()
      heading = found
      if page.title == nil { page.title = found }
      factText?.addHeading(found, level: lines[next].trimmed.prefix { $0 == "#" }.count)
    } else {
      if let misfit = Table.misfit(in: lines, at: next) {
        let unread = Page.Unread(
          line: next + 1, text: String(lines[next].trimmed.prefix(80)), kind: .other(misfit))
        page.unread.append(unread)
        refused.append(unread)
      }
      if text.lines.isEmpty { text.first = next }
      text.lines.append(lines[next])
      factText?.add(HTMLText.plain(lines[next]), number: next + 1)
    }
    takeProse()
  }

  private mutating func takeProse() {
    if prose.isEmpty { proseLine = next }
    prose.append(String(lines[next]))
    next += 1
  }

  private func reading(of table: Table) throws(PageError) -> TableReader.Reading {
    try TableReader(
      table: isWritten ? table : table.withNumbersBesideFlags(), page: page.name, number: tables + 1,
      heading: heading, isWritten: isWritten
    ).read()
  }

  private mutating func take(_ table: Table, as reading: TableReader.Reading) {
    switch reading {
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
    case .prose(let reason, let isTold):
      let unread = Page.Unread(
        line: table.line, text: table.header.joined(separator: " | "), kind: .other("not a ladder: " + reason)
      )
      if isTold { page.unread.append(unread) }
      refused.append(unread)
      factText?.add(table)
      for _ in 0..<table.lineCount { takeProse() }
    }
  }

  /// Puts the facts that sentences state behind what they stand in. They are counted behind all tables, so that a
  /// sentence changes no other claim's number.
  private mutating func addStatedFacts() {
    guard let factText else { return }
    let read = FactReader(factText, figures: figures).read()
    page.insert(read.groups, countedFrom: tables + 1)
    page.unread += read.unread
    page.limited = read.limited
  }

  /// Takes a table of HTML; one that is neither a ladder nor facts may hold anything, and is looked through like text.
  private mutating func takeMarkup(_ table: Table) throws(PageError) {
    let reading = try reading(of: table)
    if case .prose(_, isTold: false) = reading {
      for _ in 0..<table.lineCount { takeLine() }
    } else {
      endText()
      take(table, as: reading)
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
      page.unread.append(
        Page.Unread(
          line: proseLine + offset + 1, text: line,
          kind: .other("no table with a ladder follows: put this line above such a table, or remove it")))
    }
    page.blocks.append(.prose(lines: prose, line: proseLine + 1))
    prose = []
  }

  /// The most tables that a refusal names.
  private static let mostNamed = 20

  private var noTable: PageError {
    // Every table is named, whatever it is about, and all else that looks like TCP.
    let others = page.unread.filter { !refused.contains($0) }
    let all = (refused + others + page.limited).sorted { $0.line < $1.line }
    let named = all.prefix(Self.mostNamed).map {
      "line \($0.line): `\($0.text)`: \($0.note ?? "could not be read")"
    }
    let rest = all.count > named.count ? ["and \(all.count - named.count) more"] : []
    if all.isEmpty, page.isBlank {
      return PageError(page: page.name, line: nil, message: "the page is empty", unread: [])
    }
    let lines =
      [
        "no TCP exchange found: no ladder and no facts table"
      ] + named + rest
      + [
        "tcpprobe expects the steps of one connection between two parties: a sequence diagram, an",
        "ASCII diagram with arrows, a list of `A -> B: SYN`, or a table with a column for each party:",
        "| client        | server                |", "| ------------- | --------------------- |",
        "| SYN(SEQ:1000) |                       |", "|               | SYN+ACK(ACK:1001)     |",
        "For a timer or an errno: a table `what | value | set by`.",
      ]
    return PageError(
      page: page.name, line: all.first?.line, message: lines.joined(separator: "\n"), unread: page.unread)
  }
}
