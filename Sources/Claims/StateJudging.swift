import Documents
import TCP
import Traces

extension LadderJudge {
  /// Judges whether the party was in this state at a quiet point of the rung.
  mutating func judge(_ state: State, rung: Int, party: Party) {
    let arrival = arrival(rung: rung, party: party)
    var stretches = arrival?.stretches ?? stretches(of: rung)
    let rungs = judgement.ladder.rungs
    if rungs[rung].cells[party].elements.contains(.orNext), rung + 1 < rungs.count {
      stretches += self.stretches(of: rung + 1)
    }
    let seen = stretches.flatMap { trace.states(of: party, in: $0) }
    let proof = seen.filter { $0.state == state || (state == .closed && isListenerOnly($0, of: party)) }
    if let unsure = arrival?.unsure, unsure == state, trace.end == .finished, !proof.isEmpty {
      let verdict = Verdict(
        .undecided, expected: "[\(state.rawValue)]", seen: "[\(state.rawValue)]",
        reason:
          "the arrival was not observed, and the state was the same before it; --on wire observes it",
        evidence: evidence(proof.map(\.place)))
      return add(.state(rung: rung, party: party), verdict)
    }
    if trace.end != .stalled, !proof.isEmpty {
      let verdict = Verdict(
        .confirmed, expected: "[\(state.rawValue)]", seen: "[\(state.rawValue)]",
        evidence: evidence(proof.map(\.place)))
      return add(.state(rung: rung, party: party), verdict)
    }
    if trace.end != .stalled, rungs[rung].cells[party].elements.contains(.perhapsReceived) {
      let before = self.stretches(of: rung).flatMap { trace.states(of: party, in: $0) }.filter {
        $0.state == state
      }
      if !before.isEmpty {
        let verdict = Verdict(
          .undecided, expected: "[\(state.rawValue)]", seen: "[\(state.rawValue)]",
          reason:
            "the page does not say whether this is the state before or after the arrival; the kernel was in it only before",
          evidence: evidence(before.map(\.place)))
        return add(.state(rung: rung, party: party), verdict)
      }
    }
    // A state that passes between two looks may have sent a segment that no other state sends.
    if trace.end == .finished, trace.blindness(to: state) != nil,
      let place = trace.proof(of: state, of: party, in: stretches)
    {
      let verdict = Verdict(
        .confirmed, expected: "[\(state.rawValue)]", seen: "[\(state.rawValue)]",
        reason: trace.inference(from: place),
        evidence: evidence([place]))
      return add(.state(rung: rung, party: party), verdict)
    }
    var names: [String] = []
    for other in seen where !names.contains(other.state.rawValue) { names.append(other.state.rawValue) }
    let text = names.isEmpty ? "nothing" : names.map { "[\($0)]" }.joined(separator: ", ")
    var obstacle = trace.end == .finished ? trace.blindness(to: state) : trace.obstacle?.description
    if seen.isEmpty, obstacle == nil { obstacle = "no observer had a sample at this moment" }
    if obstacle == nil, state == .closed, !judgement.ladder.isExhaustive,
      seen.allSatisfy({ $0.state == .timeWait }),
      namesTimeWait(of: party, until: rung)
    {
      obstacle = "CLOSED follows at the end of TIME_WAIT, which the run does not wait for"
    }
    add(
      .state(rung: rung, party: party),
      Verdict(
        obstacle == nil ? .contradicted : trace.open, expected: "[\(state.rawValue)]", seen: text,
        reason: obstacle,
        evidence: evidence(seen.map(\.place))))
  }

  /// Tells whether the page gives TIME_WAIT for the party before this rung: its CLOSED is then that after 2 MSL.
  private func namesTimeWait(of party: Party, until rung: Int) -> Bool {
    judgement.ladder.rungs[..<rung].contains { $0.cells[party].state == .timeWait }
  }

  /// Tells whether the party is back in LISTEN behind SYN_RECV: of the connection itself nothing is left.
  private func isListenerOnly(_ seen: SeenState, of party: Party) -> Bool {
    guard seen.state == .listen else { return false }
    return trace.states(of: party, in: 0..<seen.place).contains { $0.state == .synReceived }
  }

  /// The stretches from the arrival on, where the document says that the other party's segment was received; in them
  /// the state before does not count. On loopback the arrival is not seen; then they begin where the segment left, and
  /// a state that the party was in at that moment (`unsure`) may be the one before.
  private func arrival(rung: Int, party: Party) -> (stretches: [Range<Int>], unsure: State?)? {
    guard judgement.ladder.rungs[rung].isReceived(by: party) else { return nil }
    if let place = lateArrival(rung: rung, from: party.other) {
      return ([place..<trace.endOfStretch(from: place)], nil)
    }
    guard let place = judgement.runs[rung][party.other].last
    else { return nil }
    if let arrival = trace.arrival(ofSegmentAt: place) {
      return ([arrival..<trace.endOfStretch(from: arrival)], nil)
    }
    let before = trace.states(of: party, in: place..<place).last ?? trace.lastLook(of: party, before: place)
    return ([place..<trace.endOfStretch(from: place)], before?.state)
  }

  /// The stretches in which nothing moved after a rung's segments left and arrived; of a rung without a segment,
  /// the one that begins with it, and those after its calls and late arrivals.
  private func stretches(of rung: Int) -> [Range<Int>] {
    let places = Party.allCases.flatMap { judgement.runs[rung][$0] }
    if !places.isEmpty { return places.flatMap { trace.quietStretches(around: $0) } }
    guard let start = trace.events.firstIndex(where: { $0.what == .rung(index: rung) }) else { return [] }
    return ([start] + moments(of: rung)).map { $0..<trace.endOfStretch(from: $0) }
  }
}
