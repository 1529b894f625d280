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

  init(_ place: Int, number: Int, in assessment: Assessment) {
    self.number = number
    self.place = place
    trace = assessment.run.traces[place]
    judgement = assessment.ladders.first { $0.trace == place }
    title = RunTitle(trace.variant, judgement: judgement, pages: assessment.pages)
    picture = Picture(of: trace, judged: judgement, most: Picture.mostRows)
  }

  var isLadder: Bool { if case .ladder = trace.variant.subject { true } else { false } }
  var id: String { "f\(number)" }
  func id(ofStep step: Int) -> String { "f\(number)s\(step)" }

  /// The steps that show these events, each once, in order.
  func steps(showing events: [Int]) -> [Int] {
    let steps = picture.steps
    return Set(events.compactMap { picture.row(ofEvent: $0).flatMap { steps[$0] } }).sorted()
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

  /// Ladders come first, then what no ladder shows.
  init(_ assessment: Assessment) {
    let places = assessment.run.traces.indices
    let ladders = places.filter {
      if case .ladder = assessment.run.traces[$0].variant.subject { true } else { false }
    }
    all = (ladders + places.filter { !ladders.contains($0) }).enumerated().map {
      Figure($1, number: $0 + 1, in: assessment)
    }
  }

  /// Links to the steps that prove something, at most `most` for each run.
  func links(to evidence: [Verdict.Evidence], most: Int = 2) -> [Markup] {
    var links: [Markup] = []
    for figure in all {
      let events = evidence.filter { $0.trace == figure.place }.flatMap(\.events)
      guard !events.isEmpty else { continue }
      let steps = figure.steps(showing: events)
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
