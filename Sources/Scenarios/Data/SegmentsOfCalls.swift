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
  /// What leaves within a call is there when the call returns, however busy the machine: no time is measured.
  fileprivate func runSegmentsOfCalls() throws {
    let names: [Figure] = [.syn, .data, .finOfShutdown, .finOfClose]
    try listen()
    log.record(.rung(index: 0))
    try measureDeparture(names[0], of: opener, after: .connect, SegmentPattern(flags: .syn))
    try settle()
    try measureDeparture(names[1], of: opener, after: .send(100), SegmentPattern(isData: true))
    try settle()
    try measureDeparture(names[2], of: opener, after: .shutdown(.write), SegmentPattern(flags: .fin))
    try settle()
    try measureDeparture(names[3], of: opener.other, after: .close, SegmentPattern(flags: .fin))
    try settle()
  }

  private func measureDeparture(
    _ name: Figure, of party: Party, after call: Call, _ pattern: SegmentPattern
  ) throws {
    try self.call(call, by: party)
    let place = try departed(party, pattern)
    measure(
      name, place == nil ? "does not leave before the call returns" : "leaves before the call returns",
      "the device, asked as soon as the call had returned", proof: [lastPlace, place])
    if place == nil { try expect(party, pattern) }
  }
}
