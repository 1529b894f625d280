import Benches
import Documents
import Linux
import TCP
import Traces

extension Stage {
  /// One end writes twenty times 100 bytes, and no ACK reaches it.
  func playSendingAhead(under conditions: [Condition]) throws {
    try open()
    if conditions.contains(.option("TCP_NODELAY")) {
      try setOption(of: opener) { socket in try socket.set(.noDelay, to: true) }
    }
    recorder.record(.rung(index: 0))
    try loseAll(from: opener.other)
    for _ in 0..<20 { try call(.send(100), by: opener) }
    try expect(opener, SegmentPattern(isData: true))
    try settle()
    var sequences: Set<SequenceNumber> = []
    var places: [Int] = []
    for (place, event) in recorder.events.enumerated() {
      // What is sent again is no new packet.
      guard event.party == opener, let segment = event.segment, segment.length > 0,
        sequences.insert(segment.sequence).inserted
      else { continue }
      places.append(place)
    }
    guard seesSegments else { return cannotMeasure("packets sent before an ACK comes", because: "segments cannot be seen here") }
    measure(
      "packets sent before an ACK comes", "\(sequences.count)",
      "different numbers among the segments that left", proof: places)
  }
}
