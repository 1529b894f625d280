import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// Segments arrive that do not belong where they arrive.
  package static let answers = Scenario(
    "answers to strange segments",
    Declaration(
      strangeSegments.map(\.segment.figure) + MatrixSegment.Kind.allCases.map(\.figure)
        + MatrixSegment.Kind.allCases.compactMap(\.figureOfOldTimestamp),
      under: State.answering.map { [.arrivesIn($0)] },
      settings: [
        Influence("tcp_syncookies", under: .arrivesIn(.synReceived)),
        // A listener that answers every SYN with a cookie keeps no request.
        Influence("tcp_syncookies", under: .arrivesIn(.listen)),
        Influence("tcp_max_tw_buckets", under: .arrivesIn(.timeWait)),
        // A FIN that arrives there begins TIME_WAIT.
        Influence("tcp_max_tw_buckets", under: .arrivesIn(.finWait2)),
      ], given: [.init("tcp_invalid_ratelimit", "0"), .init(.madeUpWithoutTimestamps)], needs: [.wire])
  ) { try $0.runAnswers(under: $1) }

  /// The states in which each can arrive: before a SYN is answered nothing has a number, and no window.
  fileprivate static let strangeSegments:
    [(
      segment: StrangeSegment, noticed: Figure.Notice, variants: Figure.Variants, settings: [Influence],
      known: Known?
    )] = [
      (
        .syn, .packets, .all, ["tcp_challenge_ack_limit"],
        Known(
          "Between Linux 3.13 and 5.10 a SYN in a synchronized state came to draw a challenge ACK.",
          .between("3.13", "5.10"))
      ),
      (
        .synAgain, .packets, behindSynSent,
        ["tcp_challenge_ack_limit", Influence("tcp_ecn", under: .arrivesIn(.synReceived))], nil
      ),
      (.synAck, .packets, behindSynSent, ["tcp_challenge_ack_limit"], nil),
      (.synAckOfAnother, .packets, inSynSent, [], nil),
      (
        .reset, .programs, .all,
        [Influence("tcp_rfc1337", under: .arrivesIn(.timeWait))],
        nil
      ),
      (
        .resetWithin, .programs, behindSynSent, ["tcp_challenge_ack_limit"],
        Known(
          "In SYN_RECV a challenge ACK is a fix that series took over one by one: 6.12 between 6.12.101 and 6.12.105.",
          .between("6.12.101", "6.12.105"))
      ),
      (.resetBefore, .programs, behindSynSent, [], nil),
      (.resetBeyond, .programs, behindSynSent, [], nil),
      (.resetOfAnother, .programs, inSynSent, [], nil),
      (
        .ackAhead, .packets, .all, ["tcp_challenge_ack_limit"],
        Known("A patch of 2026, backported, draws a challenge ACK in ESTABLISHED; older kernels are silent.")
      ),
      (
        .ackAgain, .packets, synchronized, [],
        Known(
          "Between Linux 5.10 and 6.1 an old ACK came to be accepted in silence while closing.",
          .between("5.10", "6.1"))
      ),
      (.ackBefore, .packets, synchronized, ["tcp_challenge_ack_limit"], nil),
      (.ackOld, .packets, behindSynSent, ["tcp_challenge_ack_limit"], nil),
      (.emptyBefore, .packets, behindSynSent, [], nil),
      (.dataBefore, .packets, behindSynSent, ["tcp_sack", "tcp_dsack"], nil),
      (.dataBeyond, .packets, behindSynSent, [], nil),
      (.dataOld, .packets, behindSynSent, ["tcp_timestamps"], nil),
      (
        .echoAhead, .packets, inSynReceived, ["tcp_timestamps"],
        Known(
          "Between Linux 6.12 and 7.2 the echo of the third ACK came to be checked.", .between("6.12", "7.2"))
      ),
      (.finBeyond, .packets, behindSynSent, [], nil),
      (.finAlone, .packets, .all, [], nil),
      (.null, .packets, .all, [], nil),
      (.christmas, .packets, .all, [], nil),
    ]

  private static let inSynSent = Figure.Variants.underAny([.arrivesIn(.synSent)])

  private static let inSynReceived = Figure.Variants.underAny([.arrivesIn(.synReceived)])

  private static let behindSynSent = Figure.Variants.underNone([
    .arrivesIn(.closed), .arrivesIn(.listen), .arrivesIn(.synSent),
  ])

  private static let synchronized = Figure.Variants.underNone([
    .arrivesIn(.closed), .arrivesIn(.listen), .arrivesIn(.synSent), .arrivesIn(.synReceived),
  ])
}

