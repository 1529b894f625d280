import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// One end makes three small writes, with its socket corked, or with Nagle's algorithm off.
  package static let cork = Scenario(
    "cork",
    Declaration(
      [.whileCorked, .segments, .timer, .sentByTimer],
      under: [[.option("TCP_CORK")], [.option("TCP_NODELAY")]], needs: [.wire])
  ) { try $0.runCork(under: $1) }
}

extension Figure {
  fileprivate static let whileCorked = Figure(
    "segments of three small writes while TCP_CORK is set", .packets, in: .underAny([.option("TCP_CORK")]))
  fileprivate static let segments = Figure("data in the segments of three small writes", .packets)
  fileprivate static let timer = Figure(
    "timer of corked data", .operators, in: .underAny([.option("TCP_CORK")]), settings: ["tcp_rto_min_us"])
  fileprivate static let sentByTimer = Figure(
    "data that the timer of corked data sends", .packets, in: .underAny([.option("TCP_CORK")]))
}

extension Connection {
  /// Measures three small writes; a segment that leaves within a call is there when the call returns, however busy the
  /// machine, and one that has not left by then is held.
  fileprivate func runCork(under conditions: [Condition]) throws {
    let isCorked = conditions.contains(.option("TCP_CORK"))
    try openForTimers(primes: true)
    try setOption(of: opener) { socket in try socket.set(isCorked ? .cork : .noDelay, to: true) }
    log.record(.rung(index: 0))
    let start = log.nextPlace
    let since = now
    try writeThreeTimes()
    if isCorked {
      let early = try departedData()
      try setOption(of: opener) { socket in try socket.set(.cork, to: false) }
      try giveUpIfTimerMayHaveFired(since: since)
      measure(
        .whileCorked, .count(early.count), "the device, asked as soon as the last write had returned",
        proof: [log.lastCall()] + early)
    }
    try settle()
    let sent = data(since: start)
    measure(
      .segments, lengths(of: sent),
      isCorked ? "the segments, after TCP_CORK was cleared" : "the segments", proof: sent)
    if isCorked { try measureCorkTimer() }
  }

  /// The option stays set, and a timer sends the data.
  private func measureCorkTimer() throws {
    let timeout = try retransmissionTimeout(of: opener)
    try setOption(of: opener) { socket in try socket.set(.cork, to: true) }
    let since = now
    try writeThreeTimes()
    let early = try departedData()
    let armed = try armedTimer(of: opener)
    try look()
    let looked = log.lastLook(at: opener)
    let start = log.nextPlace
    if !early.isEmpty {
      try giveUpIfTimerMayHaveFired(since: since)
      throw NotMeasurable(reason: "data left before its timer: TCP_CORK does not hold it back")
    }
    guard let armed else {
      measure(.timer, "no timer", "sock_diag", proof: [looked])
      return measure(.sentByTimer, "none", "sock_diag", proof: [looked])
    }
    // If the machine stood still, the data has left, and the timer is that of its retransmission.
    guard armed.timer.kind == .zeroWindowProbe else {
      try giveUpIfTimerMayHaveFired(since: since)
      throw NotMeasurable(
        reason: .other(
          "the timer of the data is \(armed.timer.kind.rawValue), expected \(KernelTimer.Kind.zeroWindowProbe.rawValue)"
        ))
    }
    guard let set = Arming(armed, since: since).constant(of: timeout) else {
      return try waiting.disturbed(because: .lookedLate(.nanoseconds(armed.ended - since)))
    }
    measure(
      .timer, .constant(nanoseconds: set), "the timer that sock_diag shows after the writes, less the RTT",
      proof: [looked])
    // The timer wheel fires up to an eighth late.
    let left = Duration.milliseconds(armed.timer.milliseconds)
    _ = try awaitTimer(
      of: opener, named: "corked data", left: left, limit: left + left / 8 + .seconds(1)
    ) { $0.length > 0 }
    try settle()
    let sent = data(since: start)
    measure(.sentByTimer, lengths(of: sent), "the segments, with TCP_CORK still set", proof: sent)
  }

  private func writeThreeTimes() throws {
    for _ in 0..<3 { try call(.send(100), by: opener) }
  }

  /// The segments with data that have left by now.
  private func departedData() throws -> [Int] {
    var places: [Int] = []
    while let place = try departed(opener, SegmentPattern(isData: true)) { places.append(place) }
    return places
  }

  /// The timer of corked data may have sent it where the machine stood still after the writes.
  private func giveUpIfTimerMayHaveFired(since start: Int64) throws {
    let length = Duration.nanoseconds(now - start)
    if length > StallWatch.limit { try waiting.disturbed(because: .heldUp(length)) }
  }

  /// The segments with data that left; what is sent again, because the receiver had no room, is no other segment.
  private func data(since start: Int) -> [Int] {
    var sequences: Set<SequenceNumber> = []
    return log.segments(of: opener, since: start) { $0.length > 0 && sequences.insert($0.sequence).inserted }
  }

  private func lengths(of places: [Int]) -> Value {
    places.isEmpty ? "none" : .all(places.compactMap { log.segment(at: $0).map { .bytes($0.length) } })
  }
}
