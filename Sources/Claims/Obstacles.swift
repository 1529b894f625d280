package import TCP
package import Traces

extension Trace {
  /// The reason why nothing that was not seen can be held against the document; nil where it can.
  package var obstacle: Reason? {
    switch end {
    case .stalled: return .disturbed("the machine stalled in each of \(disturbances) runs")
    case .cannotRun(let reason): return reason
    case .leftOut(let omission): return .leftOut(by: omission)
    case .finished: break
    }
    if seesSegments { return nil }
    let reasons = observers.filter { $0.kind == .capture }.compactMap(\.reason)
    return .needs("segments to be seen: " + (reasons.first ?? "no observer ran"))
  }

  /// The verdict on what was not seen for the reason of ``obstacle``: what a person left out is not undecided.
  var open: Verdict.Kind { if case .leftOut = end { .leftOut } else { .undecided } }

  /// The words for a state that nobody saw and that the segment at this place proves.
  func inference(from place: Int) -> String {
    let flags = events[place].segment.map { "\($0.flags)" } ?? "segment"
    return
      "inferred: not seen, but \(events[place].party.map { names[$0] } ?? "the party") sent a \(flags) that no other state sends"
  }

  /// The reason why this state may have been there unseen; nil where an observer would have seen it.
  package func blindness(to state: State) -> String? {
    // On the wire nothing moves between two looks, so a look misses nothing.
    if variant.bench == .wire,
      observers.contains(where: { ($0.kind == .sockDiag || $0.kind == .proc) && $0.ran })
    {
      return nil
    }
    let traced = observers.contains { $0.kind == .stateTracepoint && $0.ran && $0.lost == 0 }
    switch state {
    // Minisockets are not traced, and a listener's transitions are not its connections'.
    case .timeWait, .synReceived, .listen:
      return "no observer on loopback sees every \(state.rawValue); --on wire does"
    default:
      return traced ? nil : "only polling was available, so a short-lived state may have been missed"
    }
  }
}
