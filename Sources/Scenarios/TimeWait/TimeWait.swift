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
        .length,
        .left,
      ], settings: ["tcp_max_tw_buckets"], wait: 60)
  ) { connection, _ in try connection.runTimeWait() }

  /// The timer that TIME_WAIT begins with.
  package static let timeWaitTimer = Scenario(
    "the timer of TIME_WAIT",
    Declaration(
      [.timer],
      under: [[], [.setting("tcp_fin_timeout", "5")]], settings: ["tcp_max_tw_buckets"])
  ) { try $0.runTimeWaitTimer(under: $1) }
}

extension Figure {
  fileprivate static let length = Figure("length of TIME_WAIT", .operators)
  fileprivate static let left = Figure("what is left when TIME_WAIT has run out", .operators)
  fileprivate static let timer = Figure("timer that TIME_WAIT begins with", .operators)
}

extension Connection {
  /// A connection is closed, and its TIME_WAIT waited for until the kernel ends it: a minute.
  fileprivate func runTimeWait() throws {
    let first = opener
    try open()
    log.record(.rung(index: 0))
    let closing = try closeIntoTimeWait(first)
    let record = try record(of: first)
    guard let fin = closing.lastFin, log.events[fin].segment?.flags.contains(.fin) ?? false,
      let record, record.state == .timeWait
    else {
      measure(.length, "there is no TIME_WAIT", "sock_diag", proof: [log.lastLook(at: first)])
      return measure(.left, "there is no TIME_WAIT", "sock_diag", proof: [log.lastLook(at: first)])
    }
    // TIME_WAIT begins as the last FIN arrives, between these two.
    let began = log.events[fin].time
    let arrival = log.arrival(of: fin)
    let shown = log.lastLook(at: first)
    // A machine that stood still may have made another close of it: run again, and not waited for. From here on no
    // timer but that of TIME_WAIT matters, and how sharply its end was seen is looked at below.
    if log.isDisturbed() { return }
    waiting.isPatient = true
    let life = try awaitEnd(
      of: first, since: began, limit: .seconds(90), precision: .seconds(1), named: "TIME_WAIT to end")
    try look()
    let proof = [fin, arrival, shown, log.lastLook(at: first)]
    guard let life else {
      measure(.length, "still there after 90 s", "sock_diag", proof: proof)
      return measure(.left, "still there after 90 s", "sock_diag", proof: proof)
    }
    // What the timer shows is less than it was set to by what has passed since.
    let set = Int64((record.timer?.milliseconds ?? 0) + 500) / 1000 * 1_000_000_000
    try measureTimer(
      .length, ran: life.inNanoseconds, setTo: set,
      "from the last FIN until sock_diag, asked all the time, no longer found it",
      proof: proof)
    measure(
      .left, try remains(of: first), "sock_diag, after the kernel's timer had fired",
      proof: [log.lastLook(at: first)])
  }

  /// The timer with which the kernel begins TIME_WAIT, under a changed setting too.
  fileprivate func runTimeWaitTimer(under conditions: [Condition]) throws {
    let figure = Figure.timer
    try withSettings(of: conditions, at: opener) {
      try open()
      log.record(.rung(index: 0))
      _ = try closeIntoTimeWait(opener)
      let record = try record(of: opener)
      let value: Value =
        switch record?.timer {
        case let timer? where record?.state == .timeWait:
          .duration(.seconds((timer.milliseconds + 500) / 1000))
        default: "there is no TIME_WAIT"
        }
      measure(figure, value, "the timer that sock_diag shows, rounded", proof: [log.lastLook(at: opener)])
    }
  }

  /// Closes the connection, this party first, and lets everything arrive.
  ///
  /// - Returns: the events of the last FIN and of its ACK.
  func closeIntoTimeWait(_ first: Party) throws -> (lastFin: Int?, lastAck: Int?) {
    try call(.close, by: first)
    try expect(first, SegmentPattern(flags: .fin))
    try call(.close, by: first.other)
    let fin = try expect(first.other, SegmentPattern(flags: .fin))
    let ack = try expect(first, SegmentPattern(flags: .ack))
    try settle()
    try look()
    return (fin, ack)
  }
}
