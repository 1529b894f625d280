import Documents
import TCP

/// A step of a picture, with the states of both ends once it is over.
struct PictureStep {
  /// Counted from 1.
  let number: Int
  /// The index of its row in the picture.
  let index: Int
  let row: Picture.Row
  /// The wait for a timer that came before it, in words.
  let wait: String?
  let states: PartyStates
  /// The states that the ends came to in this step.
  let changes: [StateChange]
}

/// The states of both ends at one moment.
struct PartyStates {
  private(set) var all: Both<State?>
  /// True for an end that was in another state before CLOSED: its connection is over.
  private(set) var hasEnded = Both(false)

  init(_ states: Both<State?>) { all = states }

  mutating func change(_ party: Party, to state: State) {
    if all[party] != nil { hasEnded[party] = state == .closed }
    all[party] = state
  }
}

/// A change of state of one end.
struct StateChange {
  let party: Party
  let from: State
  let to: State
  /// True if this end sent an RST in the step, false if it received one; nil where there was none.
  let reset: Bool?

  /// The edge of RFC 9293's figure; nil where it has none between the two.
  var edge: Transition? { Transition.edge(from: from, to: to) }

  /// The event that led to the new state, in the figure's words, or the reason why the figure has none.
  var reason: String { edge?.label ?? Transition.reasonForNoEdge(from: from, to: to, reset: reset) }
}

extension Picture {
  /// All steps, with what comes before each.
  var stepsInFull: [PictureStep] {
    var states = PartyStates(initial)
    var wait: String?
    var all: [PictureStep] = []
    for (index, number) in zip(rows.indices, steps) {
      let row = rows[index]
      if case .pause(let nanoseconds, let timer) = row.what { wait = waiting(nanoseconds, timer) }
      guard let number else { continue }
      var changes: [StateChange] = []
      for party in Party.allCases {
        guard let state = row.states[party] else { continue }
        if let before = states.all[party], before != state {
          // A kernel changes the state first, and then sends the RST.
          let next = rows[(index + 1)...].first { !$0.isPause }?.resetter
          let reset = row.resetter.map { $0 == party } ?? (next == party ? true : nil)
          changes.append(StateChange(party: party, from: before, to: state, reset: reset))
        }
        states.change(party, to: state)
      }
      all.append(
        PictureStep(
          number: number, index: index, row: row, wait: wait, states: states, changes: changes))
      wait = nil
    }
    return all
  }
}
