import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Segments come one by one.
  package static let delayedAck = Scenario(
    "delayed ACK",
    Declaration(
      [
        .atOnce,
        .timer,
        .replies,
      ], under: [[], [.receiver(.replies)]], needs: [.wire],
      timed: .init("the delayed ACK"))
  ) { try $0.runDelayedAck(under: $1) }
}

extension Figure {
  fileprivate static let atOnce = Figure(
    "segments that are acknowledged immediately", formerly: ["segments that are acknowledged at once"],
    .packets, in: .byDefault, settings: ["tcp_rmem"])
  fileprivate static let timer = Figure(
    "timer of a delayed ACK",
    alsoCalled: ["delayed ACK", "delayed ACK timer", "delayed ACK timeout", "ACK delay"], .packets,
    in: .byDefault, settings: ["tcp_rto_min_us"])
  fileprivate static let replies = Figure(
    "replies with data before the receiver delays an ACK",
    formerly: ["replies of the receiver after which ACKs are delayed"], .packets,
    in: .underAny([.receiver(.replies)]), settings: ["tcp_pingpong_thresh"],
    known: Known(
      "tcp_pingpong_thresh came between Linux 6.1 and 6.12; before, the count was the kernel's own.",
      .between("6.1", "6.12")))
}

extension Connection {
  /// One segment after the other arrives, each after the ACK of the one before: from which on is the ACK delayed?
  fileprivate func runDelayedAck(under conditions: [Condition]) throws {
    let replies = conditions.contains(.receiver(.replies))
    try openForTimers()
    waiting.isPatient = false
    // An ACK is not delayed for longer than a round trip, where that is longer than 40 ms.
    let roundTrip = Int64(try info(of: opener.other)?[.rtt] ?? 0) * 1000
    if roundTrip > 35_000_000 { try waiting.disturbed(because: .slowRoundTrip(.nanoseconds(roundTrip))) }
    log.record(.rung(index: 0))
    if replies { return try measureReplies() }
    var prompt = 0
    var delays: [Int64] = []
    var places: [Int?] = []
    // Three delayed ones: of one alone the tick may have ended between its setting and its trace.
    while prompt + delays.count < 64, delays.count < 3 {
      let ack = try acknowledge()
      guard ack.place != nil else { throw NotMeasurable(reason: "a segment was not acknowledged") }
      places.append(ack.place)
      if let delay = ack.delay { delays.append(delay) } else if delays.isEmpty { prompt += 1 } else { break }
    }
    measure(
      .atOnce, delays.isEmpty ? "all" : .count(prompt),
      "counted until the timer of a delayed ACK was armed",
      proof: places)
    let middle = delays.sorted().dropFirst(delays.count / 2).first
    measure(
      .timer, middle.map { .lasted(nanoseconds: $0) } ?? "none",
      "the timer that was set", proof: places.suffix(3))
  }

  /// One that replies has a conversation: its ACK can go with the next reply (pingpong mode).
  private func measureReplies() throws {
    for count in 0..<8 {
      let ack = try acknowledge()
      guard ack.place != nil else { throw NotMeasurable(reason: "a segment was not acknowledged") }
      if ack.delay != nil {
        return measure(
          .replies, .count(count), "counted until the timer of a delayed ACK was armed", proof: [ack.place])
      }
      try call(.receive(nil), by: opener.other)
      try call(.send(100), by: opener.other)
      // Only a reply within the ACK's own time counts as one.
      if .nanoseconds(now - ack.left) > StallWatch.limit {
        try waiting.disturbed(because: .heldUp(.nanoseconds(now - ack.left)))
      }
      try expect(opener.other, SegmentPattern(isData: true))
      try settle()
    }
    measure(.replies, "more than 8", "none of the ACKs was delayed", proof: [])
  }

  /// Sends a segment and awaits the ACK of it: its place, and what its timer was set to, or, where that cannot be
  /// traced, how long it took; nil where it came at once. And when the segment left.
  private func acknowledge() throws -> (place: Int?, delay: Int64?, left: Int64) {
    let receiver = opener.other
    // After a silence of some length the receiver takes a sender for one that begins anew.
    let last = log.lastSegment(of: opener).map { log.events[$0].time }
    if let last, now - last > 150_000_000 {
      try waiting.disturbed(because: .heldUp(.nanoseconds(now - last)))
    }
    let began = now
    let isTraced = log.seesTimers
    try call(.send(100), by: opener)
    let data = try expect(opener, SegmentPattern(isData: true))
    let left = data.map { log.events[$0].time } ?? began
    let place = try expect(receiver, SegmentPattern(flags: .ack))
    for event in log.events where event.party == receiver && event.time >= began {
      if case .timer("tcp_delack_timer", let set) = event.what { return (place, set, left) }
    }
    let arrival = log.lastArrival(at: receiver)
    guard let place, let arrival, !isTraced else { return (place, nil, left) }
    let took = log.events[place].time - log.events[arrival].time
    return (place, took > 25_000_000 ? took : nil, left)
  }
}
