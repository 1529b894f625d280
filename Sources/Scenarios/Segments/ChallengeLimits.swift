import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Many segments arrive that do not belong there.
  package static let challengeLimits = Scenario(
    "limits of challenge ACKs",
    Declaration(
      [
        .beyondWindow,
        .beforeWindow,
        .syns,
        .flood,
      ], under: [[], [.setting("tcp_invalid_ratelimit", "0")]], given: [.init(.madeUpWithoutTimestamps)],
      needs: [.wire])
  ) { try $0.runChallengeLimits(under: $1) }
}

extension Figure {
  fileprivate static let beyondWindow = Figure(
    "answers to two segments with data beyond the window", .packets, settings: ["tcp_invalid_ratelimit"]
  )
  fileprivate static let beforeWindow = Figure(
    "answers to two empty segments before the window", .packets, settings: ["tcp_invalid_ratelimit"])
  fileprivate static let syns = Figure(
    "answers to two SYNs in a row", .packets,
    settings: ["tcp_invalid_ratelimit", "tcp_challenge_ack_limit"])
  fileprivate static let flood = Figure(
    "answers to a flood of RSTs in the window", .packets,
    in: .underAny([.setting("tcp_invalid_ratelimit", "0")]), settings: ["tcp_challenge_ack_limit"],
    known: Known(
      "There was a limit of 1000 in a second up to Linux 5.10; since 6.1 there is none.",
      .between("5.10", "6.1")))
}

extension Connection {
  /// Measures the number of challenge ACKs that one connection sends: for two segments in a row, and for a flood.
  fileprivate func runChallengeLimits(under conditions: [Condition]) throws {
    let isLimited = !conditions.contains(.setting("tcp_invalid_ratelimit", "0"))
    try withSettings(of: conditions, at: opener) {
      log.record(.rung(index: 0))
      for (figure, strange) in [
        (Figure.beyondWindow, StrangeSegment.dataBeyond), (.beforeWindow, .emptyBefore), (.syns, .syn),
      ] {
        let isMeasured = try sibling(events: .keptUndisturbed) { connection in
          try connection.measureTwo(figure, strange)
        }
        if !isMeasured { cannotMeasure(figure, because: .disturbed("the machine stalled each time")) }
      }
      guard !isLimited else { return }
      let isMeasured = try sibling(events: .keptUndisturbed) { connection in
        try connection.measureFlood(.flood)
      }
      if !isMeasured { cannotMeasure(.flood, because: .disturbed("the machine stalled each time")) }
    }
  }

  private func measureTwo(_ figure: Figure, _ strange: StrangeSegment) throws {
    try reach(.established, of: opener)
    guard let place = place(of: opener, in: .established) else {
      return cannotMeasure(figure, because: "nothing was sent")
    }
    // Half a second between the two would lift the limit.
    waiting.isPatient = false
    var places: [Int] = []
    for _ in 0..<2 {
      places += try answer(to: strange.segment(at: place), payload: strange.payload, of: opener).places
    }
    let answers = places.filter { log.events[$0].segment != nil }
    measure(figure, .count(answers.count), "the segments that came back", proof: places)
  }

  /// A limit is one a second, drawn anew in each between half and three halves of the setting: at a fiftieth of it no
  /// machine is too slow to meet it. In old kernels all namespaces draw on the same, and whoever comes first in a second
  /// sets it: a flood is so long that it uses up what others have left, or begins a second itself.
  private func measureFlood(_ figure: Figure) throws {
    let setting = "net.ipv4.tcp_challenge_ack_limit"
    let limit = (try? bench.enter(opener) { try Sysctl.read(setting) }).flatMap { Int($0) }
    guard let limit, limit < Int32.max else { return try flood(figure, upTo: 5000) }
    try withSettings([(setting, "\(limit / 50)")], at: [opener]) {
      try flood(figure, upTo: 5000)
    }
  }

  private func flood(_ figure: Figure, upTo most: Int) throws {
    try reach(.established, of: opener)
    guard let place = place(of: opener, in: .established) else {
      return cannotMeasure(figure, because: "nothing was sent")
    }
    let tuple = ends[opener.other].tuple
    let packet = Packet(
      source: tuple.local, destination: tuple.remote,
      segment: StrangeSegment.resetWithin.segment(at: place))
    let reset = Departure(packet: packet, bytes: packet.bytes, time: Clock.monotonic())
    let first = log.record(
      .forged(segment: packet.segment), party: opener.other, observer: bench.segmentObserver.kind)
    // What is silence then must not be a machine that stands still.
    waiting.isPatient = false
    var (sent, answers) = (0, 0)
    while answers == sent, sent < most {
      for _ in 0..<100 { try bench.deliver(reset) }
      sent += 100
      // What comes later than that is not on its way.
      while answers < sent, let departure = try path.departure(until: Clock.monotonic() + 500_000_000) {
        let isAnswer = departure.packet.source == tuple.remote && departure.packet.segment.isPureAck
        if isAnswer { answers += 1 }
      }
    }
    try settle()
    try look()
    measure(
      figure, answers == sent ? "one each" : answers == 0 ? "none" : "fewer than came",
      "\(answers) ACKs for \(sent) RSTs; \(try whatIsLeft(of: opener))",
      proof: [first, log.lastLook(at: opener)])
  }
}
