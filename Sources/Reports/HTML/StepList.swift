import Claims
import Documents

/// The steps of a run beside its drawing: what the document says and what the kernel did, and, once a step is chosen,
/// what each observer saw.
struct StepList {
  let figure: Figure
  let names: ClaimNames
  /// False where the sightings of each step are left out.
  var showsSights = true

  private var picture: Picture { figure.picture }
  private var parts: StepParts { StepParts(figure: figure, names: names) }

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
    var content: [Markup] = [
      .element(
        "a", ["href": "#" + id, "class": "step", "aria-label": label(row, step: step)],
        [
          .element("span", ["class": "number"], "\(step)"),
          .element("span", ["class": "what"], parts.words.title(row)),
          row.time.map { .element("span", ["class": "when"], readable(nanoseconds: $0)) } ?? .nothing,
        ])
    ]
    content += row.remarks.map(parts.words.comparison)
    let states = LadderWords(picture: picture).states(row.states)
    if !states.isEmpty { content.append(.element("p", ["class": "states"], "now " + states)) }
    guard showsSights else {
      return .element("li", ["id": id, "class": row.isFaint ? "passing" : nil], content)
    }
    // Shown where the step is chosen, and on paper.
    let close = Markup.element("a", ["class": "close", "href": "#" + figure.id], "Close")
    content.append(.element("div", ["class": "seen"], parts.evidence(index) + [close]))
    return .element("li", ["id": id, "class": row.isFaint ? "passing" : nil], content)
  }

  private func label(_ row: Picture.Row, step: Int) -> String {
    "Step \(step): \(LadderWords(picture: picture).what(row))" + (row.mark.map { ", \($0.words)" } ?? "")
      + (showsSights ? ". What each observer saw" : "")
  }
}
