import Claims
import Documents
import Kinds
import MadeCaptures
import Notations
import TCP
import Testing

/// For each reason of an RST, the packets that prove it are found.
@Suite(.tags(.pure)) struct EndingByResetTests {
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

  @Test func anRSTBehindAFINThatAloneWasAcknowledgedAnswersAFIN() throws {
    try expect(
      .unknownConnection, .left, [[6], [7]],
      of: .opened {
        $0.add(">", [.fin, .ack], 101, 501)
        $0.add("<", .ack, 501, 102)
        $0.add("<", [.fin, .ack], 501, 102)
        $0.add(">", .rst, 102)
      })
  }

  @Test func dataThatWasAcknowledgedBehindAFINIsNoLateWrite() throws {
    try expect(
      .unreadData, .left, [[5], [7]], inferred: true,
      of: .opened {
        $0.add(">", [.fin, .ack], 101, 501)
        $0.add("<", [.psh, .ack], 501, 102, 5)
        $0.add(">", .ack, 102, 506)
        $0.add(">", [.rst, .ack], 102, 506)
      })
  }

  @Test func oneProbeAloneMayHaveNothingToDoWithTheRST() throws {
    try expect(
      .keepAliveReset, .left, [[5], [6], [7]], inferred: true,
      of: .opened {
        $0.add(">", [.psh, .ack], 101, 501, 4)
        $0.add("<", .ack, 501, 105)
        $0.add(">", .ack, 104, 501)
        $0.add(">", [.rst, .ack], 105, 501)
      })
  }

  @Test func retransmissionsThatEndWithRST() throws {
    try expect(
      .retransmissionReset, .left, [[2], [5, 6], [7]],
      of: .opened {
        for _ in 0..<3 { $0.add(">", [.psh, .ack], 101, 501, 9) }
        $0.add(">", [.rst, .ack], 110, 501)
      })
  }

  @Test func anRSTWhoseSenderGoesOnIsNoEnd() throws {
    var all = Exchange.opened {
      $0.add("<", .rst, 501)
      $0.add("<", [.psh, .ack], 501, 101, 9)
      $0.add(">", .ack, 101, 510)
    }
    #expect(try all.ending().kind == .undecided)
    #expect(try all.ending().remarks.contains(.uselessReset(.right, packet: 4)))
    // A later one of the same sender is.
    all.add("<", [.rst, .ack], 510, 101)
    try expect(.aborted, .right, [[5], [7]], inferred: true, of: all)
    #expect(try all.ending().remarks.contains(.uselessReset(.right, packet: 4)))
  }

  @Test func anRSTWhoseSenderGoesOnToAcknowledgeIsNoEnd() throws {
    let all = Exchange.opened {
      $0.add("<", [.rst, .ack], 501, 101)
      $0.add(">", [.psh, .ack], 101, 501, 9)
      $0.add("<", .ack, 501, 110)
    }
    #expect(try all.ending().kind == .undecided)
    #expect(try all.ending().remarks.contains(.uselessReset(.right, packet: 4)))
    // An ACK of nothing new may have left before the RST.
    try expect(
      .aborted, .right, [[4]], inferred: true,
      of: .opened {
        $0.add("<", [.rst, .ack], 501, 101)
        $0.add("<", .ack, 501, 101)
      })
  }

  @Test func anRSTThatAnswersNothingIsInferred() throws {
    var all = Exchange()
    all.add(">", .syn, 100)
    all.add(">", .rst, 101)
    try expect(.unknownConnection, .left, [[2]], inferred: true, of: all)
  }

  @Test func anRSTThatClearsAnOlderConnectionIsNoEnd() throws {
    var all = Exchange()
    all.add(">", .syn, 100)
    all.add("<", .ack, 480, 77)
    all.add(">", .rst, 77)
    all.add(">", .syn, 100)
    all.add("<", [.syn, .ack], 500, 101)
    all.add(">", .ack, 101, 501)
    all.add("<", [.fin, .ack], 501, 101)
    all.add(">", [.fin, .ack], 101, 502)
    all.add("<", .ack, 502, 102)
    try expect(.closed, .right, [[7], [8], [9]], of: all)
    let remarks = try all.ending().remarks
    #expect(!remarks.contains { if case .uselessReset = $0 { true } else { false } })
  }
}
