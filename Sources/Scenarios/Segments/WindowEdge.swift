import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Data arrives that reaches beyond the window.
  package static let windowEdge = Scenario(
    "the window's edge",
    Declaration(
      [
        .data
      ], under: Condition.ReceiveQueue.allCases.map { [.receiveQueue($0)] },
      given: [.init("SO_RCVBUF", "8192"), .init(.madeUpWithoutTimestamps)], needs: [.wire])
  ) { try $0.runWindowEdge(under: $1) }
}

extension Figure {
  fileprivate static let data = Figure(
    "data that reaches beyond the window", .packets, settings: ["tcp_shrink_window"],
    known: Known("Between Linux 6.12 and 7.2 kernels began to drop it.", .between("6.12", "7.2")))
}

extension Connection {
  /// Data arrives whose beginning is within the window, and whose end is beyond it.
  fileprivate func runWindowEdge(under conditions: [Condition]) throws {
    let figure = Figure.data
    let reader = opener
    // A window that one packet can overrun.
    beforeConnect.append { socket in try socket.set(.receiveBuffer, to: 8192) }
    log.record(.rung(index: 0))
    try open()
    if !conditions.contains(.receiveQueue(.empty)) {
      // More than that a part is left unread.
      try call(.send(100), by: reader.other)
      try expect(reader, SegmentPattern(flags: .ack))
    }
    try settle()
    path.rules.append { _, _ in .drop }
    guard let place = place(of: reader, in: .established),
      let last = log.segment(at: log.lastSegment(of: reader))
    else { return cannotMeasure(figure, because: "nothing was sent") }
    let shift = log.events.lazy.compactMap { event -> UInt8? in
      guard event.party == reader, let options = event.segment?.options else { return nil }
      return options.lazy.compactMap { if case .windowScale(let shift) = $0 { shift } else { nil } }.first
    }.first
    let window = Int(last.window) << Int(shift ?? 0)
    guard window < 60_000 else {
      return cannotMeasure(figure, because: .other("the window has \(window) bytes"))
    }
    let start = log.nextPlace
    let data = Segment(
      flags: [.psh, .ack], sequence: place.next, acknowledgment: place.acceptable, window: 1000)
    try path.forge(data, payload: payload(window + 100), from: reader.other)
    // Its ACK may be delayed.
    try pauseForAck(of: reader)
    let ack = log.lastSegment(of: reader, since: start)
    let taken = log.segment(at: ack)?.acknowledged.map { $0 - place.next }
    let value: Value =
      switch taken {
      case nil: "no answer"
      case 0?: "not taken"
      case (window + 100)?: "taken with what is beyond"
      case window?: "taken up to the window's edge"
      default: "taken in part"
      }
    measure(
      figure, value, "what the ACK says of \(window + 100) bytes in a window of \(window)",
      proof: [start, ack])
  }

  private func pauseForAck(of party: Party) throws {
    _ = try awaitSegment(of: party, named: "an ACK") { $0.isPureAck }
    try settle()
  }
}
