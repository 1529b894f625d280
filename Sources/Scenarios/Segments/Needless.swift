import Benches
import Documents
import TCP
import Traces

/// Segments that are sent again though they had arrived, and the signs of it at each end.
extension Connection {
  /// Measures the answer of a receiver to data that it has.
  func measureTwice(_ figure: Figure) throws {
    try openForSegments()
    let reader = opener.other
    path.rules = [{ segment, party in party == reader ? nil : segment.length > 0 ? .double : nil }]
    let start = log.nextPlace
    try call(.send(100), by: opener)
    try expect(opener, SegmentPattern(isData: true))
    try settle()
    let acks = log.segments(of: reader, since: start)
    measure(
      figure, .inShort(acks.compactMap { log.events[$0].segment }), "the ACKs of the reader",
      proof: acks)
  }

  /// ACKs are late, so that a segment is sent again though it arrived; then they come.
  func measureNeedless(_ figure: Figure) throws {
    // Only a second timeout would make something else of it.
    waiting.isPatient = true
    try openForSegments()
    let before = try counters(of: opener)
    let reader = opener.other
    path.rules = [{ _, party in party == reader ? .hold : nil }]
    try call(.send(100), by: opener)
    try expect(opener, SegmentPattern(isData: true))
    try awaitResend(of: opener)
    let again = try expect(opener, SegmentPattern(isData: true))
    try settle()
    path.rules = []
    try path.release()
    try settle()
    let after = try counters(of: opener)
    let timeouts = after["TCPTimeouts", default: 0] - before["TCPTimeouts", default: 0]
    if timeouts > 1 { try waiting.disturbed(because: .resent) }
    let names = [
      "TCPTimeouts", "TCPSpuriousRTOs", "TCPFullUndo", "TCPPartialUndo", "TCPDSACKUndo", "TCPLossUndo",
      "TCPDSACKRecv", "TCPSlowStartRetrans", "TCPLossFailures",
    ]
    let grown = names.filter { after[$0, default: 0] > before[$0, default: 0] }
    measure(
      figure, grown.isEmpty ? "none" : .words(grown.joined(separator: " ")),
      "what grew of \(names.joined(separator: ", "))", proof: [again])
  }
}
