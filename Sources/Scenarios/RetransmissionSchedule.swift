import Benches
import Documents
import Linux
import TCP
import Traces

extension Stage {
  /// Data is written, and nothing of it arrives any more.
  ///
  /// What is counted are retransmissions by timeout (RFC 9293 section 3.8.3), as tcp_retries2 does. A loss probe goes
  /// before them unless tcp_early_retrans is 0, and is not counted.
  func playRetransmissions(under conditions: [Condition]) throws {
    if conditions.isEmpty {
      return try measureLimit("retransmissions by default", at: opener, ["tcp_retries2"])
    }
    let userTimeout = conditions.first { $0.name == "TCP_USER_TIMEOUT" }.flatMap { Int($0.value) }
    let isWaitedOut = conditions.contains(.waitedOut)
    let names =
      userTimeout == nil
      ? [
        isWaitedOut ? "time until a write that nobody acknowledges fails" : "first retransmission timeout",
        "retransmission schedule", "retransmissions without an answer",
        "write that nobody acknowledges",
      ] : ["retransmissions under TCP_USER_TIMEOUT", "write under TCP_USER_TIMEOUT"]
    guard isOnWire(measuring: names) else { return }
    try underSettings(of: conditions, at: opener, measuring: names) {
      // A floor that is lower than usual is to be told from the variance of a long path.
      try openForTimers(far: !conditions.contains { $0.name == "tcp_rto_min_us" }, primes: true)
      try setOption(of: opener) { socket in
        if let userTimeout { try socket.set(.userTimeout, to: userTimeout) }
      }
      recorder.record(.rung(index: 0))
      let timeout = try retransmissionTimeout(of: opener)
      silence(opener)
      let since = now
      try call(.send(100), by: opener)
      let write = lastPlace
      let data = try expect(opener, SegmentPattern(isData: true))
      if isSpoiled { return }
      let schedule = try follow(
        opener, since: since, timeout: timeout, rounds: Schedule.rounds(under: conditions),
        hasConstants: userTimeout == nil, named: "a retransmission"
      ) {
        $0.length > 0
      }
      let end = try ending(of: opener)
      if userTimeout == nil {
        if isWaitedOut {
          measureLength(
            names[0], of: schedule, since: since, isFar: true, "from send() to the end of the connection")
        } else {
          measureFirst(names[0], of: schedule, timeout)
        }
        measure(
          names[1], schedule.text,
          "the timer that sock_diag shows after each segment, less the RTT" + schedule.noteOfProbes,
          proof: [data] + schedule.proof)
      }
      measure(
        names[names.count - 2], "\(schedule.timeouts)",
        "the segments that left after a timeout" + schedule.noteOfProbes,
        proof: [data] + schedule.sent)
      measure(names[names.count - 1], end, "what recv() returned", proof: [write, lastPlace])
    }
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
