import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A receiver has SACKed segments, and acknowledges what is missing before them, but not them: it has them no more
  /// (RFC 2018 section 8).
  package static let reneging = Scenario(
    "a SACK that is taken back",
    Declaration(
      [.timer, .again, .rest],
      settings: SegmentSender.settings, given: SegmentSender.farGiven, needs: [.wire],
      timed: SegmentSender.farTimed)
  ) { connection, _ in
    try connection.runReneging()
  }
}

extension Figure {
  fileprivate static let timer = Figure(
    "timer after a SACK is taken back, at an ACK of nothing new", .operators)
  fileprivate static let again = Figure("segment that this timer sends again", .packets)
  fileprivate static let rest = Figure("segments sent once that one is acknowledged", .packets)
}

extension Connection {
  fileprivate func runReneging() throws {
    log.record(.rung(index: 0))
    try measureApart([.timer, .again, .rest], heedsTimers: false) { connection in
      let sender = try SegmentSender(on: connection, far: true)
      let before = try connection.counters(of: connection.opener)
      // The timer is half a smoothed round trip.
      try sender.writeEarly(6)
      let again = try sender.acknowledge(0, blocks: [1..<6])
      try sender.giveUpAtTimeoutOrProbe(since: before)
      guard sender.numbers(again) == "0" else {
        throw NotMeasurable(reason: "the first segment was not sent again")
      }
      let place = connection.log.nextPlace
      try sender.acknowledge(1)
      try connection.measureDeferral(of: sender, since: place)
      let next = try sender.awaitNext(named: "data again")
      connection.measure(
        .again, Value(reading: sender.numbers([next])), "the segment that left next", proof: [place, next])
      let rest = try sender.acknowledge(2)
      try sender.giveUpAtTimeout(since: before, expecting: 1)
      connection.measure(
        .rest, Value(reading: sender.numbers(rest)), "the segments that left at the ACK", proof: [next] + rest
      )
    }
  }

  /// Compares what the timer has left before an ACK of nothing new and behind it.
  private func measureDeferral(of sender: SegmentSender, since place: Int) throws {
    guard let early = try armedTimer(of: opener) else { throw NotMeasurable(reason: "no timer is armed") }
    try waiting.pause(.milliseconds(50))
    let since = now
    try sender.acknowledge(1)
    let late = try armedTimer(of: opener)
    try giveUp(after: .milliseconds(20), sinceTime: since)
    guard let late, sender.peer.segments(since: place).isEmpty else {
      // It has fired meanwhile.
      return try waiting.disturbed(because: .resent)
    }
    let looks = early.length + late.length
    if looks > .milliseconds(20) { try waiting.disturbed(because: .lookedLate(looks)) }
    measure(
      .timer, late.gain(since: early) < .milliseconds(20) ? "goes on" : "begins again",
      "sock_diag, before the ACK and behind it",
      proof: [place, log.lastLook(at: opener)])
  }
}
