import Claims
import Documents
import TCP
import Traces

/// The parts of a step of a run: what each observer saw, and the row as the page has it.
struct StepParts {
  let figure: Figure
  let names: ClaimNames

  private var picture: Picture { figure.picture }

  var words: StepWords { StepWords(picture: picture, names: names) }

  /// The row as the page has it, and what each observer saw of it.
  func evidence(_ index: Int) -> [Markup] {
    let sights = Sights(figure.events(ofRow: index), of: figure.trace).lines.map { line -> Markup in
      let from = readable(nanoseconds: line.from - picture.clock)
      let to = readable(nanoseconds: line.to - picture.clock)
      let looks = line.count > 1 ? " (\(line.count) samples)" : ""
      return .element(
        "li",
        [
          .element("b", line.observer + (line.who.isEmpty ? "" : " · \(line.who)")),
          .element("i", from == to ? from : "\(from) to \(to)"), Markup(line.text + looks),
        ])
    }
    return [
      inTheDocument(picture.rows[index]),
      sights.isEmpty
        ? .element("p", "No observer saw anything.")
        : .element("ul", ["class": "sights", "aria-label": "What each observer saw"], sights),
    ]
  }

  /// The rung as the page has it.
  private func inTheDocument(_ row: Picture.Row) -> Markup {
    guard let judgement = figure.judgement, let rung = row.rung, judgement.ladder.rungs.indices.contains(rung)
    else { return .nothing }
    let told = judgement.ladder.rungs[rung]
    let cells = Party.allCases.map { party -> [Markup] in
      let text = told.cells[party].text
      return [Markup("\(picture.names[party]) "), text.isEmpty ? Markup("–") : .code(text)]
    }
    let place = "the page \(judgement.page), line \(told.line)"
    return .element("p", ["class": "rung"], [Markup("\(place): ")] + cells[0] + [Markup(" | ")] + cells[1])
  }
}

extension Picture.Row {
  /// The document's rung that this row was compared with, by its index; nil where it has none.
  var rung: Int? {
    for remark in remarks {
      switch remark.subject {
      case .segment(let rung, _), .state(let rung, _): return rung
      case .extra, .fact: continue
      }
    }
    return nil
  }
}
