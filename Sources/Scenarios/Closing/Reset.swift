import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A connection ends with RST.
  package static let reset = Scenario(
    "reset",
    Declaration(
      [
        .segment,
        .fin,
        .firstWrite,
        .read,
        .write,
        .dataBefore,
        .stateOfResetting,
        .stateOfReset,
      ],
      under: [
        [.endedBy(.unreadData)], [.endedBy(.linger)], [.endedBy(.linger), .writesFirst],
        [.endedBy(.lateWrite)],
      ], given: [.init("TCP_QUICKACK", "0", in: .underAny([.endedBy(.linger)]))])
  ) { try $0.runReset(under: $1) }
}

extension Figure {
  fileprivate static let segment = Figure("RST segment", formerly: ["segment that resets"], .packets)
  fileprivate static let fin = Figure(
    "FINs from the end that sends the RST",
    formerly: ["FINs sent by the end that resets", "FIN of the end that resets"], .packets)
  fileprivate static let firstWrite = Figure(
    "first write after the peer has closed", formerly: ["first write to an end that has closed"], .programs,
    in: .underAny([.endedBy(.lateWrite)]))
  fileprivate static let read = Figure(
    "recv() at the end that receives the RST", formerly: ["read of the end that is reset"], .programs)
  fileprivate static let write = Figure(
    "send() at the end that receives the RST", formerly: ["write of the end that is reset"], .programs)
  fileprivate static let dataBefore = Figure(
    "data written just before the RST",
    formerly: ["data written just before the reset", "data written just before"], .programs,
    in: .underAny([.endedBy(.linger)]))
  fileprivate static let stateOfResetting = Figure(
    "state of the end that sends the RST", formerly: ["state of the end that resets"], .programs)
  fileprivate static let stateOfReset = Figure(
    "state of the end that receives the RST", formerly: ["state of the end that is reset"], .programs)
}

extension Connection {
  /// The end that accepted ends the connection with RST; the end that connected hears of it.
  fileprivate func runReset(under conditions: [Condition]) throws {
    let way = Condition.Reset.allCases.first { conditions.contains(.endedBy($0)) } ?? .unreadData
    let ending = opener.other
    try open()
    try settle()
    let start = log.record(.rung(index: 0))
    switch way {
    case .unreadData: try closeWithUnreadData(ending)
    case .linger: try closeWithoutLinger(ending)
    case .lateWrite: try writeLate(to: ending)
    }
    try settle()
    try look()
    // The first: whatever comes for the connection later, as a delayed ACK, is answered with RST, too.
    measureSegment(.segment, log.firstReset(of: ending, since: start))
    measureFin(of: ending, since: start)
    if conditions.contains(.writesFirst) {
      try measureWrite()
      try measureRead(of: way)
    } else {
      try measureRead(of: way)
      try measureWrite()
    }
    try measureState(.stateOfResetting, ending)
    try measureState(.stateOfReset, opener)
  }

  /// Closes with data that was not read: to drop it in silence would be a lie to its sender (RFC 2525 section 2.17).
  private func closeWithUnreadData(_ party: Party) throws {
    try call(.send(100), by: party.other)
    try expect(party.other, SegmentPattern(isData: true))
    try expect(party, SegmentPattern(flags: .ack))
    try closeUnread(party)
    try expect(party, SegmentPattern(flags: .rst))
  }

  /// Of two writes the second waits for the ACK of the first (Nagle), which is delayed: close() finds it unsent.
  private func closeWithoutLinger(_ party: Party) throws {
    try setOption(of: party.other) { socket in try socket.set(.quickAck, to: false) }
    try call(.send(100), by: party)
    try call(.send(100), by: party)
    try closeUnread(party, linger: .seconds(0))
    try expect(party, SegmentPattern(isData: true))
    try expect(party, SegmentPattern(flags: .rst))
  }

  /// It has closed in order; the other, in CLOSE_WAIT, writes to nobody.
  private func writeLate(to party: Party) throws {
    try call(.close, by: party)
    try expect(party, SegmentPattern(flags: .fin))
    try expect(party.other, SegmentPattern(flags: .ack))
    let outcome = try call(.send(100), by: party.other)
    measure(
      .firstWrite, told(outcome), "what send() returned", proof: [log.lastCall()])
    try expect(party.other, SegmentPattern(isData: true))
    try expect(party, SegmentPattern(flags: .rst))
  }

  private func measureFin(of party: Party, since start: Int) {
    let figure = Figure.fin
    guard seesSegments else { return cannotMeasure(figure, because: .needs("segments to be seen")) }
    let fins = log.segments(of: party, since: start) { $0.flags.contains(.fin) }
    measure(
      figure, fins.isEmpty ? "none" : .count(fins.count), "the segments that left it",
      proof: fins + [log.lastReset(of: party)])
  }

  private func measureRead(of way: Condition.Reset) throws {
    let reading = try read(by: opener)
    measure(.read, reading.ending, "what recv() returned", proof: [log.lastCall()])
    guard way == .linger else { return }
    measure(
      .dataBefore, .words("\(reading.count) of 200 bytes arrive"),
      "what the other end read; the rest waited for an ACK, and went with close()", proof: [log.lastCall()])
  }

  private func measureWrite() throws {
    let outcome = try call(.send(100), by: opener)
    measure(.write, told(outcome), "what send() returned", proof: [log.lastCall()])
  }
}
