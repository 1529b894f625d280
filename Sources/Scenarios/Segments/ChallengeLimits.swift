import Benches
import Documents
import Linux
import TCP
import Traces

extension Stage {
  /// How many challenge ACKs one connection sends: for two segments in a row, and for a flood.
  func playChallengeLimits(under conditions: [Condition]) throws {
    let isLimited = !conditions.contains(.setting("tcp_invalid_ratelimit", "0"))
    let names = [
      "answers to two segments with data beyond the window",
      "answers to two empty segments before the window",
      "answers to two SYNs in a row",
    ]
    let flood = "answers to 1200 RSTs in the window"
    guard bench.holdsPackets else {
      return (names + (isLimited ? [] : [flood])).forEach {
        cannotMeasure($0, because: "only a wire makes segments up; --on wire")
      }
    }
    try withSettings(of: conditions, at: opener, names) {
      recorder.record(.rung(index: 0))
      for (name, strange) in zip(names, [StrangeSegment.dataBeyond, .emptyBefore, .syn]) {
        let isMeasured = try playFresh { stage in try stage.measureTwo(name, strange) }
        if !isMeasured { cannotMeasure(name, because: "the machine stalled each time") }
      }
      guard !isLimited else { return }
      let isMeasured = try playFresh { stage in try stage.measureFlood(flood) }
      if !isMeasured { cannotMeasure(flood, because: "the machine stalled each time") }
    }
  }

  private func measureTwo(_ name: String, _ strange: StrangeSegment) throws {
    try reach(.established, of: opener)
    guard let place = place(of: opener, in: .established) else {
      return cannotMeasure(name, because: "nothing was sent")
    }
    // Half a second between the two would lift the limit.
    isPatient = false
    var places: [Int] = []
    for _ in 0..<2 {
      places += try answer(to: strange.segment(at: place), payload: strange.payload, of: opener).places
    }
    let answers = places.filter { recorder.events[$0].segment != nil }
    measure(name, "\(answers.count)", "the segments that came back", proof: places)
  }

  /// Nobody looks between two of them, so that all fall into one second.
  private func measureFlood(_ name: String) throws {
    try reach(.established, of: opener)
    guard let place = place(of: opener, in: .established) else {
      return cannotMeasure(name, because: "nothing was sent")
    }
    let tuple = ends[opener.other].tuple
    let packet = Packet(
      source: tuple.local, destination: tuple.remote,
      segment: StrangeSegment.resetWithin.segment(at: place))
    let flood = Departure(packet: packet, bytes: packet.bytes, time: Clock.monotonic())
    let sent = 1200
    var answers = 0
    let first = recorder.record(
      .forged(segment: packet.segment), party: opener.other, observer: bench.segmentObserver.kind)
    // Where there is a limit, it is one a second: a flood that took longer tells nothing.
    let limit = try? bench.enter(opener) { try Sysctl.read("net.ipv4.tcp_challenge_ack_limit") }
    let began = Clock.monotonic()
    for _ in 0..<sent {
      try bench.deliver(flood)
      while let departure = try bench.departure(until: Clock.monotonic()) {
        if departure.packet.source == ends[opener].tuple.local, departure.packet.segment.isPureAck {
          answers += 1
        }
      }
    }
    let took = Clock.monotonic() - began
    if answers == sent, took > 900_000_000, limit != "\(Int32.max)" {
      recorder.record(.stall(nanoseconds: took))
      return
    }
    try settle()
    try look()
    measure(
      name, answers == sent ? "one each" : answers == 0 ? "none" : "fewer than came",
      "\(answers) ACKs for \(sent) RSTs; \(try whatIsLeft(of: opener))", proof: [first, lastLook(at: opener)])
  }
}
