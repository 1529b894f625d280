import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A window is 0 and stays it.
  package static let windowProbes = Scenario(
    "window probes",
    Declaration(
      [
        .schedule,
        .probes,
        .connection,
        .life,
        .probe,
      ],
      under: [[.windowProbes(.answered)], [.windowProbes(.lost), .setting("tcp_retries2", "3")]], wait: 3,
      long: [.init([.windowProbes(.lost)], wait: 924)], needs: [.wire])
  ) { try $0.runWindowProbes(under: $1) }
}

extension Figure {
  fileprivate static let schedule = Figure(
    "window probe schedule", .operators, settings: ["tcp_rto_min_us", "tcp_rto_max_ms", "tcp_retries2"])
  fileprivate static let probes = Figure(
    "window probes without an answer", .operators, in: .underAny([.windowProbes(.lost)]),
    settings: ["tcp_retries2"])
  fileprivate static let connection = Figure(
    "connection while the window stays 0", formerly: ["connection whose window stays 0"], .programs,
    settings: ["tcp_retries2"])
  fileprivate static let life = Figure(
    "time until lost window probes end a connection", .programs, in: .underAny([.waitedOut]),
    settings: ["tcp_retries2", "tcp_rto_max_ms"])
  fileprivate static let probe = Figure(
    "zero-window probe", formerly: ["segment that probes a window of 0"], .packets,
    formerWords: Scenario.formerNumber)
}

extension Connection {
  /// A window is 0 and stays it: the wire makes it so in each segment of the receiver. What the sender has is asked
  /// for by probes, which are answered or lost.
  fileprivate func runWindowProbes(under conditions: [Condition]) throws {
    let isAnswered = conditions.contains(.windowProbes(.answered))
    try withSettings(of: conditions, at: opener) {
      try openForTimers()
      let data = try closeWindow(of: opener.other)
      log.record(.rung(index: 0))
      let timeout = try retransmissionTimeout(of: opener)
      if !isAnswered { silence(opener) }
      let since = now
      try call(.send(100), by: opener)
      if log.isDisturbed() { return }
      let schedule = try follow(
        opener, since: since, timeout: timeout, rounds: isAnswered ? 3 : Schedule.rounds(under: conditions),
        named: "a window probe"
      ) { !$0.flags.contains(.rst) }
      measure(
        .schedule,
        isAnswered
          ? .list(schedule.waits.map { .constant(nanoseconds: $0) } + ["and so on"]) : schedule.value,
        "the timer that sock_diag shows after each probe, less the RTT", proof: schedule.proof)
      measure(.connection, try ending(of: opener), "what recv() returned", proof: [log.lastCall()])
      measureProbe(.probe, schedule.sent.first, after: data)
      if !isAnswered {
        measure(.probes, .count(schedule.sent.count), "the segments that left", proof: schedule.sent)
      }
      if conditions.contains(.waitedOut) {
        try measureLength(
          .life, of: schedule, since: since,
          "from send() to the end of the connection")
      }
    }
  }

  /// From here on every segment of the receiver says that its window is 0, and the sender knows.
  ///
  /// - Returns: the place of the data whose ACK told it.
  func closeWindow(of receiver: Party) throws -> Int? {
    path.rules.append { segment, party in
      guard party == receiver, segment.announcesWindow else { return nil }
      var closed = segment
      closed.window = 0
      return .rewrite(closed)
    }
    try call(.send(100), by: receiver.other)
    let data = try expect(receiver.other, SegmentPattern(isData: true))
    try expect(receiver, SegmentPattern(flags: .ack))
    try settle()
    return data
  }

  /// Measures a segment that only asks for an answer, beside the last one before it.
  func measureProbe(_ figure: Figure, _ place: Int?, after last: Int?) {
    let next = log.segment(at: last)?.end
    guard let probe = log.segment(at: place), let next else {
      return measure(figure, "none", "the segments", proof: [last])
    }
    let distance = probe.sequence - next
    let position =
      distance == 0
      ? "the next sequence number" : "the next sequence number \(distance < 0 ? "-" : "+") \(abs(distance))"
    measure(
      figure, .list([.segment(probe.flags), .bytes(probe.length), .words("at \(position)")]), "the segment",
      proof: [last, place])
  }
}
