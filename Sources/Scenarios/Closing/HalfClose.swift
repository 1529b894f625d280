import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// One end is done sending, the other goes on.
  package static let halfClose = Scenario(
    "half-close",
    Declaration(
      [
        .write,
        .read,
        .dataInCloseWait,
      ], under: [[.closesBy(.shutdown(.write))], [.closesBy(.close)]])
  ) { try $0.runHalfClose(under: $1) }
}

extension Figure {
  fileprivate static let write = Figure(
    "write after shutdown(WR)",
    alsoCalled: [
      "write() after shutdown(WR)", "write() after shutdown(SHUT_WR)", "write after shutdown(SHUT_WR)",
      "writing after shutdown(SHUT_WR)", "send() after shutdown(SHUT_WR)", "send() after shutdown(WR)",
    ], saidAs: .errno, .programs, in: .underAny([.closesBy(.shutdown(.write))]))
  fileprivate static let read = Figure(
    "read after shutdown(WR)", .programs, in: .underAny([.closesBy(.shutdown(.write))]))
  fileprivate static let dataInCloseWait = Figure(
    "data sent in CLOSE_WAIT", .programs, circumstances: [.segments], formerWords: Scenario.formerReset)
}

extension Connection {
  /// One end is done sending; the other, in CLOSE_WAIT, sends on.
  fileprivate func runHalfClose(under conditions: [Condition]) throws {
    let keepsReading = conditions.contains(.closesBy(.shutdown(.write)))
    try open()
    try settle()
    log.record(.rung(index: 0))
    try call(keepsReading ? .shutdown(.write) : .close, by: .left)
    try expect(.left, SegmentPattern(flags: .fin))
    try expect(.right, SegmentPattern(flags: .ack))
    if keepsReading { try measureLateWrite() }
    let state = log.lastLook(at: .right)

    try call(.send(100), by: .right)
    let data = try expect(.right, SegmentPattern(isData: true))
    try settle()
    if keepsReading { try call(.receive(nil), by: .left) }
    let reset = log.firstReset(of: .left, since: state ?? 0)
    let arrived = ends.left.received.count
    let figure = Figure.dataInCloseWait
    if reset == nil, arrived < 100, !seesSegments {
      cannotMeasure(
        figure, because: .needs("segments to be seen: the data was not read, and an RST would not show"))
    } else {
      measure(
        figure,
        arrived == 100
          ? "arrives" : reset != nil ? "is answered with RST" : .words("\(arrived) of 100 bytes arrive"),
        "what the other end read or answered", proof: [state, data, reset])
    }
    if keepsReading {
      measure(
        .read, arrived > 0 ? "data arrives" : "nothing arrives",
        "what the end that was done sending read", proof: [data])
      try call(.close, by: .right)
      try expect(.right, SegmentPattern(flags: .fin))
      try settle()
    }
    try look()
  }

  private func measureLateWrite() throws {
    let outcome = try call(.send(1), by: .left)
    let place = log.lastCall(.send(1))
    measure(.write, told(outcome), "what send() returned", proof: [place])
  }
}
