import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// A round trip seems to take minutes.
  package static let retransmissionCap = Scenario(
    "longest retransmission timeout",
    Declaration(
      [
        .longest
      ], under: [[], [.setting("tcp_rto_max_ms", "5000")]], given: [.init("tcp_early_retrans", "0")],
      needs: [.wire])
  ) { try $0.runRetransmissionCap(under: $1) }
}

extension Figure {
  fileprivate static let longest = Figure(
    "longest retransmission timeout",
    alsoCalled: [
      "maximum retransmission timeout", "maximum RTO", "max RTO", "max. RTO", "largest RTO", "RTO maximum",
      "RTO max", "RTO_MAX", "TCP_RTO_MAX",
    ], saidAs: .duration, .operators, settings: ["tcp_rto_max_ms", "tcp_timestamps"],
    known: Known(
      "tcp_rto_max_ms came between Linux 6.12 and 6.18; before, it was always 120 s.",
      .between("6.12", "6.18")))
}

extension Connection {
  /// Measures the longest retransmission timeout without waiting for one: the kernel is made to believe in a round trip
  /// of 200 s.
  ///
  /// It measures by the timestamp that an ACK echoes where the segment was sent again (RFC 7323 section 4), and the
  /// wire makes that one older than it is.
  fileprivate func runRetransmissionCap(under conditions: [Condition]) throws {
    let figure = Figure.longest
    let settings = [Condition.setting("tcp_early_retrans", "0")] + conditions
    try withSettings(of: settings, at: opener) {
      try openForTimers()
      log.record(.rung(index: 0))
      let sender = opener
      var lost: SequenceNumber?
      path.rules.append { segment, party in
        if party == sender, segment.length > 0, lost == nil {
          lost = segment.end
          return .drop
        }
        // An ACK that comes late and covers less would make the data itself wait for the longest timeout.
        guard party != sender, let lost, segment.acknowledged == lost else { return nil }
        return segment.olderEcho(by: 200_000).map { .rewrite($0) }
      }
      try call(.send(100), by: opener)
      try expect(opener, SegmentPattern(isData: true))
      try awaitResend(of: opener)
      try settle()
      let echo = log.lastAltered
      guard let echo else {
        return cannotMeasure(figure, because: .needs("timestamps: no echo came back (tcp_timestamps)"))
      }
      silence(opener)
      let since = now
      try call(.send(100), by: opener)
      let schedule = try follow(opener, since: since, rounds: 0, named: "") { _ in false }
      measure(
        figure, schedule.value,
        "the timer that sock_diag shows, for a round-trip time of 200 s that tcpprobe simulates; not waited for",
        proof: [echo] + schedule.looks)
    }
  }
}

extension Segment {
  /// The same segment with an echo that is older by so many milliseconds; nil where it has none.
  fileprivate func olderEcho(by milliseconds: UInt32) -> Segment? {
    var copy = self
    for (place, option) in options.enumerated() {
      guard case .timestamps(let value, let echo) = option, flags.contains(.ack) else { continue }
      copy.options[place] = .timestamps(value: value, echo: echo &- milliseconds)
      return copy
    }
    return nil
  }
}
