import Benches
import Documents
import Linux
import TCP
import Traces

extension Stage {
  /// Data is written, and nothing of it arrives any more.
  ///
  /// Without loss probes, which would take the place of the first timeout (tcp_early_retrans: 0).
  func playRetransmissions(under conditions: [Condition]) throws {
    if conditions.isEmpty {
      return try measureLimit("retransmissions by default", at: opener, ["tcp_retries2"])
    }
    let userTimeout = conditions.first { $0.name == "TCP_USER_TIMEOUT" }.flatMap { Int($0.value) }
    let names =
      userTimeout == nil
      ? [
        "first retransmission timeout", "retransmission schedule", "retransmissions without an answer",
        "write that nobody acknowledges",
      ] : ["retransmissions under TCP_USER_TIMEOUT", "write under TCP_USER_TIMEOUT"]
    guard isOnWire(measuring: names) else { return }
    try underSettings(of: conditions, at: opener, measuring: names) {
      // A floor other than the usual is to be told from the round trip's variance.
      if conditions.contains(where: { $0.name == "tcp_rto_min_us" }) { try open() } else { try openFarAway() }
      try setOption(of: opener) { socket in
        if let userTimeout { try socket.set(.userTimeout, to: userTimeout) }
      }
      try settle()
      recorder.record(.rung(index: 0))
      let timeout = RetransmissionTimeout(try info(of: opener))
      silence(opener)
      let since = now
      try call(.send(100), by: opener)
      let write = lastPlace
      let data = try expect(opener, SegmentPattern(isData: true))
      if isSpoiled { return }
      let schedule = try follow(
        opener, since: since, timeout: timeout, hasConstants: userTimeout == nil, named: "a retransmission"
      ) {
        $0.length > 0
      }
      let end = try ending(of: opener)
      if userTimeout == nil {
        measureFirst(names[0], of: schedule, timeout)
        measure(
          names[1], schedule.text, "the timer that sock_diag shows after each segment, less the RTT",
          proof: [data] + schedule.proof)
      }
      measure(
        names[names.count - 2], "\(schedule.sent.count)", "the segments that left",
        proof: [data] + schedule.sent)
      measure(names[names.count - 1], end, "what recv() returned", proof: [write, lastPlace])
    }
  }

  /// Opens a connection that is 60 ms long.
  ///
  /// The kernel counts its retries in time: it gives up at the first timeout after as long as so many retries of 200 ms
  /// would take. On a path without length that is a matter of milliseconds, and comes out one way or the other; a
  /// round trip puts each timeout well before or after it.
  func openFarAway() throws {
    let server = opener.other
    try listen()
    try call(.connect, by: opener)
    try expect(opener, SegmentPattern(flags: .syn))
    rules.insert({ _, _ in .hold }, at: 0)
    try expect(server, SegmentPattern(flags: [.syn, .ack]))
    rules.removeFirst()
    try pause(nanoseconds: 60_000_000)
    try release()
    try expect(opener, SegmentPattern(flags: .ack))
    try call(.accept, by: server)
    // A longer one would vary by more than the floor of the timeout.
    let roundTrip = Int64(try info(of: opener)?[.rtt] ?? 0) * 1000
    if roundTrip > 90_000_000 { recorder.record(.stall(nanoseconds: roundTrip)) }
  }

  private func measureFirst(_ name: String, of schedule: Schedule, _ timeout: RetransmissionTimeout?) {
    guard let first = schedule.waits.first else {
      return measure(name, "no timer", "sock_diag", proof: schedule.proof)
    }
    let isRelative = first == timeout?.floor
    measure(
      name, (isRelative ? "RTT + " : "") + length(first),
      "the timer that sock_diag shows, and the timeout and RTT of TCP_INFO",
      proof: [schedule.looks.first ?? nil])
  }
}
