import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// One end has much to send and gets no ACK.
  package static let sendingAhead = Scenario(
    "sending ahead",
    Declaration(
      [.packets], under: [[], [.option("TCP_NODELAY")]],
      given: [.init("tcp_early_retrans", "0")], needs: [.segments])
  ) { try $0.runSendingAhead(under: $1) }
}

extension Figure {
  fileprivate static let packets = Figure("packets sent before an ACK comes", .packets)
}

extension Connection {
  /// One end writes five times 100 bytes, and no ACK reaches it.
  ///
  /// Without loss probes, which send something new when no ACK comes: the claim is about what leaves by itself.
  fileprivate func runSendingAhead(under conditions: [Condition]) throws {
    let figure = Figure.packets
    try withSettings([("net.ipv4.tcp_early_retrans", "0")], at: [opener]) {
      try open()
      if conditions.contains(.option("TCP_NODELAY")) {
        try setOption(of: opener) { socket in try socket.set(.noDelay, to: true) }
      }
      log.record(.rung(index: 0))
      try path.loseAll(from: opener.other)
      for _ in 0..<5 { try call(.send(100), by: opener) }
      try settle()
      var sequences: Set<SequenceNumber> = []
      var places: [Int] = []
      for (place, event) in log.events.enumerated() {
        // What is sent again is no new packet.
        guard event.party == opener, let segment = event.segment, segment.length > 0,
          sequences.insert(segment.sequence).inserted
        else { continue }
        places.append(place)
      }
      measure(
        figure, .count(sequences.count), "different numbers among the segments of five writes", proof: places)
    }
  }
}
