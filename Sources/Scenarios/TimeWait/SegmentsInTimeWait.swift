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
}

extension Figure {
  fileprivate static let oldDuplicate = Figure(
    "an old duplicate in TIME_WAIT", .packets, in: .byDefault, formerWords: Scenario.formerTimeWait)
  fileprivate static let lowerSyn = Figure(
    "a SYN with a lower sequence number in TIME_WAIT", formerly: ["a SYN with a lower number in TIME_WAIT"],
    .programs, in: .conditional, settings: ["tcp_timestamps"], formerWords: Scenario.formerTimeWait)
  fileprivate static let higherSyn = Figure(
    "a SYN with a higher sequence number in TIME_WAIT", formerly: ["a SYN with a higher number in TIME_WAIT"],
    .programs, in: .conditional, settings: ["tcp_timestamps"], formerWords: Scenario.formerTimeWait)
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
    let (duplicate, next) = try closeAfterData(holder)
    // What the holder answers stays here: the other end has no socket any more, and would say RST.
    path.rules.append { _, party in party == holder ? .drop : nil }
    let arriving = segment(duplicate, next)
    try measureArrival(figure, of: arriving, payload: payload(arriving.length), at: holder)
  }
}
