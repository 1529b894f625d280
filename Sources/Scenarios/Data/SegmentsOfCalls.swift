import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// The segments that leave before a call returns.
  package static let segmentsOfCalls = Scenario(
    "segments of calls",
    Declaration(
      [
        .syn, .data,
        .finOfShutdown, .finOfClose,
      ], needs: [.wire])
  ) { connection, _ in
    try connection.runSegmentsOfCalls()
  }
}

extension Figure {
  fileprivate static let syn = Figure("SYN of connect()", .packets)
  fileprivate static let data = Figure("data of send()", .packets)
  fileprivate static let finOfShutdown = Figure("FIN of shutdown(WR)", .packets)
  fileprivate static let finOfClose = Figure("FIN of close()", .packets)
}

extension Connection {
  /// Asks the device for a segment as soon as each call has returned: a segment that leaves within the call is there
  /// then, however busy the machine, and no time is measured.
  fileprivate func runSegmentsOfCalls() throws {
    try listen()
    log.record(.rung(index: 0))
    try measureDeparture(.syn, of: opener, after: .connect, SegmentPattern(flags: .syn))
    try settle()
    try measureDeparture(.data, of: opener, after: .send(100), SegmentPattern(isData: true))
    try settle()
    try measureDeparture(.finOfShutdown, of: opener, after: .shutdown(.write), SegmentPattern(flags: .fin))
    try settle()
    try measureDeparture(.finOfClose, of: opener.other, after: .close, SegmentPattern(flags: .fin))
    try settle()
  }

  private func measureDeparture(
    _ figure: Figure, of party: Party, after call: Call, _ pattern: SegmentPattern
  ) throws {
    try self.call(call, by: party)
    let place = try departed(party, pattern)
    measure(
      figure, place == nil ? "does not leave before the call returns" : "leaves before the call returns",
      "the device, asked as soon as the call had returned", proof: [log.lastCall(), place])
    if place == nil { try expect(party, pattern) }
  }
}
