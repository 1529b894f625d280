import Claims
import Documents

/// A place at which a reader of a figure stops: before the first step, at a question, or after a step.
struct StepStop {
  enum Kind: Equatable {
    case start
    /// Asks for the states after the step.
    case question
    case step
  }

  let kind: Kind
  /// The step; nil at the start.
  let step: PictureStep?
  /// The states that are shown here: at a question those before the step.
  let states: PartyStates
  /// The claims' sentences that explain the step.
  let sentences: [String]

  /// The end of a name for this stop: `s3`, and `q3` for the question before it.
  var suffix: String { kind == .question ? "q\(step?.number ?? 0)" : "s\(step?.number ?? 0)" }

  var changes: [StateChange] { kind == .step ? step?.changes ?? [] : [] }

  /// All stops of a figure in order.
  ///
  /// - Parameter quiz: asks before each step in which a state changes.
  static func all(of figure: Figure, pages: [Page], quiz: Bool) -> [StepStop] {
    var states = PartyStates(figure.picture.initial)
    var stops = [StepStop(kind: .start, step: nil, states: states, sentences: [])]
    let page = pages.first { $0.name == figure.judgement?.page }
    var known: Set<String> = []
    for step in figure.picture.stepsInFull {
      // A claim explains the first step that it is about.
      let claims = figure.claims(of: step).filter { known.insert($0).inserted }
      let sentences = claims.compactMap { page?.restatement(of: $0)?.withoutPlace.asSentence }
      if quiz, !step.changes.isEmpty {
        stops.append(StepStop(kind: .question, step: step, states: states, sentences: []))
      }
      stops.append(StepStop(kind: .step, step: step, states: step.states, sentences: sentences))
      states = step.states
    }
    return stops
  }
}

extension Figure {
  /// The claims that a step explains. One about two segments that cross is explained once both have left.
  func claims(of step: PictureStep) -> [String] {
    let all = claims(of: step.row)
    guard let rung = step.row.rung, let rungs = judgement?.ladder.rungs, rungs.indices.contains(rung),
      rungs[rung].cells.left.segment != nil, rungs[rung].cells.right.segment != nil,
      picture.rows[(step.index + 1)...].contains(where: { $0.rung == rung && $0.isSegment })
    else { return all }
    return all.filter { !rungs[rung].claims.contains($0) }
  }

  /// The claims that a row is about: those of the judge's remarks, and those of the document's row.
  func claims(of row: Picture.Row) -> [String] {
    let rungs = judgement?.ladder.rungs ?? []
    let own = row.rung.flatMap { rungs.indices.contains($0) ? rungs[$0].claims : nil } ?? []
    var all: [String] = []
    for claim in row.remarks.flatMap(\.claims) + own where !all.contains(claim) { all.append(claim) }
    return all
  }

  /// The layout of the drawing, and the height of all of it.
  var layout: LadderLayout { LadderLayout(picture) }

  func id(of stop: StepStop) -> String { id + stop.suffix }
}

extension LadderLayout {
  /// The place down to which the drawing shows what has happened at this stop.
  func bottom(of stop: StepStop) -> Double {
    let index = stop.step?.index ?? 0
    guard rows.indices.contains(index) else { return bottom }
    let reached = stop.kind == .step ? rows[index].bottom : rows[index].top
    // The name of a state that began with the last arrival stands below it.
    let states = rows[index].row.states
    let isNamed = stop.kind == .question || states.left != nil || states.right != nil
    let name = stop.kind == .start ? 14.0 : isNamed ? 9 : 0
    return min(reached + name, bottom)
  }
}
