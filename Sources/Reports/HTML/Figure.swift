import Claims
import Documents
import Traces

/// A run as a part of the page: its drawing, and names for each of its steps that links lead to.
struct Figure {
  /// Counted from 1, in the order in which the figures stand in the page.
  let number: Int
  /// The place of the trace in its run.
  let place: Int
  let trace: Trace
  let judgement: LadderJudgement?
  let title: RunTitle
  let picture: Picture

  init(_ place: Int, number: Int, in assessment: Assessment, style: Style) {
    self.number = number
    self.place = place
    trace = assessment.run.traces[place]
    judgement = assessment.ladders.first { $0.trace == place }
    title = assessment.title(ofTrace: place)
    var drawing = Picture(of: trace, judged: judgement, most: Picture.mostRows, times: style.showsTimes)
    if style.setsBeside { drawing.difference = assessment.difference(of: drawing, atTrace: place) }
    if !style.drawsAll, !assessment.catalogue.isDrawn(trace.variant.subject) { drawing.rows = [] }
    picture = style.tellsPages && !style.drawsAll ? drawing.withoutRepetition() : drawing
  }

  var isLadder: Bool { if case .ladder = trace.variant.subject { true } else { false } }
  var id: String { "f\(number)" }
  func id(ofStep step: Int) -> String { "f\(number)s\(step)" }

  /// The steps that prove the verdict on this part: of a state the one that it is judged at, else those that show its
  /// evidence.
  ///
  /// A state may be in force since an earlier step, so its evidence alone would lead there.
  func steps(of part: Part) -> [Int] {
    let steps = picture.steps
    if case .state = part.subject, isJudged(part),
      let row = picture.rows.firstIndex(where: { $0.remarks.contains { $0.subject == part.subject } })
    {
      return steps[row].map { [$0] } ?? []
    }
    let events = part.verdict.evidence.filter { $0.trace == place }.flatMap(\.events)
    return events.compactMap { picture.row(ofEvent: $0).flatMap { steps[$0] } }
  }

  /// Tells whether the part is one of the ladder that this run was made from.
  private func isJudged(_ part: Part) -> Bool {
    part.place.page == judgement?.page && part.place.table == judgement?.ladder.table
  }

  /// The events from this row on, up to the next one, and the arrival of its segment, wherever that comes.
  func events(ofRow index: Int) -> [Int] {
    let row = picture.rows[index]
    // A note in the place of a step stands for all the steps that are not drawn: too many to tell what was seen of them.
    if case .note = row.what, trace.isMove(row.place) { return [] }
    let next = picture.rows[(index + 1)...].first { $0.place > row.place && !$0.isPause }
    let own = Array(row.place..<(next?.place ?? trace.events.endIndex))
    guard let arrival = row.arrival, !own.contains(arrival) else { return own }
    return own + [arrival]
  }
}

/// All figures of a page, and links to them.
struct Figures {
  let all: [Figure]

  /// In a lesson they stand in its order; else ladders come first. What is shown nowhere comes last.
  init(_ assessment: Assessment, style: Style) {
    let places = Array(assessment.run.traces.indices)
    let ladders = places.filter {
      if case .ladder = assessment.run.traces[$0].variant.subject { true } else { false }
    }
    var order: [Int] = []
    let told =
      style.tellsPages ? assessment.lessons.flatMap { ToldPage(assessment: assessment, page: $0).runs } : []
    for place in told + ladders + places where !order.contains(place) { order.append(place) }
    all = order.enumerated().map { Figure($1, number: $0 + 1, in: assessment, style: style) }
  }

  /// Links to the steps that prove the verdicts on these parts, at most `most` for each run.
  func links(to parts: [Part], most: Int = 2) -> [Markup] {
    var links: [Markup] = []
    for figure in all {
      let shown = parts.filter { $0.verdict.evidence.contains { $0.trace == figure.place } }
      guard !shown.isEmpty else { continue }
      let steps = Set(shown.flatMap(figure.steps)).sorted()
      if steps.isEmpty {
        links.append(link("#" + figure.id, "figure \(figure.number)"))
      } else {
        links += steps.prefix(most).map {
          link("#" + figure.id(ofStep: $0), "figure \(figure.number), step \($0)")
        }
      }
    }
    return links
  }

  private func link(_ place: String, _ text: String) -> Markup { .element("a", ["href": place], text) }
}
