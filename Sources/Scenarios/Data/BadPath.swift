import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// A segment is lost, doubled or overtaken.
  package static let badPath = Scenario(
    "bad path",
    Declaration(
      [.data], under: Condition.Mishap.allCases.map { [.path($0)] },
      given: [.init("TCP_NODELAY", "1")],
      timed: .init("RACK waits a quarter of a round trip before it takes a segment for lost"))
  ) { try $0.runBadPath(under: $1) }
}

extension Figure {
  fileprivate static let data = Figure(
    "data over a bad path", .programs, formerWords: ["octets": "bytes"])
}

extension Connection {
  /// Four segments are sent, and the second meets with a mishap. What the reader gets is compared octet by octet.
  fileprivate func runBadPath(under conditions: [Condition]) throws {
    let figure = Figure.data
    let mishap = Condition.Mishap.allCases.first { conditions.contains(.path($0)) } ?? .loses
    guard bench.holdsPackets || (mishap == .loses && seesSegments) else {
      return cannotMeasure(figure, because: .needs("the wire, which \(mishap.rawValue): --on wire"))
    }
    try open()
    try setOption(of: opener) { socket in try socket.set(.noDelay, to: true) }
    log.record(.rung(index: 0))
    try call(.send(100), by: opener)
    try expect(opener, SegmentPattern(isData: true))
    if mishap == .loses { try path.lose(opener, like: SegmentPattern(isData: true)) }
    var fates: [Fate] = mishap == .doubles ? [.double] : mishap == .reorders ? [.hold] : []
    let sender = opener
    path.rules.append { segment, party in
      party == sender && segment.length > 0 && !fates.isEmpty ? fates.removeFirst() : nil
    }
    for count in [101, 102, 103] {
      try call(.send(count), by: opener)
      // A filter on loopback loses all that arrives until it is taken away: this segment, before the next is sent.
      if !bench.holdsPackets { try expect(opener, SegmentPattern(isData: true)) }
    }
    if bench.holdsPackets {
      for _ in 0..<3 { try expect(opener, SegmentPattern(isData: true)) }
    }
    try path.release()
    if mishap == .loses { try awaitResend(of: opener) }
    try settle()
    // In real time more may have been lost than was meant to be, and a resend with it.
    for _ in 0..<5 {
      guard let record = try record(of: opener), record.sendQueue > 0 else { break }
      try awaitResend(of: opener)
      try settle()
    }
    guard fates.isEmpty, mishap != .loses || hasTimerSent(for: opener) else {
      throw NotMeasurable(reason: "no segment met with the mishap")
    }
    try call(.receive(nil), by: opener.other)
    let sent = [100, 101, 102, 103].flatMap { payload($0) }
    let received = ends[opener.other].received
    let places = log.segments(of: sender)
    measure(
      figure,
      received == sent
        ? "once and in order" : .list([.words("\(received.count) of \(sent.count) bytes"), "or others"]),
      "the bytes that were read, compared with those that were written", proof: places)
  }
}
