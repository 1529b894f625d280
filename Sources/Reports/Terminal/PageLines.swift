import Claims
import Documents
import Traces

/// A page from top to bottom for a terminal.
struct PageLines {
  private let told: ToldPage
  private let style: Style
  private let glyphs: Glyphs

  init(_ page: Page, of assessment: Assessment, style: Style) {
    told = ToldPage(assessment: assessment, page: page)
    self.style = style
    glyphs = Glyphs(unicode: style.unicode)
  }

  private var assessment: Assessment { told.assessment }

  func lines() -> [Line] {
    let sections = told.page.sections
    if style.setsBeside,
      let columns = Columns(sections.filter(told.isShown).map(told.blocks), width: style.width)
    {
      return lines(of: columns)
    }
    return sections.indices.filter { !style.shownSections.contains($0) }.flatMap(lines(ofSectionAt:))
  }

  /// A section by its place in the page; nothing where its tables were not run.
  func lines(ofSectionAt place: Int) -> [Line] {
    let section = told.page.sections[place]
    return told.isShown(section) ? lines(of: told.blocks(of: section)) : []
  }

  /// The heading of a section that is shown later, in its place.
  func lines(ofLaterSectionAt place: Int) -> [Line] {
    guard case .prose(let prose, _)? = told.page.sections[place].first, let heading = prose.first else {
      return []
    }
    let note = "This section is shown last: its runs wait for a timer of the kernel."
    return ProseLines(style: style).lines([heading]) + [Line()]
      + wrapped(note, to: style.width).map { Line($0, .faint) }
  }

  private func lines(of blocks: [ToldPage.Block]) -> [Line] { blocks.flatMap(lines(of:)) }

  private func lines(of block: ToldPage.Block) -> [Line] {
    switch block {
    case .prose(let prose): ProseLines(style: style).lines(prose)
    case .cited(let claims): ClaimLines(assessment, style: style).lines(of: claims)
    case .run(let place):
      style.drawsAll || assessment.catalogue.isDrawn(assessment.run.traces[place].variant.subject)
        ? assessment.terminalLines(ofTrace: place, style: style) : []
    case .facts(let facts): [Line()] + tables(of: facts)
    }
  }

  /// Two sections, each with a run, side by side; what stands below the second run stands below both.
  private func lines(of columns: Columns) -> [Line] {
    let narrow = PageLines(told.page, of: assessment, style: style.narrowed(to: columns.width))
    // Both drawings begin in the same line.
    var sides = columns.prose.map(narrow.lines(of:))
    let height = max(sides.left.count, sides.right.count)
    for party in Party.allCases {
      sides[party] += Array(repeating: Line(), count: height - sides[party].count)
      sides[party] += narrow.lines(of: columns.runs[party])
    }
    let beside = (0..<max(sides.left.count, sides.right.count)).map { row -> Line in
      let cells = sides.map { $0.indices.contains(row) ? $0[row] : Line() }
      return cells.left.padded(to: columns.width + Columns.gap) + cells.right
    }
    return lines(of: columns.before) + beside + lines(of: columns.after)
  }

  /// The facts tables, with the rows of one condition below it.
  private func tables(of facts: Facts) -> [Line] {
    var lines: [Line] = []
    var table = TextTable()
    var setBy = ""
    for (row, fact) in facts.rows.enumerated() {
      let parts = told.parts(of: facts, row: row)
      guard let mark = parts.map(\.verdict.mark).foremost else { continue }
      if fact.setBy != setBy {
        setBy = fact.setBy
        lines += table.lines(width: style.width)
        if !setBy.isEmpty {
          lines += wrapped("Condition: " + setBy, to: style.width - 2).map { .blank(2) + Line($0, .faint) }
        }
        table = TextTable()
      }
      let label = ([glyphs.sign(of: mark)] + facts.claims(ofRow: row)).joined(separator: " ")
      table.rows.append([.init([Paragraph(fact.what, label: label + " ")]), .init(values(of: fact, parts))])
    }
    return lines + table.lines(width: style.width)
  }

  /// The observed value and, where it differs, the page's.
  private func values(of fact: Fact, _ parts: [Part]) -> [Paragraph] {
    var paragraphs: [Paragraph] = []
    for value in told.values(of: fact, parts, tellsSources: style.drawsAll) {
      var said = [Paragraph(value.text, value.mark == .confirmed ? .strong : value.mark.tone)]
      if let expected = value.expected { said.append(Paragraph(expected, label: "page ")) }
      if let reason = value.reason { said.append(Paragraph(reason, .faint)) }
      for paragraph in said where !paragraphs.contains(paragraph) { paragraphs.append(paragraph) }
    }
    return paragraphs
  }
}
