import Claims
import Documents
import TCP
import Traces

/// The steps of a run beside its drawing: what the document says and what the kernel did, and, once a step is chosen,
/// what each observer saw.
struct StepList {
  let figure: Figure
  let names: ClaimNames

  private var picture: Picture { figure.picture }

  var html: Markup {
    .element(
      "ol", ["class": "steps", "aria-label": "Steps of figure \(figure.number)"],
      zip(picture.rows.indices, picture.steps).map { index, step in
        guard let step else { return pause(picture.rows[index]) }
        return item(index, step: step)
      })
  }

  private func pause(_ row: Picture.Row) -> Markup {
    guard case .pause(let nanoseconds, let timer) = row.what else { return .nothing }
    return .element("li", ["class": "pause"], waiting(nanoseconds, timer))
  }

  private func item(_ index: Int, step: Int) -> Markup {
    let row = picture.rows[index]
    let id = figure.id(ofStep: step)
    var parts: [Markup] = [
      .element(
        "a", ["href": "#" + id, "class": "step", "aria-label": label(row, step: step)],
        [
          .element("span", ["class": "number"], "\(step)"), .element("span", ["class": "what"], title(row)),
          .element("span", ["class": "when"], row.time.map { readable(nanoseconds: $0) } ?? ""),
        ])
    ]
    parts += row.remarks.map(comparison)
    let states = LadderWords(picture: picture).states(row.states)
    if !states.isEmpty { parts.append(.element("p", ["class": "states"], "now " + states)) }
    parts.append(seen(index))
    return .element("li", ["id": id, "class": row.isFaint ? "passing" : nil], parts)
  }

  private func label(_ row: Picture.Row, step: Int) -> String {
    "Step \(step): \(LadderWords(picture: picture).what(row))" + (row.mark.map { ", \($0.words)" } ?? "")
      + ". What each observer saw"
  }

  private func title(_ row: Picture.Row) -> [Markup] {
    switch row.what {
    case .segment(let label, let party, let isLost):
      let way = "\(picture.names[party]) → \(picture.names[party.other]) "
      return [Markup(way), .code(label)] + (isLost ? [.element("b", ["class": "lost"], " lost")] : [])
    case .call(let label, let party, let outcome, let failed):
      let told = outcome.map { [Markup.element("b", ["class": failed ? "lost" : nil], " \($0)")] } ?? []
      return [Markup("\(picture.names[party]) calls "), .code(label)] + told
    case .pause: return []
    case .note(let text): return [Markup(text)]
    case .states: return [Markup("no activity")]
    }
  }

  /// The document's cell beside the kernel's.
  private func comparison(_ remark: Picture.Remark) -> Markup {
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

  /// Shown where the step is chosen, and on paper.
  private func seen(_ index: Int) -> Markup {
    let lines = Sights(figure.events(ofRow: index), of: figure.trace).lines
    let sights = lines.map { line -> Markup in
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
    var parts: [Markup] = [inTheDocument(picture.rows[index])]
    parts.append(
      sights.isEmpty
        ? .element("p", "No observer saw anything.")
        : .element("ul", ["class": "sights", "aria-label": "What each observer saw"], sights))
    parts.append(.element("a", ["class": "close", "href": "#" + figure.id], "Close"))
    return .element("div", ["class": "seen"], parts)
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
    let place = "\(judgement.page):\(told.line)"
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
