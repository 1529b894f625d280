import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// The last ACK of a close is lost.
  package static let lostLastAck = Scenario(
    "lost last ACK",
    Declaration(
      [
        .closeWithTimeWait,
        .closeWithoutTimeWait,
      ], under: [[.losses(1)], [.losses(3)], [.setting("tcp_max_tw_buckets", "0")]], needs: [.segments])
  ) { try $0.runLostLastAck(under: $1) }
}

extension Figure {
  fileprivate static let closeWithTimeWait = Figure(
    "a close whose last ACK is lost", .programs, in: .underNone([.setting("tcp_max_tw_buckets", "0")]),
    settings: ["tcp_max_tw_buckets"])
  fileprivate static let closeWithoutTimeWait = Figure(
    "a close without TIME_WAIT whose last ACK is lost", .programs,
    in: .underAny([.setting("tcp_max_tw_buckets", "0")]))
}

extension Connection {
  /// A close whose last ACK does not arrive: once, more often, or where the kernel keeps no TIME_WAIT.
  fileprivate func runLostLastAck(under conditions: [Condition]) throws {
    let limit = conditions.first { $0.name == "tcp_max_tw_buckets" }?.value
    let keepsTimeWait = limit != "0"
    let figure: Figure = keepsTimeWait ? .closeWithTimeWait : .closeWithoutTimeWait
    if let limit {
      return try withSettings([("net.ipv4.tcp_max_tw_buckets", limit)], at: [opener]) {
        try runLostLastAck(losses: 1, figure, keepsTimeWait: keepsTimeWait)
      }
    }
    try runLostLastAck(losses: conditions.contains(.losses(3)) ? 3 : 1, figure, keepsTimeWait: true)
  }

  private func runLostLastAck(losses: Int, _ figure: Figure, keepsTimeWait: Bool) throws {
    let first = opener
    let last = opener.other
    try open()
    log.record(.rung(index: 0))
    try call(.close, by: first)
    try expect(first, SegmentPattern(flags: .fin))
    try expect(last, SegmentPattern(flags: .ack))
    // shutdown() and not close(): its program is to hear how the connection ended.
    var fins: [Int?] = []
    try path.lose(first, like: SegmentPattern(flags: .ack))
    try call(.shutdown(.write), by: last)
    fins.append(try expect(last, SegmentPattern(flags: .fin)))
    try expect(first, SegmentPattern(flags: .ack))
    for index in 1...losses {
      if index < losses { try path.lose(first, like: SegmentPattern(flags: .ack)) }
      try awaitResend(of: last)
      fins.append(try expect(last, SegmentPattern(flags: .fin)))
      if keepsTimeWait { fins.append(try expect(first, SegmentPattern(flags: .ack))) }
    }
    try settle()
    try look()
    let error = try failure(of: last)
    let reset = log.lastReset(of: first)
    let isOver = try record(of: last) == nil
    let value: Value =
      switch (isOver, reset, error) {
      case (false, _, _): "deadlock"
      case (true, .some, let error?): .list([.segment(.rst), .words("and \(error)")])
      case (true, .some, nil): "RST"
      case (true, nil, _) where fins.contains(nil): "a FIN or its ACK does not come"
      case (true, nil, _): "the FIN comes again and is answered"
      }
    measure(figure, value, "the segments, and what the end that closed last was told", proof: fins + [reset])
  }
}
