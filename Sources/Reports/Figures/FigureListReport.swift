package import Claims
import Traces

extension FigureList {
  /// The figures of each scenario under its name, for a person.
  package func terminalReport(style: Style) -> String {
    var listing = Listing(style: style)
    for scenario in scenarios {
      let own = entries.filter { $0.scenario == scenario.name }
      guard !own.isEmpty else { continue }
      let usual = scenario.conditions.map(\.setBy)
      listing.add(
        scenario.name.rawValue, note: "conditions: " + usual.joined(separator: "; "),
        own.map { row(of: $0, unless: usual) })
    }
    return listing.text
  }

  /// The figure, below it its conditions where these are not all that its scenario has, and an example.
  private func row(of entry: Entry, unless usual: [String]) -> [TextTable.Cell] {
    var paragraphs = [Paragraph(entry.name, .strong)]
    if entry.conditions != usual, !entry.conditions.isEmpty {
      paragraphs.append(Paragraph("only with: " + entry.conditions.joined(separator: "; "), .faint))
    }
    if !entry.longConditions.isEmpty {
      paragraphs.append(
        Paragraph("only with --all-timers: " + entry.longConditions.joined(separator: "; "), .faint))
    }
    if !entry.given.isEmpty {
      paragraphs.append(Paragraph("measured with: " + entry.given.joined(separator: ", "), .faint))
    }
    return [TextTable.Cell(paragraphs), TextTable.Cell(entry.example ?? "", .faint)]
  }

  /// One line for each figure: its name, its conditions, an example, and what its runs set beside, with a tab between them.
  package var lines: String {
    entries.map { entry in
      let conditions = (entry.conditions + entry.longConditions).joined(separator: "; ")
      let given = entry.given.joined(separator: ", ")
      return [entry.name, conditions, entry.example ?? "", given].joined(separator: "\t") + "\n"
    }.joined()
  }

  package func jsonReport() -> String {
    jsonText(JSONFigures(figures: entries.map(JSONFigure.init))) + "\n"
  }
}

private struct JSONFigures: Encodable {
  var schema = 1
  var kind = JSONKind.figures
  var figures: [JSONFigure]
}

private struct JSONFigure: Encodable {
  var name: String
  var scenario: String
  var conditions: [String]
  var everyTimerConditions: [String]
  var given: [String]
  var example: String?

  init(_ entry: FigureList.Entry) {
    name = entry.name
    scenario = entry.scenario.rawValue
    conditions = entry.conditions
    everyTimerConditions = entry.longConditions
    given = entry.given
    example = entry.example
  }
}
