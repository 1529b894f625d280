import Claims
import Documents
import TCP
import Traces

/// The parts of a step in words: what happened, what the document says of it, and what each observer saw.
struct StepParts {
  let figure: Figure
  let names: ClaimNames

  private var picture: Picture { figure.picture }

  func title(_ row: Picture.Row) -> [Markup] {
    moved(row) + row.reasons.map { .element("span", ["class": "faint"], "; \($0)") }
  }

  private func moved(_ row: Picture.Row) -> [Markup] {
    switch row.what {
    case .segment(let label, let party, .arrives):
      return [.code(label), Markup(" from \(picture.names[party]) arrives")]
    case .segment(let label, let party, let part):
      let way = "\(picture.names[party]) → \(picture.names[party.other]) "
      let remark = part.remark.map { Markup.element("b", ["class": "lost"], " \($0)") }
      return [Markup(way), .code(label)] + [remark].compactMap { $0 }
    case .call(let label, let party, let outcome, let failed):
      let told = outcome.map { [Markup.element("b", ["class": failed ? "lost" : nil], " \($0)")] } ?? []
      return [Markup("\(picture.names[party]) calls "), .code(label)] + told
    case .pause: return []
    case .note(let text): return [Markup(text)]
    case .states: return [Markup(row.change(names: picture.names))]
    }
  }

  /// The document's cell beside the kernel's.
  func comparison(_ remark: Picture.Remark) -> Markup {
    let both = Difference(expected: remark.expected, seen: remark.seen)
    let who: String =
      switch remark.subject {
      case .state(_, let party): picture.names[party] + " "
      case .segment, .extra, .fact: ""
      }
    let isDecided = !remark.mark.isOpen
    let seen = isDecided || !remark.seen.isEmpty ? both.kernel : .element("span", ["class": "faint"], "–")
    let reason = remark.mark == .confirmed ? nil : remark.reason
    let content: [Markup] = [
      .element(
        "div", ["class": "said"], [.element("span", ["class": "label"], "document \(who)"), both.document]),
      .element("div", ["class": "did"], [.element("span", ["class": "label"], "kernel \(who)"), seen]),
      .element(
        "p", ["class": "verdict"],
        [remark.mark.html, Markup(" "), .joined(remark.claims.map(names.link), by: " "), Markup(" ")]
          + (reason.map { [.element("span", ["class": "reason"], $0)] } ?? [])),
    ]
    return .element("div", ["class": "compare \(remark.mark.form)"], content)
  }

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
