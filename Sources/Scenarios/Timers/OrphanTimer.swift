import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A socket that no program has any more waits for the other end's FIN.
  package static let orphanTimer = Scenario(
    "the timer of an orphan",
    Declaration(
      [
        .timer,
        .lifeInFinWait,
        .leftOfFinWait,
      ],
      under: [
        [], [.setting("tcp_fin_timeout", "5")], [.setting("tcp_fin_timeout", "100")],
        [Condition("TCP_LINGER2", "5")], [Condition("TCP_LINGER2", "100")], [Condition("TCP_LINGER2", "-1")],
        [.closesBy(.shutdown(.write))], [.closesBy(.shutdown(.write)), Condition("TCP_LINGER2", "-1")],
      ], settings: ["tcp_max_tw_buckets"], long: [.init(wait: 60)])
  ) { try $0.runOrphanTimer(under: $1) }
}

extension Figure {
  fileprivate static let timer = Figure(
    "timer of an orphan in FIN_WAIT_2",
    alsoCalled: [
      "FIN_WAIT_2", "FIN_WAIT2", "FIN_WAIT_2 timer", "FIN_WAIT_2 timeout", "FIN_WAIT2 timeout",
      "FIN_WAIT_2 duration", "duration of FIN_WAIT_2", "time in FIN_WAIT_2", "time spent in FIN_WAIT_2",
      "FIN timeout",
    ], saidAs: .duration, .operators, settings: ["tcp_fin_timeout"],
    circumstances: [.segments])
  fileprivate static let lifeInFinWait = Figure(
    "life of an orphan in FIN_WAIT_2", .operators, in: .underAny([.waitedOut]),
    settings: ["tcp_fin_timeout"])
  fileprivate static let leftOfFinWait = Figure(
    "state remaining of an orphan after FIN_WAIT_2", formerly: ["left of an orphan in FIN_WAIT_2 at the end"],
    .operators, in: .underAny([.waitedOut]))
}

extension Connection {
  /// A program has closed its socket, the other end has acknowledged that, and is silent. The timer is read, and waited
  /// for only where every timer is.
  fileprivate func runOrphanTimer(under conditions: [Condition]) throws {
    let figure = Figure.timer
    try withSettings(of: conditions, at: opener) {
      try openForTimers()
      if let seconds = conditions.first(where: { $0.name == "TCP_LINGER2" }).flatMap({ Int($0.value) }) {
        try setOption(of: opener) { socket in try socket.set(.finTimeout, to: seconds) }
      }
      // FIN_WAIT_2 lasts for three and a half retransmission timeouts at least (tcp_fin_time).
      _ = try retransmissionTimeout(of: opener)
      log.record(.rung(index: 0))
      let since = now
      let isShutDown = conditions.contains(.closesBy(.shutdown(.write)))
      try call(isShutDown ? .shutdown(.write) : .close, by: opener)
      let fin = try expect(opener, SegmentPattern(flags: .fin))
      let ack = try expect(opener.other, SegmentPattern(flags: .ack))
      try settle()
      if isShutDown { try call(.close, by: opener) }
      try settle()
      try look()
      let proof = [fin, ack, log.lastReset(of: opener), log.lastLook(at: opener)]
      guard let record = try record(of: opener), record.state != .closed else {
        guard seesSegments else {
          return cannotMeasure(
            figure, because: .needs("segments to be seen: the socket is gone, and an RST would not show"))
        }
        let value: Value = log.lastReset(of: opener) == nil ? "gone without RST" : "gone with RST"
        return measure(figure, value, "sock_diag finds no socket; the segments", proof: proof)
      }
      guard record.state == .finWait2, let armed = try armedTimer(of: opener) else {
        return measure(
          figure, .list(["none", .words("in \(record.state.rawValue)")]), "sock_diag", proof: proof)
      }
      let arming = Arming(armed, since: since)
      guard let constant = arming.constant(of: nil) else {
        try waiting.disturbed(because: .lookedLate(.nanoseconds(arming.high - arming.low)))
        return
      }
      measure(figure, .constant(nanoseconds: constant), "the timer that sock_diag shows", proof: proof)
      if conditions.contains(.waitedOut) { try awaitOrphan(setTo: constant, since: since) }
    }
  }

  private func awaitOrphan(setTo set: Int64, since: Int64) throws {
    if log.isDisturbed() { return }
    waiting.isPatient = true
    let life = try awaitEnd(
      of: opener, since: since, limit: .nanoseconds(set + set / 8 + 1_000_000_000), precision: .seconds(1),
      named: "FIN_WAIT_2 to end")
    try look()
    let proof = [log.lastLook(at: opener)]
    guard let life else {
      return measure(.lifeInFinWait, "outlasts its timer", "sock_diag still finds it", proof: proof)
    }
    try measureTimer(
      .lifeInFinWait, ran: life.inNanoseconds, setTo: set, "from close() until sock_diag no longer found it",
      proof: proof)
    measure(
      .leftOfFinWait, try remains(of: opener), "sock_diag", proof: proof)
  }
}