extension StrangeSegment {
  /// The figure of the answer to it.
  var figure: Figure {
    func name(_ segment: String) -> String { "answer to \(segment)" }
    guard let row = Scenario.strangeSegments.first(where: { $0.segment == self }) else {
      preconditionFailure("\(name(rawValue)) is not declared")
    }
    return Figure(
      name(rawValue), formerly: formerName.map { [name($0)] } ?? [], row.noticed, in: row.variants,
      settings: row.settings, known: row.known)
  }
}

extension Connection {
  /// Measures the answers of an end in one state to segments that do not belong there, each on a connection of its own.
  fileprivate func runAnswers(under conditions: [Condition]) throws {
    let state = State.answering.first { conditions.contains(.arrivesIn($0)) } ?? .established
    // Only who accepts is in these before its time.
    let party = [.closed, .listen, .synReceived].contains(state) ? opener.other : opener
    log.record(.rung(index: 0))
    // Its answers are not to be kept back because there was one within half a second.
    try withSettings([("net.ipv4.tcp_invalid_ratelimit", "0")], at: [party]) {
      if conditions.contains(.everyCell) { return try measureEachCell(of: party, in: state) }
      for segment in StrangeSegment.allCases where segment.isMeant(for: state) {
        try measureAnswer(to: segment, of: party, in: state)
      }
      try measureOtherCells(of: party, in: state)
    }
  }

  private func measureAnswer(to strange: StrangeSegment, of party: Party, in state: State) throws {
    let isMeasured = try sibling(events: .keptUndisturbed) { connection in
      let answer = try connection.answer(of: party, in: state, payload: strange.payload) {
        strange.segment(at: $0)
      }
      connection.measure(strange.figure, answer.value, answer.source, proof: answer.proof)
    }
    if !isMeasured { cannotMeasure(strange.figure, because: .disturbed("the machine stalled each time")) }
  }

  /// Lets a made-up segment arrive, and waits for what the party sends because of it.
  func answer(to segment: Segment, payload: [UInt8] = [], of party: Party) throws -> (
    value: Value, places: [Int]
  ) {
    let start = log.nextPlace
    try path.forge(segment, payload: payload, from: party.other)
    try settle()
    // A SYN that was answered strangely is sent again two ticks later.
    if try record(of: party)?.state == .synSent { for _ in 0..<5 { try settle() } }
    try look()
    let answers = log.segments(of: party, since: start)
    return (.inShort(answers.compactMap { log.events[$0].segment }), [start] + answers)
  }

  /// The state that the party is in, and what its program has to be told.
  func whatIsLeft(of party: Party) throws -> Value { try whatIsLeft(of: party, failure(of: party)) }

  func whatIsLeft(of party: Party, _ error: String?) throws -> Value {
    let state = try record(of: party)?.state ?? .closed
    return error.map { .words("\(state.rawValue) with \($0)") } ?? .state(state)
  }
}

extension Value {
  /// Segments one beside the other: flags, whether there is data, and whether blocks are told (`ACK with SACK`).
  static func inShort(_ segments: [Segment]) -> Value {
    if segments.count == 1, segments[0].inShort == segments[0].flags.description {
      return .segment(segments[0].flags)
    }
    return segments.isEmpty ? "nothing" : .words(segments.map(\.inShort).joined(separator: " and "))
  }
}

extension Segment {
  fileprivate var inShort: String {
    let tellsBlocks = options.contains { if case .sack = $0 { true } else { false } }
    return "\(flags)" + (length > 0 ? " with data" : "") + (tellsBlocks ? " with SACK" : "")
  }
}
