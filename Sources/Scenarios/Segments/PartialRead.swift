import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// A program closes before it has read to the end.
  package static let partialRead = Scenario(
    "partial read",
    Declaration([
      .halfRead,
      .finBehind,
      .finInSegment,
    ])
  ) { connection, _ in
    try connection.runPartialRead()
  }

  fileprivate static let judgesByNumber =
    Known(
      "Between Linux 5.10 and 6.1 what is unread at close() came to be judged by its number.",
      .between("5.10", "6.1"))
}

extension Figure {
  fileprivate static let halfRead = Figure(
    "close() with half of the data read", .programs)
  fileprivate static let finBehind = Figure(
    "close() with all data read but not the FIN behind it", .programs, known: Scenario.judgesByNumber)
  fileprivate static let finInSegment = Figure(
    "close() with all data read but not the FIN in its segment", .programs, known: Scenario.judgesByNumber)
}

extension Connection {
  /// A program closes though it has not read to the end. Which part it has read decides whether the other end is told.
  fileprivate func runPartialRead() throws {
    let cases: [(name: Figure, isForged: Bool, read: Int)] = [
      (.halfRead, false, 50),
      (.finBehind, false, 100),
      (.finInSegment, true, 100),
    ]
    log.record(.rung(index: 0))
    for (name, isForged, count) in cases {
      guard seesSegments, bench.holdsPackets || !isForged else {
        cannotMeasure(name, because: .needs("the wire, where segments are changed: --on wire"))
        continue
      }
      let isMeasured = try sibling(events: .keptUndisturbed) { connection in
        try connection.measureClose(name, afterReading: count, joinsFin: isForged, endsStream: count == 100)
      }
      if !isMeasured { cannotMeasure(name, because: .disturbed("the machine stalled each time")) }
    }
  }

  private func measureClose(_ figure: Figure, afterReading count: Int, joinsFin: Bool, endsStream: Bool)
    throws
  {
    let reader = opener.other
    try open()
    if joinsFin {
      path.rules.append { segment, party in
        guard party == self.opener, segment.length > 0 else { return nil }
        var changed = segment
        changed.flags.insert(.fin)
        return .rewrite(changed)
      }
    }
    try call(.send(100), by: opener)
    try expect(opener, SegmentPattern(isData: true))
    try expect(reader, SegmentPattern(flags: .ack))
    if endsStream, !joinsFin {
      try call(.shutdown(.write), by: opener)
      try expect(opener, SegmentPattern(flags: .fin))
    }
    try settle()
    let read = try read(upTo: count, by: reader)
    let start = log.nextPlace
    try closeUnread(reader)
    try settle()
    try look()
    let ends = log.firstSegment(of: reader, since: start) { !$0.flags.isDisjoint(with: [.rst, .fin]) }
    let flags = log.segment(at: ends)?.flags
    measure(
      figure,
      read == .returned(value: count) ? flags.map(Value.segment) ?? "nothing" : "not so much could be read",
      "the segment that close() sends", proof: [start, ends])
  }
}
