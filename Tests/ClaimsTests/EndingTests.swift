import Claims
import Documents
import Kinds
import MadeCaptures
import Notations
import TCP
import Testing

/// For each way in which a connection can end, the packets that prove it are found.
@Suite(.tags(.pure)) struct EndingTests {
  /// The reason, the party that it is about, and the packets that prove it.
  private func expect(
    _ kind: Ending.Kind, _ party: Party, _ packets: [[Int]], inferred: Bool = false, of exchange: Exchange,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try exchange.ending()
    #expect(found.kind == kind, sourceLocation: sourceLocation)
    #expect(found.party == party, sourceLocation: sourceLocation)
    #expect(found.proofs.map(\.packets) == packets, sourceLocation: sourceLocation)
    #expect(found.isInferred == inferred, sourceLocation: sourceLocation)
  }

  // MARK: Never made

  @Test func aSYNWithoutAnswer() throws {
    var all = Exchange()
    for _ in 0..<3 { all.add(">", .syn, 100) }
    try expect(.noAnswer, .left, [[1], [2, 3]], of: all)
  }

  @Test func aRefusedConnection() throws {
    var all = Exchange()
    all.add(">", .syn, 100)
    all.add("<", [.rst, .ack], 0, 101)
    try expect(.refused, .left, [[1], [2]], of: all)
  }

  @Test func aSYNACKThatNobodyAcknowledges() throws {
    var all = Exchange()
    all.add(">", .syn, 100)
    for _ in 0..<2 { all.add("<", [.syn, .ack], 500, 101) }
    try expect(.neverAcknowledged, .left, [[1], [2], [3]], of: all)
  }

  @Test func anOpenerThatResetsTheSYNACK() throws {
    var all = Exchange()
    all.add(">", .syn, 100)
    all.add("<", [.syn, .ack], 500, 101)
    all.add(">", .rst, 101)
    try expect(.openerReset, .left, [[1], [2], [3]], of: all)
  }

  @Test func anICMPErrorAboutTheSYN() throws {
    var all = Exchange()
    all.add(">", .syn, 100)
    let syn = all.packets[0].packet
    var file = CaptureBytes()
    file.add(syn, at: 1)
    let router = Address(192, 0, 2, 254)
    let error = ICMP.hostUnreachable.bytes(
      about: Array(syn.bytes.prefix(28)), from: router, to: syn.source.address)
    file.add(error, at: 2)
    var reader = CaptureReader()
    reader.add(file.bytes)
    let found = Ending(of: try #require(reader.end().connections.first), captureEnd: 2)
    #expect(found.kind == .unreachable && found.proofs.map(\.packets) == [[1], [2]])
  }

  // MARK: Closed

  @Test func anOrdinaryCloseFromEitherSide() throws {
    try expect(
      .closed, .left, [[4], [5], [6], [7]],
      of: .opened {
        $0.add(">", [.fin, .ack], 101, 501)
        $0.add("<", .ack, 501, 102)
        $0.add("<", [.fin, .ack], 501, 102)
        $0.add(">", .ack, 102, 502)
      })
    try expect(
      .closed, .right, [[4], [5], [6]],
      of: .opened {
        $0.add("<", [.fin, .ack], 501, 101)
        $0.add(">", [.fin, .ack], 101, 502)
        $0.add("<", .ack, 502, 102)
      })
  }

  @Test func twoFINsThatCross() throws {
    try expect(
      .closedByBoth, .left, [[4], [6], [5], [7]],
      of: .opened {
        $0.add(">", [.fin, .ack], 101, 501)
        $0.add("<", [.fin, .ack], 501, 101)
        $0.add("<", .ack, 502, 102)
        $0.add(">", .ack, 102, 502)
      })
  }

  @Test func aLostLastACK() throws {
    var all = Exchange.opened {
      $0.add(">", [.fin, .ack], 101, 501)
      $0.add("<", [.fin, .ack], 501, 102)
    }
    try expect(.lastAckMissing, .left, [[4], [5]], inferred: true, of: all)
    all.add("<", [.fin, .ack], 501, 102)
    try expect(.lastAckMissing, .left, [[4], [5], [6]], of: all)
    // The ACK passes, and the FIN comes again: it was lost behind the capture point.
    all.add(">", .ack, 102, 502)
    all.add("<", [.fin, .ack], 501, 102)
    let found = try all.ending()
    #expect(found.kind == .closed)
    #expect(found.remarks.contains(.ackLost(.right, packets: [8])))
  }

  @Test func aCloseOfOneEndAlone() throws {
    try expect(
      .halfClosed, .left, [[4], [5]],
      of: .opened {
        $0.add(">", [.fin, .ack], 101, 501)
        $0.add("<", .ack, 501, 102)
      })
  }

  // MARK: Broken

  @Test func anRSTWithDataUnread() throws {
    try expect(
      .unreadData, .right, [[4], [6]], inferred: true,
      of: .opened {
        $0.add(">", [.psh, .ack], 101, 501, 5)
        $0.add("<", .ack, 501, 106)
        $0.add("<", [.rst, .ack], 501, 106)
      })
  }

  @Test func anRSTBehindAClosedWindowProvesDataUnread() throws {
    let found = try Exchange.opened {
      $0.add(">", [.psh, .ack], 101, 501, 512)
      $0.add("<", .ack, 501, 613, window: 0)
      $0.add("<", [.rst, .ack], 501, 613, window: 0)
    }.ending()
    #expect(found.kind == .unreadData && !found.isInferred)
    #expect(found.remarks.contains(.windowWasClosed(.right, packet: 5)))
  }

  @Test func anRSTBehindAnAnswerIsAnAbort() throws {
    try expect(
      .aborted, .right, [[5], [7]], inferred: true,
      of: .opened {
        $0.add(">", [.psh, .ack], 101, 501, 5)
        $0.add("<", [.psh, .ack], 501, 106, 6)
        $0.add(">", .ack, 106, 507)
        $0.add("<", [.rst, .ack], 507, 106)
      })
  }

  @Test func aWriteToAClosedEnd() throws {
    let late = Exchange.opened {
      $0.add("<", [.fin, .ack], 501, 101)
      $0.add(">", .ack, 101, 502)
      $0.add(">", [.psh, .ack], 101, 502, 4)
      $0.add("<", .rst, 502)
    }
    try expect(.lateWrite, .right, [[4], [6], [7]], of: late)
    #expect(try !late.ending().remarks.contains(.crossed))
    let crossed = try Exchange.opened {
      $0.add("<", [.fin, .ack], 501, 101)
      $0.add(">", [.psh, .ack], 101, 501, 4)
      $0.add("<", .rst, 501)
    }.ending()
    #expect(crossed.kind == .lateWrite && crossed.remarks.contains(.crossed))
  }

  @Test func anRSTOfAHostThatKnowsNothing() throws {
    try expect(
      .unknownConnection, .right, [[4], [5]],
      of: .opened {
        $0.add(">", [.psh, .ack], 101, 501, 4)
        $0.add("<", .rst, 501)
      })
  }

  @Test func keepAliveProbesWithoutAnswer() throws {
    var all = Exchange.opened {
      $0.add(">", [.psh, .ack], 101, 501, 4)
      $0.add("<", .ack, 501, 105)
      for _ in 0..<2 { $0.add(">", .ack, 104, 501) }
    }
    try expect(.keepAlivesUnanswered, .left, [[5], [6, 7]], of: all)
    all.add(">", [.rst, .ack], 105, 501)
    try expect(.keepAliveReset, .left, [[5], [6, 7], [8]], of: all)
  }

  @Test func anRSTBehindTheCloseChangesNothing() throws {
    let found = try Exchange.opened {
      $0.add(">", [.fin, .ack], 101, 501)
      $0.add("<", [.fin, .ack], 501, 102)
      $0.add(">", .ack, 102, 502)
      $0.add(">", [.rst, .ack], 102, 502)
    }.ending()
    #expect(found.kind == .closed && found.remarks.contains(.lateReset(.left, packet: 7)))
  }

  @Test func anRSTWhoseSenderGoesOnIsNoEnd() throws {
    let found = try Exchange.opened {
      $0.add("<", .rst, 501)
      $0.add("<", [.psh, .ack], 501, 101, 9)
      $0.add(">", .ack, 101, 510)
    }.ending()
    #expect(found.kind == .undecided && found.remarks.contains(.uselessReset(.right, packet: 4)))
  }

  // MARK: Silence

  @Test func retransmissionsWithoutAnswer() throws {
    try expect(
      .retransmissionsUnanswered, .left, [[2], [4], [5, 6]],
      of: .opened {
        for _ in 0..<3 { $0.add(">", [.psh, .ack], 101, 501, 9) }
      })
    try expect(
      .finUnanswered, .left, [[2], [4], [5, 6]],
      of: .opened {
        for _ in 0..<3 { $0.add(">", [.fin, .ack], 101, 501) }
      })
  }

  @Test func aWindowThatStaysClosed() throws {
    let closed = Exchange.opened {
      $0.add(">", [.psh, .ack], 101, 501, 512)
      $0.add("<", .ack, 501, 613, window: 0)
      $0.add(">", .ack, 612, 501)
      $0.add("<", .ack, 501, 613, window: 0)
    }
    try expect(.zeroWindow, .right, [[5], [6]], of: closed)
    var open = closed
    open.add("<", .ack, 501, 613)
    try expect(.undecided, .left, [[8]], of: open)
  }

  @Test func nothingIsSaidOfAConnectionThatGoesOn() throws {
    let found = try Exchange.opened { $0.add(">", [.psh, .ack], 101, 501, 9) }.ending()
    #expect(found.kind == .undecided)
  }
}
