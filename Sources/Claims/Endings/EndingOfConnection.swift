import Documents
package import Notations
import TCP

extension Ending {
  /// The reason why this connection ended.
  ///
  /// - Parameter end: the time of the capture's last packet.
  package init(of connection: CapturedConnection, captureEnd end: Int64) {
    let reader = EndingReader(connection, captureEnd: end)
    self = reader.ending()
    if connection.untold.contains(.times) {
      for place in proofs.indices { proofs[place].nanoseconds = nil }
    }
    remarks += reader.remarks(on: kind)
  }
}

/// Looks for what ended a connection: first RST, then what is missing.
struct EndingReader {
  let connection: CapturedConnection
  let sides: Both<CapturedSide>
  let segments: [CapturedSegment]
  let captureEnd: Int64

  init(_ connection: CapturedConnection, captureEnd: Int64) {
    self.captureEnd = captureEnd
    self.connection = connection
    sides = connection.sides
    segments = connection.segments
  }

  func ending() -> Ending {
    let (news, syns) = (
      Both(left: lastNew(of: .left), right: lastNew(of: .right)),
      Both(left: lastSYN(of: .left), right: lastSYN(of: .right))
    )
    let acks = lastAcknowledging
    var useless: [Ending.Remark] = []
    for reset in resets where syns[reset.from] < reset.number {
      // Its sender goes on as if there were no RST.
      guard max(news[reset.from], acks[reset.from]) > reset.number else {
        return ending(by: reset).adding(useless)
      }
      if useless.count < Self.mostUseless { useless.append(.uselessReset(reset.from, packet: reset.number)) }
    }
    return withoutReset().adding(useless)
  }

  /// The most RSTs without an effect that are told.
  private static let mostUseless = 3

  /// Every RST that was kept, and the first one of each end.
  private var resets: [CapturedSegment] {
    let kept = segments.filter { $0.flags.contains(.rst) }
    let numbers = Set(kept.map(\.number))
    let first = Party.allCases.compactMap { sides[$0].rst }.filter { !numbers.contains($0.number) }
    return (kept + first).sorted { $0.number < $1.number }
  }

  /// The packet of this end's last segment that brings something new; 0 where there is none.
  private func lastNew(of party: Party) -> Int {
    segments.last {
      $0.from == party && !$0.flags.contains(.rst) && $0.sequenceLength > 0
        && !$0.marks.contains(.retransmission)
    }?.number ?? 0
  }

  /// The packet of each end's last segment that acknowledges more than its segments before; 0 where there is none.
  private var lastAcknowledging: Both<Int> {
    var (last, known) = (Both(0), Both<SequenceNumber?>(nil))
    for segment in segments {
      guard let number = segment.acknowledged, known[segment.from].map({ number - $0 > 0 }) ?? true else {
        continue
      }
      known[segment.from] = number
      if !segment.flags.contains(.rst) { last[segment.from] = segment.number }
    }
    return last
  }

  /// The packet of this end's last SYN that opens; 0 where there is none. An RST before it ended an older connection that the
  /// other end still had (RFC 9293 section 3.5.1).
  private func lastSYN(of party: Party) -> Int {
    segments.last { $0.from == party && $0.flags.contains(.syn) && !$0.flags.contains(.ack) }?.number ?? 0
  }

  private func withoutReset() -> Ending {
    if let unopened { return unopened }
    let fins = Party.allCases.compactMap { sides[$0].fin }.sorted { $0.number < $1.number }
    if fins.count == 2 {
      let closed = closed(fins[0], fins[1])
      // An ACK that is missing is told by the numbers behind all data.
      guard closed.kind == .lastAckMissing, let untold else { return closed }
      return Ending(.undecided, of: closed.party, closed.proofs, remarks: [.untold(untold)])
    }
    if let stalled { return stalled }
    for party in Party.allCases {
      if let silent = silence(of: party.other, towards: party) { return silent }
    }
    if let fin = fins.first { return halfClosed(fin) }
    return Ending(.undecided, of: .left, lastPackets)
  }

  /// The detail of data that a text leaves out; nil where it has all, and of a capture file.
  var untold: Ending.Untold? {
    connection.untold.contains(.lengths) ? .lengths : connection.untold.contains(.numbers) ? .numbers : nil
  }

  private var lastPackets: [Ending.Proof] {
    segments.last.map { [Ending.Proof(.lastHeard, $0.from, [$0.number])] } ?? []
  }

  // MARK: Closed

