import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// TIME_WAIT is waited for until it is over.
  package static let timeWait = Scenario(
    "TIME_WAIT",
    Declaration(
      [
        .timeWaitLength,
        .left,
      ], settings: ["tcp_max_tw_buckets"], wait: 60)
  ) { connection, _ in try connection.runTimeWait() }
}

extension Figure {
  static let timeWaitLength = Figure("length of TIME_WAIT", .operators)
  fileprivate static let left = Figure(
    "state remaining after TIME_WAIT", formerly: ["what is left when TIME_WAIT has run out"], .operators)
}

extension Connection {
  /// A connection is closed, and its TIME_WAIT waited for until the kernel ends it: a minute.
  fileprivate func runTimeWait() throws {
    let first = opener
    try open()
    log.record(.rung(index: 0))
    let closing = try closeIntoTimeWait(first)
    guard let fin = closing.lastFin, log.events[fin].segment?.flags.contains(.fin) ?? false,
      let arming = try timeWaitTimer(of: first, since: log.events[fin].time)
    else {
      measure(.timeWaitLength, "there is no TIME_WAIT", "sock_diag", proof: [log.lastLook(at: first)])
      return measure(.left, "there is no TIME_WAIT", "sock_diag", proof: [log.lastLook(at: first)])
    }
    // TIME_WAIT begins as the last FIN arrives, between these two.
    let began = log.events[fin].time
    let arrival = log.arrival(of: fin)
    let shown = log.lastLook(at: first)
    // A machine that stood still may have made another close of it: run again, and not waited for. From here on no
    // timer but that of TIME_WAIT matters, and how sharply its end was seen is looked at below.
    if log.isDisturbed() { return }
    guard let set = arming.constant(of: nil) else {
      return try waiting.disturbed(because: .lookedLate(.nanoseconds(arming.high - arming.low)))
    }
    waiting.isPatient = true
    let life = try awaitEnd(
      of: first, since: began, limit: .seconds(90), precision: .seconds(1), named: "TIME_WAIT to end")
    try look()
    let proof = [fin, arrival, shown, log.lastLook(at: first)]
    guard let life else {
      measure(.timeWaitLength, "still there after 90 s", "sock_diag", proof: proof)
      return measure(.left, "still there after 90 s", "sock_diag", proof: proof)
    }
    try measureTimer(
      .timeWaitLength, ran: life.inNanoseconds, setTo: set,
      "from the last FIN until sock_diag, asked all the time, no longer found it",
      proof: proof)
    measure(
      .left, try remains(of: first), "sock_diag, after the kernel's timer had fired",
      proof: [log.lastLook(at: first)])
  }
}
