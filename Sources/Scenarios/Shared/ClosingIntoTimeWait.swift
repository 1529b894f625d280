import Benches
import Documents
import Linux
import TCP
import Traces

/// Closes that leave one end in TIME_WAIT.
extension Connection {
  /// Closes the connection, this party first, and lets everything arrive.
  ///
  /// - Returns: the events of the last FIN and of its ACK.
  func closeIntoTimeWait(_ first: Party) throws -> (lastFin: Int?, lastAck: Int?) {
    try call(.close, by: first)
    try expect(first, SegmentPattern(flags: .fin))
    // Linux acknowledges a FIN up to a tick later: the second FIN would leave before it, or behind it.
    try settle()
    try call(.close, by: first.other)
    let fin = try expect(first.other, SegmentPattern(flags: .fin))
    let ack = try expect(first, SegmentPattern(flags: .ack))
    try settle()
    try look()
    return (fin, ack)
  }

  /// The timer that TIME_WAIT of this party was begun with; nil where it is not in TIME_WAIT.
  ///
  /// - Parameter since: a time of the trace at which TIME_WAIT had not begun yet.
  func timeWaitTimer(of party: Party, since: Int64) throws -> Arming? {
    guard try record(of: party)?.state == .timeWait else { return nil }
    return try armedTimer(of: party).map { Arming($0, since: since) }
  }

  /// Data is sent and read, then the holder closes first.
  ///
  /// - Returns: the segment with the data, of which a copy may still be under way, and the number after all that its
  ///   sender sent.
  func closeAfterData(_ holder: Party) throws -> (duplicate: Segment, next: SequenceNumber) {
    try open()
    try call(.send(100), by: opener)
    let data = try expect(opener, SegmentPattern(isData: true))
    try settle()
    _ = try closeIntoTimeWait(holder)
    guard let duplicate = log.segment(at: data),
      let last = log.segment(at: log.lastSegment(of: opener))
    else { throw NotMeasurable(reason: "no such segment left") }
    return (duplicate, last.end)
  }
}
