import Claims
import Documents
import Kinds
import MadeCaptures
import Notations
import TCP
import Testing

/// For each way in which a connection can end, the packets that prove it are found.
@Suite(.tags(.pure)) struct EndingTests {
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

  @Test func oneDirectionAloneIsNoSilence() throws {
    var all = Exchange()
    all.add(">", .syn, 100)
    all.add(">", .ack, 101, 501)
    all.add(">", [.psh, .ack], 101, 501, 5)
    try expect(.undecided, .left, [[3]], of: all)
    #expect(try all.ending().remarks.contains(.unheard(.right)))
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

  @Test func anACKOfTheFirstFINThatIsMissing() throws {
    var all = Exchange.opened {
      $0.add(">", [.fin, .ack], 101, 501)
      $0.add("<", [.fin, .ack], 501, 101)
      $0.add(">", .ack, 102, 502)
    }
    try expect(.lastAckMissing, .right, [[4], [5], [6]], inferred: true, of: all)
    all.add(">", [.fin, .ack], 101, 502)
    try expect(.lastAckMissing, .right, [[4], [5], [6], [7]], of: all)
  }

  @Test func aCloseOfOneEndAlone() throws {
    try expect(
      .halfClosed, .left, [[4], [5]],
      of: .opened {
        $0.add(">", [.fin, .ack], 101, 501)
        $0.add("<", .ack, 501, 102)
      })
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

  @Test func aClosedWindowWithoutAProbeIsInferredWhereItLasts() throws {
    func closed(for time: Int64) -> Exchange {
      .opened {
        $0.add(">", [.psh, .ack], 101, 501, 512)
        $0.add("<", .ack, 501, 613, window: 0)
        $0.add("<", .ack, 501, 613, window: 0, after: time)
      }
    }
    try expect(.zeroWindow, .right, [[5]], inferred: true, of: closed(for: 200_000_000))
    try expect(.undecided, .left, [[6]], of: closed(for: 199_000_000))
  }

  @Test func nothingIsSaidOfAConnectionThatGoesOn() throws {
    let found = try Exchange.opened { $0.add(">", [.psh, .ack], 101, 501, 9) }.ending()
    #expect(found.kind == .undecided)
  }
}
