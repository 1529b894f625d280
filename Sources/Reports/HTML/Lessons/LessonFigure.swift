import Claims
import Documents

/// A run in a lesson: its drawing, and at each step one sentence of why, the states of both ends, and the state
/// diagram.
struct LessonFigure {
  let figure: Figure
  let stops: [StepStop]
  let names: ClaimNames
  /// The links to the last stop of the figure before, and to the first of the figure after.
  let before: String?
  let after: String?
  /// True if the sightings of each step are written.
  let showsSights: Bool

  private var parts: StepParts { StepParts(figure: figure, names: names) }
  private var count: Int { figure.picture.steps.compactMap { $0 }.count }

  var html: Markup {
    let drawing = Markup.element("figure", [FigureSection.drawing(of: figure), caption])
    let cards = Markup.element(
      "ol", ["class": "cards", "aria-label": "Steps of figure \(figure.number)"], stops.indices.map(card))
    return .element(
      "article", ["id": figure.id, "class": "figure lesson"],
      [
        .element("div", ["class": "stage"], [drawing, cards])
      ])
  }

  private var caption: Markup {
    let details = "Diagram \(figure.number): " + figure.title.circumstances.joined(separator: " · ")
    let sentence = figure.title.sentence.map { Markup.element("p", ["class": "what"], ProseHTML.inline($0)) }
    return .element(
      "figcaption",
      [sentence].compactMap { $0 } + ([details] + figure.picture.footnotes).map { .element("p", $0) })
  }

  private func card(_ index: Int) -> Markup {
    let stop = stops[index]
    return .element(
      "li", ["class": stop.kind == .start ? "card first" : "card"],
      [
        .element(
          "div", ["class": "tell", "id": figure.id(of: stop)], [way(index)] + StopText(stop, parts.words).html
        ),
        StateDiagramSVG.picture(stop.states, changes: stop.changes, names: figure.picture.names),
      ] + more(stop))
  }

  /// The number of the step, and the links to the stops before and after.
  private func way(_ index: Int) -> Markup {
    func link(_ place: String?, _ text: String, _ relation: String) -> Markup {
      guard let place else { return .element("span", ["class": "faint"], text) }
      return .element("a", ["rel": relation, "href": "#" + place], text)
    }
    let number = stops[index].step.map { "Step \($0.number) of \(count)" } ?? counted(count, "step")
    let isQuestion = stops[index].kind == .question
    return .element(
      "p", ["class": "way"],
      [
        .element("span", ["class": "number"], number),
        link(index > 0 ? figure.id(of: stops[index - 1]) : before, "‹ Back", "prev"),
        link(
          index + 1 < stops.count ? figure.id(of: stops[index + 1]) : after,
          isQuestion ? "Show ›" : "Next ›", "next"),
      ])
  }

  /// The differences from the document, and the sightings.
  private func more(_ stop: StepStop) -> [Markup] {
    guard stop.kind == .step, let step = stop.step else { return [] }
    var content = step.row.remarks.filter { $0.mark != .confirmed }.map(parts.words.comparison)
    if showsSights {
      content.append(
        .element(
          "details", ["class": "observed"],
          [.element("summary", "What the observers saw")] + parts.evidence(step.index)))
    }
    return content.isEmpty ? [] : [.element("div", ["class": "more"], content)]
  }
}

/// The words at a stop: the step, why it happens, the states of both ends, and the edges that they took.
struct StopText {
  private let stop: StepStop
  private let words: StepWords
  /// The words that stand before the first step.
  private let beginning: [Markup]

  init(_ stop: StepStop, _ words: StepWords, beginning: [Markup] = []) {
    self.stop = stop
    self.beginning = beginning
    self.words = words
  }

  private var names: Both<String> { words.picture.names }

  /// The step and its reason, and beside them the states.
  var html: [Markup] {
    [.element("div", ["class": "said"], happened), .element("div", ["class": "ends"], [now] + edges)]
  }

  private var happened: [Markup] {
    guard let step = stop.step else {
      return beginning.isEmpty
        ? [.element("p", ["class": "what"], "Before the first step")]
        : [.element("div", ["class": "told"], beginning)]
    }
    let isFirstChange = stop.kind == .step && step.index == words.picture.difference
    let before = [isFirstChange ? "From here on, the exchange differs from the normal one." : nil, step.wait]
    let wait = before.compactMap { $0 }.map { Markup.element("p", ["class": "wait"], $0) }
    let reasons =
      stop.kind == .question ? ["In which state is each end after this step?"] : stop.sentences
    return wait + [.element("p", ["class": "what"], words.title(step.row))]
      + reasons.map { .element("p", ["class": "why"], ProseHTML.inline($0)) }
  }

  private var now: Markup {
    let ends = Party.allCases.compactMap { party -> Markup? in
      guard let state = stop.states.all[party] else { return nil }
      let shown = stop.kind == .question ? "?" : state.rawValue
      return .element(
        "li", ["class": party.rawValue],
        [.element("span", ["class": "label"], names[party]), .element("b", shown)])
    }
    return ends.isEmpty ? .nothing : .element("ul", ["class": "now", "aria-label": "States"], ends)
  }

  private var edges: [Markup] {
    guard !stop.changes.isEmpty else { return [] }
    let lines = stop.changes.map { change in
      Markup.element(
        "li", ["class": change.party.rawValue],
        [
          .element("b", names[change.party]),
          Markup(" \(change.from.rawValue) → \(change.to.rawValue): \(change.reason)"),
        ])
    }
    return [.element("ul", ["class": "edges"], lines)]
  }
}
