import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// Segments arrive for a connection that is in TIME_WAIT.
  package static let segmentsInTimeWait = Scenario(
    "segments in TIME_WAIT",
    Declaration(
      [
        .oldDuplicate,
        .lowerSyn,
        .higherSyn,
      ], under: [[]] + Condition.SynTimestamp.allCases.map { [.timestampOfSyn($0)] },
      settings: ["tcp_max_tw_buckets"],
      given: [.init(.madeUpWithoutTimestamps, in: .underAny([.timestampOfSyn(.none)]))], needs: [.wire])
  ) { try $0.runSegmentsInTimeWait(under: $1) }

  /// An old duplicate, the ACK of it, and the RST that answers the ACK.
  package static let assassination = Scenario(
    "assassination of TIME_WAIT",
    Declaration(
      [
        .otherReset,
        .rightReset,
      ], under: [[], [.setting("tcp_rfc1337", "1")]], settings: ["tcp_max_tw_buckets"],
      given: [.init(.madeUpWithoutTimestamps)], needs: [.wire])
  ) { try $0.runAssassination(under: $1) }
}

extension Figure {
  fileprivate static let oldDuplicate = Figure("an old duplicate in TIME_WAIT", .packets, in: .byDefault)
  fileprivate static let lowerSyn = Figure(
    "a SYN with a lower number in TIME_WAIT", .programs, in: .conditional, settings: ["tcp_timestamps"])
  fileprivate static let higherSyn = Figure(
    "a SYN with a higher number in TIME_WAIT", .programs, in: .conditional, settings: ["tcp_timestamps"]
  )
  fileprivate static let otherReset = Figure("an RST with another number in TIME_WAIT", .operators)
  fileprivate static let rightReset = Figure(
    "an RST with the right number in TIME_WAIT", .operators, settings: ["tcp_rfc1337"])
}

extension Connection {
  /// A segment of long ago, or the SYNs of new connections, arrive at a server's port that is in TIME_WAIT.
  fileprivate func runSegmentsInTimeWait(under conditions: [Condition]) throws {
    let timestamp = Condition.SynTimestamp.allCases.first { conditions.contains(.timestampOfSyn($0)) }
    log.record(.rung(index: 0))
    guard let timestamp else {
      try sibling { connection in try connection.measureArrival(.oldDuplicate) { duplicate, _ in duplicate } }
      return
    }
    // A SYN may open a connection: each is sent to a TIME_WAIT of its own.
    for (figure, distance) in [(Figure.lowerSyn, -1000), (.higherSyn, 1000)] {
      try sibling { connection in
        try connection.measureArrival(figure) { _, next in
          let options = [Option.maximumSegmentSize(1400)] + connection.timestamps(timestamp)
          return Segment(flags: .syn, sequence: next + distance, window: 64_000, options: options)
        }
      }
    }
  }

  /// The option with the opener's timestamp a second before or after the last one that it sent.
  private func timestamps(_ timestamp: Condition.SynTimestamp) -> [Option] {
    let sent = log.segments(of: opener).compactMap { log.segment(at: $0) }.flatMap(\.options)
    let last = sent.reversed().lazy.compactMap { option in
      if case .timestamps(let value, _) = option { value } else { nil }
    }.first
    switch timestamp {
    case .none: return []
    case .earlier: return [.timestamps(value: (last ?? 0) &- 1000, echo: 0)]
    case .later: return [.timestamps(value: (last ?? 0) &+ 1000, echo: 0)]
    }
  }

  /// Closes a connection of its own into TIME_WAIT at the end that accepted it, lets a segment arrive there, and measures
  /// what comes of it.
  ///
  /// - Parameter segment: is given the last segment with data, and the number after all that was sent.
  private func measureArrival(
    _ figure: Figure, of segment: (_ duplicate: Segment, _ next: SequenceNumber) -> Segment
  ) throws {
    let holder = opener.other
    guard let duplicate = try closeAfterData(holder), let next = nextNumber(from: opener) else {
      throw NotMeasurable(reason: "no such segment left")
    }
    // What the holder answers stays here: the other end has no socket any more, and would say RST.
    path.rules.append { _, party in party == holder ? .drop : nil }
    let arriving = segment(duplicate, next)
    try measureArrival(figure, of: arriving, payload: payload(arriving.length), at: holder)
  }

  /// TIME_WAIT's end by an RST: an old duplicate is answered, and who gets the answer has no such connection any more
  /// (RFC 1337).
  fileprivate func runAssassination(under conditions: [Condition]) throws {
    let holder = opener.other
    try withSettings(of: conditions, at: holder) {
      log.record(.rung(index: 0))
      guard let duplicate = try closeAfterData(holder), let next = nextNumber(from: opener) else {
        throw NotMeasurable(reason: "no such segment left")
      }
      try measureArrival(.otherReset, of: Segment(flags: .rst, sequence: next + 1), at: holder)
      try waiting.pause(.milliseconds(100))
      let before = try record(of: holder)
      let place = log.nextPlace
      try path.forge(duplicate, payload: payload(duplicate.length), from: opener)
      try settle()
      try look()
      let reset = log.firstReset(of: opener, since: place)
      measure(
        .rightReset, reset == nil ? "no RST came" : try fate(of: holder, since: before),
        "the other end's answer to the ACK of an old duplicate",
        proof: [place, reset, log.lastLook(at: holder)])
    }
  }

  /// Data is sent and read, then the holder closes first.
  ///
  /// - Returns: the segment with the data, of which a copy may still be under way.
  private func closeAfterData(_ holder: Party) throws -> Segment? {
    try open()
    try call(.send(100), by: opener)
    let data = try expect(opener, SegmentPattern(isData: true))
    try settle()
    _ = try closeIntoTimeWait(holder)
    return log.segment(at: data)
  }

  /// The number after all that this party has sent.
  private func nextNumber(from party: Party) -> SequenceNumber? {
    log.segment(at: log.lastSegment(of: party))?.end
  }

  /// Lets a segment arrive that was made up, and leaves what it met with.
  private func measureArrival(
    _ figure: Figure, of segment: Segment, payload: [UInt8] = [], at holder: Party
  ) throws {
    // So that a timer that begins anew shows.
    try waiting.pause(.milliseconds(100))
    let before = try record(of: holder)
    let place = log.nextPlace
    try path.forge(segment, payload: payload, from: holder.other)
    try settle()
    try look()
    let answer = log.firstSegment(of: holder, since: place)
    let flags: Value = log.segment(at: answer).map { .segment($0.flags) } ?? "no answer"
    measure(
      figure, .list([flags, .words("and \(try fate(of: holder, since: before))")]),
      "the segment that came back, and sock_diag's timer before and after",
      proof: [place, answer, log.lastLook(at: holder)])
  }

  private func fate(of holder: Party, since before: SocketRecord?) throws -> Value {
    guard let after = try record(of: holder), after.state == .timeWait else { return "TIME_WAIT is over" }
    let isLonger = (after.timer?.milliseconds ?? 0) > (before?.timer?.milliseconds ?? 0)
    return isLonger ? "TIME_WAIT begins anew" : "TIME_WAIT stays"
  }
}
