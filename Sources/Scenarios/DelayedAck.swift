import Benches
import Documents
import Linux
import TCP
import Traces

extension Stage {
  /// One segment after the other arrives, each after the ACK of the one before: from which on is the ACK delayed?
  func playDelayedAck(under conditions: [Condition]) throws {
    let replies = conditions.contains(.receiver(.replies))
    let names =
      replies
      ? ["replies of the receiver after which ACKs are delayed"]
      : ["segments that are acknowledged at once", "timer of a delayed ACK"]
    guard isOnWire(measuring: names) else { return }
    try open()
    try settle()
    recorder.record(.rung(index: 0))
    if replies { return try measureReplies(names[0]) }
    var prompt = 0
    var delays: [Int64] = []
    var places: [Int?] = []
    // Three delayed ones: of one alone the tick may have ended between its setting and its trace.
    while prompt + delays.count < 64, delays.count < 3 {
      let ack = try acknowledge()
      places.append(ack.place)
      if let delay = ack.delay { delays.append(delay) } else if delays.isEmpty { prompt += 1 } else { break }
    }
    measure(
      names[0], delays.isEmpty ? "all" : "\(prompt)", "whether the ACK's timer was set, or its 40 ms passed",
      proof: places)
    let middle = delays.sorted().dropFirst(delays.count / 2).first
    measure(
      names[1], middle.map { length(($0 + 5_000_000) / 10_000_000 * 10_000_000) } ?? "none",
      "the timer that was set", proof: places.suffix(3))
  }

  /// One that replies has a conversation: its ACK can go with the next reply (pingpong mode).
  private func measureReplies(_ name: String) throws {
    for count in 0..<8 {
      let ack = try acknowledge()
      if ack.delay != nil {
        return measure(
          name, "\(count)", "whether the ACK's timer was set, or its 40 ms passed", proof: [ack.place])
      }
      try call(.receive(nil), by: opener.other)
      try call(.send(100), by: opener.other)
      // Only a reply within the ACK's own time counts as one.
      let late = now - recorder.events[ack.place ?? 0].time
      if late > 30_000_000 { recorder.record(.stall(nanoseconds: late)) }
      try expect(opener.other, SegmentPattern(isData: true))
      try settle()
    }
    measure(name, "more than 8", "none of the ACKs was delayed", proof: [])
  }

  /// Sends a segment and awaits the ACK of it: its place, and what its timer was set to, or, where that cannot be
  /// traced, how long it took; nil where it came at once.
  private func acknowledge() throws -> (place: Int?, delay: Int64?) {
    let receiver = opener.other
    let isTraced = recorder.events.contains { if case .timer = $0.what { true } else { false } }
    let mark = recorder.events.count
    try call(.send(100), by: opener)
    try expect(opener, SegmentPattern(isData: true))
    let place = try expect(receiver, SegmentPattern(flags: .ack))
    for event in recorder.events[mark...] where event.party == receiver {
      if case .timer("tcp_delack_timer", let set) = event.what { return (place, set) }
    }
    let arrival = recorder.events.lastIndex {
      if case .delivered = $0.what { $0.party == receiver } else { false }
    }
    guard let place, let arrival, !isTraced else { return (place, nil) }
    let took = recorder.events[place].time - recorder.events[arrival].time
    return (place, took > 25_000_000 ? took : nil)
  }
}
