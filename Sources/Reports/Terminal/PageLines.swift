import Claims
import Documents
import Traces

/// A page from top to bottom, with what was seen in the place of what it says: its prose, its ladders as they were
/// run, its facts as they were measured.
struct PageLines {
  private let assessment: Assessment
  private let style: Style
  private let glyphs: Glyphs

  init(_ assessment: Assessment, style: Style) {
    self.assessment = assessment
    self.style = style
    glyphs = Glyphs(unicode: style.unicode)
  }

  func lines(of page: Page) -> [Line] {
    let sections = page.sections.filter { isRun($0, of: page) }
    if let columns = Columns(sections, width: style.width), style.setsBeside {
      return lines(of: columns, in: page)
    }
    return page.sections.indices.filter { !style.shownSections.contains($0) }
      .flatMap { lines(ofSectionAt: $0, of: page) }
  }

  /// A section by its place in the page; nothing where its tables were not run.
  func lines(ofSectionAt place: Int, of page: Page) -> [Line] {
    let section = page.sections[place]
    return isRun(section, of: page) ? lines(ofSection: section, of: page) : []
  }

  /// The lines that a run is drawn in.
  private func drawing(_ trace: Int) -> [Line] { assessment.terminalLines(ofTrace: trace, style: style) }

  /// Two sections, each with a ladder, side by side; what stands below the second ladder stands below both.
  private func lines(of columns: Columns, in page: Page) -> [Line] {
    func wide(_ blocks: [Page.Block]) -> [Line] { lines(ofSection: blocks, of: page) }
    let narrow = PageLines(assessment, style: style.narrowed(to: columns.width))
    // Both drawings begin in the same line.
    var sides = columns.prose.map { narrow.lines(ofSection: $0, of: page) }
    let height = max(sides.left.count, sides.right.count)
    for party in Party.allCases {
      sides[party] += Array(repeating: Line(), count: height - sides[party].count)
      sides[party] += narrow.lines(ofSection: [columns.ladders[party]], of: page)
    }
    let beside = (0..<max(sides.left.count, sides.right.count)).map { row -> Line in
      let cells = sides.map { $0.indices.contains(row) ? $0[row] : Line() }
      return cells.left.padded(to: columns.width + Columns.gap) + cells.right
    }
    return columns.before.flatMap(wide) + beside + wide(columns.below) + columns.after.flatMap(wide)
  }

  /// Tells whether a section is shown: one whose tables were not run is left out.
  private func isRun(_ section: [Page.Block], of page: Page) -> Bool {
    let variants = section.compactMap { block -> Bool? in
      switch block {
      case .prose: nil
      case .ladder(let ladder): !traces(of: ladder, in: page).isEmpty
      case .facts(let facts): facts.rows.indices.contains { !parts(of: facts, row: $0, in: page).isEmpty }
      }
    }
    return variants.isEmpty || variants.contains(true)
  }

  private func lines(ofSection section: [Page.Block], of page: Page) -> [Line] {
    var lines: [Line] = []
    // A section without a ladder shows the runs that its facts were measured in.
    let hasLadder = section.contains { if case .ladder = $0 { true } else { false } }
    for block in section {
      switch block {
      case .prose(let prose, _): lines += self.lines(ofProse: prose)
      case .ladder(let ladder):
        for trace in traces(of: ladder, in: page) { lines += drawing(trace) }
      case .facts(let facts):
        let rows = facts.rows.indices.map { parts(of: facts, row: $0, in: page) }
        if !hasLadder { for trace in traces(of: rows.flatMap { $0 }) { lines += drawing(trace) } }
        lines += [Line()] + tables(of: facts, rows)
      }
    }
    return lines
  }

  /// The prose, with the verdicts of claims that it cites in their place.
  private func lines(ofProse prose: [String]) -> [Line] {
    var lines: [Line] = []
    var before: [String] = []
    for line in prose {
      guard let claims = Page.claims(citedIn: line) else {
        before.append(line)
        continue
      }
      lines += ProseLines(style: style).lines(before)
      lines += ClaimLines(assessment, style: style).lines(of: claims)
      before = []
    }
    return lines + ProseLines(style: style).lines(before)
  }

  /// The facts tables, with the rows of one condition below it.
  private func tables(of facts: Facts, _ rows: [[Part]]) -> [Line] {
    var lines: [Line] = []
    var table = TextTable()
    var setBy = ""
    for (fact, parts) in zip(facts.rows, rows) {
      guard let mark = parts.map(\.verdict.mark).foremost else { continue }
      if fact.setBy != setBy {
        setBy = fact.setBy
        lines += table.lines(width: style.width)
        lines += wrapped(setBy, to: style.width - 2).map { .blank(2) + Line($0, .faint) }
        table = TextTable()
      }
      let sign = "\(glyphs.sign(of: mark)) "
      table.rows.append([.init([Paragraph(fact.what, label: sign)]), .init(values(of: fact, parts))])
    }
    return lines + table.lines(width: style.width)
  }

  /// The observed value and, where it differs, the page's. Where a figure comes from is told where that has figures
  /// of its own: a descriptor's number, the time that was left.
  private func values(of fact: Fact, _ parts: [Part]) -> [Paragraph] {
    var paragraphs: [Paragraph] = []
    for verdict in parts.map(\.verdict) {
      let tone = verdict.mark == .confirmed ? Tone.strong : verdict.mark.tone
      let isOpen = verdict.mark.isOpen
      var said = [Paragraph(isOpen ? verdict.mark.rawValue : verdict.seen, tone)]
      if verdict.kind == .contradicted { said.append(Paragraph(fact.value, label: "page ")) }
      if let reason = verdict.reason, isOpen || style.drawsAll || reason.contains(where: \.isNumber) {
        said.append(Paragraph(reason, .faint))
      }
      for paragraph in said where !paragraphs.contains(paragraph) { paragraphs.append(paragraph) }
    }
    return paragraphs
  }

  private func parts(of facts: Facts, row: Int, in page: Page) -> [Part] {
    assessment.facts.filter {
      $0.place.page == page.name && $0.place.table == facts.table && $0.place.row == row + 1
    }
  }

  private func traces(of ladder: Ladder, in page: Page) -> [Int] {
    assessment.ladders.filter { $0.page == page.name && $0.ladder.table == ladder.table }.map(\.trace)
  }

  private func isDrawn(_ trace: Int) -> Bool {
    guard case .scenario(let name) = assessment.run.traces[trace].variant.subject else { return true }
    return style.drawsAll || assessment.catalogue[name]?.isDrawn ?? true
  }

  private func traces(of parts: [Part]) -> [Int] {
    var traces: [Int] = []
    for trace in parts.flatMap(\.verdict.evidence).map(\.trace)
    where !traces.contains(trace) && isDrawn(trace) {
      traces.append(trace)
    }
    return traces
  }
}
