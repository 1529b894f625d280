import Benches
import Documents
import TCP
import Traces

extension Stage {
  /// What an end in one state makes of segments that do not belong there, each on a connection of its own.
  func playAnswers(under conditions: [Condition]) throws {
    let state = State.answering.first { conditions.contains(.arrivesIn($0)) } ?? .established
    let strange = StrangeSegment.allCases.filter { $0.isMeant(for: state) }
    guard bench.holdsPackets else {
      for segment in strange {
        cannotMeasure(segment.figure, because: "only a wire makes segments up; --on wire")
      }
      return
    }
    // Only who accepts is in SYN_RECV before its time.
    let party = state == .synReceived ? opener.other : opener
    recorder.record(.rung(index: 0))
    // Its answers are not to be kept back because there was one within half a second.
    try withSetting("net.ipv4.tcp_invalid_ratelimit", "0", at: party, measuring: strange[0].figure) {
      for segment in strange {
        let isMeasured = try playFresh { stage in try stage.measureAnswer(to: segment, of: party, in: state) }
        if !isMeasured { cannotMeasure(segment.figure, because: "the machine stalled each time") }
      }
    }
  }

  private func measureAnswer(to strange: StrangeSegment, of party: Party, in state: State) throws {
    try reach(state, of: party)
    try look()
    let reached = try record(of: party)?.state ?? .closed
    guard reached == state, let place = place(of: party, in: state) else {
      return measure(
        strange.figure, "\(state.rawValue) is not reached but \(reached.rawValue)", "sock_diag",
        proof: [lastLook(at: party)])
    }
    let answer = try answer(to: strange.segment(at: place), payload: strange.payload, of: party)
    voidIfSentAgain(party)
    // Data that should not be there, and was taken.
    let isTaken = answer.places.contains {
      recorder.events[$0].segment?.acknowledged.map { place.next < $0 } ?? false
    }
    let takes = isTaken && !strange.payload.isEmpty ? " of its data" : ""
    measure(
      strange.figure, "\(answer.text)\(takes), \(try whatIsLeft(of: party))",
      "the segments that came back, and sock_diag once they had", proof: answer.places + [lastLook(at: party)]
    )
  }

  /// Lets a made-up segment arrive, and waits for what the party sends because of it.
  func answer(to segment: Segment, payload: [UInt8] = [], of party: Party) throws -> (
    text: String, places: [Int]
  ) {
    let start = recorder.events.count
    try forge(segment, payload: payload, from: party.other)
    try settle()
    // A SYN that was answered strangely is sent again two ticks later.
    if try record(of: party)?.state == .synSent { for _ in 0..<5 { try settle() } }
    try look()
    let answers = recorder.events.indices.filter {
      $0 >= start && recorder.events[$0].party == party && recorder.events[$0].segment != nil
    }
    let texts = answers.compactMap { recorder.events[$0].segment?.inShort }
    return (texts.isEmpty ? "nothing" : texts.joined(separator: " and "), [start] + answers)
  }

  /// The state that the party is in, and what its program has to be told.
  func whatIsLeft(of party: Party) throws -> String {
    let state = try record(of: party)?.state ?? .closed
    let errno = try failure(of: party)
    return state.rawValue + (errno.map { " with \($0)" } ?? "")
  }
}

extension Segment {
  /// Flags, whether there is data, and whether blocks are told: `ACK with SACK`.
  var inShort: String {
    let tellsBlocks = options.contains { if case .sack = $0 { true } else { false } }
    return "\(flags)" + (length > 0 ? " with data" : "") + (tellsBlocks ? " with SACK" : "")
  }
}
