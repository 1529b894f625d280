import Claims
import Documents
import Traces

/// A page from top to bottom, with what was seen in the place of what it says: its prose, its ladders as they were
/// played, its facts as they were measured.
struct PageLines {
  private let assessment: Assessment
  private let style: Style
  private let glyphs: Glyphs
  /// The lines that a play is drawn in.
  private let drawing: (Int) -> [Line]

  init(_ assessment: Assessment, style: Style, drawing: @escaping (Int) -> [Line]) {
    self.assessment = assessment
    self.style = style
    self.drawing = drawing
    glyphs = Glyphs(unicode: style.unicode)
  }

  func lines(of page: Page) -> [Line] {
    var lines: [Line] = []
    // A section without a ladder shows the plays that its facts were measured in.
    var hasLadder = false
    for block in page.blocks {
      switch block {
      case .prose(let prose, _):
        if prose.contains(where: { $0.hasPrefix("#") }) { hasLadder = false }
        lines += told(prose)
      case .ladder(let ladder):
        hasLadder = true
        for judgement in assessment.ladders
        where judgement.page == page.name && judgement.ladder.table == ladder.table {
          lines += [Line()] + drawing(judgement.trace)
        }
      case .facts(let facts):
        let rows = facts.rows.indices.map { parts(of: facts, row: $0, in: page) }
        if !hasLadder { for trace in traces(of: rows.flatMap { $0 }) { lines += [Line()] + drawing(trace) } }
        lines += [Line()] + table(of: facts, rows)
      }
    }
    return lines
  }

  /// Paragraphs are wrapped anew; a list keeps its items apart, and a heading stands out.
  private func told(_ prose: [String]) -> [Line] {
    var lines: [Line] = []
    var text = ""
    func indent(_ text: String) -> Int { text.hasPrefix("- ") ? 2 : 0 }
    func end() {
      guard !text.isEmpty else { return }
      let by = indent(text)
      for (index, part) in wrapped(text.dropFirst(by), to: style.width - by).enumerated() {
        let sign = index == 0 && by > 0 ? Line("\(glyphs.dot) ", .faint) : .blank(by)
        lines.append(sign + Line(part, by > 0 ? .faint : .plain))
      }
      text = ""
    }
    for line in prose {
      if line.hasPrefix("#") {
        end()
        lines += wrapped(line.drop { $0 == "#" || $0 == " " }, to: style.width).map { Line($0, .strong) }
      } else if line.allSatisfy(\.isWhitespace) {
        end()
        if lines.last?.isEmpty == false { lines.append(Line()) }
      } else {
        if line.hasPrefix("- ") { end() }
        text += (text.isEmpty ? "" : " ") + line.filter { $0 != "`" }
      }
    }
    end()
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.isEmpty || lines.first?.isEmpty == true ? lines : [Line()] + lines
  }

  private func table(of facts: Facts, _ rows: [[Part]]) -> [Line] {
    var table = TextTable()
    for (fact, parts) in zip(facts.rows, rows) {
      guard let mark = parts.map(\.verdict.mark).foremost else { continue }
      table.rows.append([
        .init([Paragraph(fact.what, label: "\(glyphs.sign(of: mark)) ")]),
        .init(values(of: fact, parts, mark)),
      ])
    }
    return table.lines(width: style.width)
  }

  private func values(of fact: Fact, _ parts: [Part], _ mark: Mark) -> [Paragraph] {
    var paragraphs: [Paragraph] = []
    for verdict in parts.map(\.verdict) {
      var said = [Paragraph(verdict.seen, verdict.mark == .confirmed ? .strong : verdict.mark.tone)]
      switch verdict.kind {
      case .confirmed: break
      case .undecided, .unobservable: said = [Paragraph(verdict.mark.rawValue, verdict.mark.tone)]
      default: said.append(Paragraph(fact.value, label: "document "))
      }
      if let reason = verdict.reason { said.append(Paragraph(reason, .faint)) }
      for paragraph in said where !paragraphs.contains(paragraph) { paragraphs.append(paragraph) }
    }
    return paragraphs
  }

  private func parts(of facts: Facts, row: Int, in page: Page) -> [Part] {
    assessment.facts.filter {
      $0.place.page == page.name && $0.place.table == facts.table && $0.place.row == row + 1
    }
  }

  private func traces(of parts: [Part]) -> [Int] {
    var traces: [Int] = []
    for trace in parts.flatMap(\.verdict.evidence).map(\.trace) where !traces.contains(trace) {
      traces.append(trace)
    }
    return traces
  }
}