  func closed(_ first: CapturedSegment, _ second: CapturedSegment) -> Ending {
    var proofs = [Ending.Proof(.fin, first.from, [first.number])]
    let acknowledged = [first, second].map { fin in acknowledgment(of: fin) }
    if let ack = acknowledged[0], ack.number != second.number {
      proofs.append(Ending.Proof(.finAcknowledged, ack.from, [ack.number]))
    }
    proofs.append(Ending.Proof(.fin, second.from, [second.number]))
    guard isAcknowledged(second) else {
      return Ending(
        .lastAckMissing, of: first.from, proofs + again(.finAgain, second.from, .fin),
        isInferred: sides[second.from].finCount == 1)
    }
    if let ack = acknowledged[1] { proofs.append(Ending.Proof(.finAcknowledged, ack.from, [ack.number])) }
    guard isAcknowledged(first) else {
      return Ending(
        .lastAckMissing, of: second.from, proofs + again(.finAgain, first.from, .fin),
        isInferred: sides[first.from].finCount == 1)
    }
    // The second FIN left before the first had arrived.
    let crosses = second.acknowledged.map { $0 - first.end < 0 } ?? true
    var ending = Ending(crosses ? .closedByBoth : .closed, of: first.from, proofs)
    let repeated = segments.filter {
      $0.from == second.from && $0.flags.contains(.fin) && $0.marks.contains(.needless)
    }
    if !repeated.isEmpty { ending.remarks.append(.ackLost(second.from, packets: repeated.map(\.number))) }
    return ending
  }

  func isAcknowledged(_ segment: CapturedSegment) -> Bool {
    sides[segment.from.other].acknowledged.map { $0 - segment.end >= 0 } ?? false
  }

  /// The first segment that was kept and acknowledges this FIN.
  func acknowledgment(of fin: CapturedSegment) -> CapturedSegment? {
    segments.first {
      $0.from == fin.from.other && $0.number > fin.number && !$0.flags.contains(.rst)
        && ($0.acknowledged.map { $0 - fin.end >= 0 } ?? false)
    }
  }

  private func halfClosed(_ fin: CapturedSegment) -> Ending {
    let proof = Ending.Proof(.fin, fin.from, [fin.number])
    guard let ack = acknowledgment(of: fin) else {
      let isAnswered = isAcknowledged(fin)
      return Ending(isAnswered ? .halfClosed : .undecided, of: fin.from, [proof])
    }
    return Ending(
      .halfClosed, of: fin.from, [proof, Ending.Proof(.finAcknowledged, ack.from, [ack.number])])
  }

  // MARK: Waiting in vain

  /// A window that is closed at the end.
  private var stalled: Ending? {
    for party in Party.allCases {
      guard let closed = sides[party].closedWindow else { continue }
      let probes = segments.filter {
        $0.from == party.other && $0.number > closed.number && $0.marks.contains(.windowProbe)
      }
      let wait = captureEnd - closed.time
      guard !probes.isEmpty || wait >= 200_000_000 else { continue }
      var proofs = [Ending.Proof(.closedWindow, party, [closed.number], nanoseconds: wait)]
      if !probes.isEmpty { proofs.append(Ending.Proof(.windowProbes, party.other, probes.map(\.number))) }
      return Ending(.zeroWindow, of: party, proofs, isInferred: probes.isEmpty)
    }
    return nil
  }

  /// The other end is not heard any more, whatever this one repeats.
  private func silence(of other: Party, towards party: Party) -> Ending? {
    var heard: [Ending.Proof] = []
    if let last = sides[other].last { heard = [Ending.Proof(.lastHeard, other, [last.number])] }
    let repeated = sides[party].unanswered
    if let first = repeated.first, let last = repeated.last {
      let original = segments.first {
        $0.from == party && $0.sequence == first.sequence && $0.sequenceLength > 0
      }
      let isFIN = last.flags.contains(.fin) && last.length == 0
      var proofs = heard
      if let original, original.number < first.number {
        proofs.append(
          Ending.Proof(
            isFIN ? .fin : .data, party, [original.number], octets: isFIN ? nil : original.length))
      }
      proofs.append(
        Ending.Proof(
          isFIN ? .finAgain : .retransmissions, party, repeated.map(\.number),
          nanoseconds: last.time - (original ?? first).time))
      // One repetition alone may just be answered behind the end of the capture.
      return Ending(
        isFIN ? .finUnanswered : .retransmissionsUnanswered, of: party, proofs, isInferred: repeated.count < 2
      )
    }
    let probes = sides[party].keepAlives
    guard !probes.isEmpty else { return nil }
    return Ending(
      .keepAlivesUnanswered, of: party, heard + [Ending.Proof(.keepAlives, party, probes)],
      isInferred: probes.count < 2)
  }
}

extension Ending {
  func adding(_ remarks: [Remark]) -> Ending {
    var ending = self
    ending.remarks += remarks
    return ending
  }
}
