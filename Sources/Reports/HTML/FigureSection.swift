import Claims
import Documents
import Traces

/// A run in the page: drawing and steps side by side, and what was measured.
struct FigureSection {
  let figure: Figure
  let names: ClaimNames
  var showsSights = true

  var html: Markup {
    .element(
      "article", ["id": figure.id, "class": "figure"],
      [.element("h3", [number, Markup(figure.title.heading)])] + body)
  }

  /// A run that most readers pass over: it opens where a link leads into it.
  var folded: Markup {
    let conditions = figure.trace.variant.conditions.map(\.description).joined(separator: ", ")
    return .element(
      "details", ["class": "figure"],
      [
        .element(
          "summary",
          [
            number, Markup(figure.title.heading),
            .element("span", ["class": "faint"], conditions.isEmpty ? "" : " \(conditions)"),
          ]), .element("div", ["id": figure.id], body),
      ])
  }

  private var number: Markup {
    .element("span", ["class": "number"], "Diagram \(figure.number) ")
  }

  private var body: [Markup] {
    var parts: [Markup] = [
      .element("p", ["class": "details"], figure.title.shownDetails.joined(separator: " · "))
    ]
    if let reason = figure.trace.reasonNotJudged {
      parts.append(.element("p", ["class": "reason"], "Not judged: \(reason)."))
    }
    if !figures.isEmpty {
      parts.append(
        .table(caption: "Measured", form: "measured", head: ["what", "value", "source"], rows: figures))
    }
    guard !figure.picture.rows.isEmpty else { return parts }
    parts.append(
      .element(
        "div", ["class": "spread"],
        [
          .element("figure", [Self.drawing(of: figure), caption]),
          StepList(figure: figure, names: names, showsSights: showsSights).html,
        ]))
    return parts
  }

  static func drawing(of figure: Figure) -> Markup {
    LadderSVG(figure.picture) { figure.id(ofStep: $0) }.inPage(id: figure.id)
  }

  private var caption: Markup {
    let notes = figure.picture.footnotes.map { Markup.element("p", $0) }
    return .element("figcaption", notes)
  }

  private var figures: [Markup.Row] {
    figure.trace.events.compactMap { event in
      guard case .measurement(let measured) = event.what else { return nil }
      let mark = if case .unobservable = measured.result { Mark.unobservable } else { Mark.undecided }
      return Markup.Row(cells: [
        Markup(measured.name), measured.value.map { .code($0.description) } ?? mark.html,
        Markup(measured.missing?.description ?? measured.source),
      ])
    }
  }
}
