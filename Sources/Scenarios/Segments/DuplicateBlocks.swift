import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Octets arrive again, in order and behind a gap: the first block of the ACK tells which (RFC 2883).
  package static let duplicateBlocks = Scenario(
    "DSACK blocks",
    Declaration(
      [.twiceBehindGap, .partly, .intoNext, .overTwo],
      settings: ["tcp_sack", "tcp_dsack", "tcp_timestamps", "tcp_rmem"],
      given: [.init("tcp_comp_sack_nr", "0")], isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runDuplicateBlocks()
  }
}

extension Figure {
  fileprivate static let twiceBehindGap = ofBlocks("that comes twice behind a gap")
  fileprivate static let partly = ofBlocks("whose first half is there")
  fileprivate static let intoNext = ofBlocks("that fills a gap and whose end is there")
  fileprivate static let overTwo = ofBlocks("that fills two gaps and covers what is behind them")

  private static func ofBlocks(_ segment: String) -> Figure {
    Figure("ACK of a segment \(segment)", .packets)
  }
}

extension Connection {
  fileprivate func runDuplicateBlocks() throws {
    log.record(.rung(index: 0))
    let arrivals: [(figure: Figure, ranges: [Range<Int>])] = [
      (.twiceBehindGap, [100..<200, 100..<200]),
      (.partly, [0..<100, 50..<150]),
      (.intoNext, [100..<200, 0..<150]),
      (.overTwo, [100..<200, 300..<400, 0..<600]),
    ]
    // Each segment is to have an ACK of its own.
    try withSettings([("net.ipv4.tcp_comp_sack_nr", "0")], at: [opener]) {
      for (figure, ranges) in arrivals {
        try measureApart([figure]) { try $0.measureBlocks(figure, of: ranges) }
      }
    }
  }

  private func measureBlocks(_ figure: Figure, of ranges: [Range<Int>]) throws {
    let peer = try openWithMadeUpPeer()
    for range in ranges.dropLast() { try peer.send(range, flags: []) }
    let start = log.nextPlace
    for range in ranges.suffix(1) { try peer.send(range, flags: []) }
    let ack = peer.segments(since: start) { $0.flags.contains(.ack) }.last
    let texts = ranges.map { "\($0.lowerBound)-\($0.upperBound)" }
    measure(
      figure, log.segment(at: ack).map { Value(reading: peer.told($0)) } ?? "no ACK",
      "the ACK of the last of \(texts.joined(separator: " "))", proof: [start, ack])
  }
}
