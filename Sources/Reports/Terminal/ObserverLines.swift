import Claims
import Documents
import Traces

/// The observers and what they saw, and what they disagree on.
struct ObserverLines {
  private let assessment: Assessment
  private let style: Style

  init(_ assessment: Assessment, style: Style) {
    self.assessment = assessment
    self.style = style
  }

  /// All of it where the evidence is asked for; else the observers that were missed, and those that missed something where a
  /// claim is undecided.
  func lines() -> [Line] {
    section("Observers", observers) + (style.showsEvidence ? section("Findings", findings) : [])
  }

  /// The parts of the pages that were not read. They stand first: what follows may be undecided because of them.
  func unreadLines() -> [Line] {
    let hasUnknownCell = assessment.pages.flatMap(\.unread).contains { $0.kind == .cell(suggestion: nil) }
    let example = "a cell of a ladder looks like SYN+ACK(SEQ:300,ACK:101) [SYN_RECV]"
    return section("Could not read" + (hasUnknownCell ? " (\(example))" : ""), unread)
  }

  private func section(_ title: String, _ table: TextTable) -> [Line] {
    table.rows.isEmpty
      ? []
      : [Line()] + wrapped(title, to: style.width).map { Line($0, .strong) } + table.lines(width: style.width)
  }

  private var observers: TextTable {
    var table = TextTable()
    for observation in Observation.all(of: assessment.run)
    where style.showsEvidence || observation.isMissed || observation.lost > 0 && !assessment.isDecided {
      var paragraphs: [Paragraph] = []
      if observation.variants > 0 { paragraphs.append(Paragraph(observation.sights)) }
      paragraphs += observation.limits.map { Paragraph($0, .faint) }
      for reason in observation.reasons {
        paragraphs.append(
          Paragraph(
            reason, observation.isMissed ? .soft : .faint,
            label: observation.isMissed ? "not available: " : "")
        )
      }
      if observation.isMissed {
        paragraphs.append(Paragraph(observation.kind.cost, .faint, label: "effect: "))
        paragraphs.append(Paragraph(observation.kind.remedy, .faint, label: "to enable: "))
      }
      table.rows.append([.init(observation.kind.rawValue), .init(paragraphs)])
    }
    return table
  }

  private var findings: TextTable {
    var table = TextTable()
    for finding in Finding.all(of: assessment.run) {
      let why = finding.explanation.map { [Paragraph($0, .faint, label: "  ")] } ?? []
      table.rows.append([.init([Paragraph(finding.text)] + why)])
    }
    return table
  }

  private var unread: TextTable {
    var table = TextTable()
    for page in assessment.pages {
      for cell in page.unread {
        let note = cell.note.map { [Paragraph($0, .faint)] } ?? []
        table.rows.append([.init("\(page.name):\(cell.line)"), .init([Paragraph(cell.text)] + note)])
      }
    }
    return table
  }
}
