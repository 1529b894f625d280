import Benches
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// The ACKs of a receiver, and the data that it keeps and takes.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct ReceiverTests {
    @Test(arguments: Ground.wires) func overlapsAreToldAndReadOnce(ground: Ground) throws {
      let found = try Grounds.figures(of: .outOfOrder, on: ground.bench())
      #expect(
        found["SACK blocks of segments that overlap"]?.hasPrefix("0 + 400-500; 0 + 100-200 + 400-500; ")
          == true)
      #expect(found["data of segments that overlap"] == "once and in order")
    }

    @Test(arguments: Ground.wires) func aDSACKBlockIsOfWhatCameTwiceOnly(ground: Ground) throws {
      let found = try Grounds.figures(of: .duplicateBlocks, on: ground.bench())
      #expect(found["ACK of a segment that comes twice behind a gap"] == "0 + 100-200 + 100-200")
      #expect(found["ACK of a segment whose first half is there"] == "150 + 50-100")
      #expect(found["ACK of a segment that fills a gap and whose end is there"] == "200 + 100-150")
      #expect(
        found["ACK of a segment that fills two gaps and covers what is behind them"] == "600 + 100-200")
    }

    @Test func withoutDSACKNoSuchBlockIsTold() throws {
      let bench = try AlteredWire(
        family: .ipv4, afterEntering: { try Sysctl.write("net.ipv4.tcp_dsack", "0") }
      ) { _ in .pass }
      let found = try Grounds.figures(of: .duplicateBlocks, on: bench)
      #expect(found["ACK of a segment that comes twice behind a gap"] == "0 + 100-200")
      #expect(found["ACK of a segment whose first half is there"] == "150")
    }

    @Test(arguments: Ground.wires) func onlyWithSackTheWindowGrowsBehindAGap(ground: Ground) throws {
      let name = "windows of the ACKs of segments behind a gap"
      let bench = try ground.bench()
      #expect(try Grounds.figures(of: .outOfOrder, on: bench)[name] == "grow")
      #expect(
        try Grounds.figures(of: .outOfOrder, under: [.setting("tcp_sack", "0")], on: bench)[name]
          == "the same")
    }

    @Test(arguments: Ground.wires) func whatIsNotNewUsesUpNoQuickAck(ground: Ground) throws {
      let found = try Grounds.figures(of: .quickAcks, on: ground.bench())
      #expect(found["segments that are acknowledged at once after eight keepalive probes"] == "15")
      #expect(found["ACK at recv() of a full segment with PSH"] == "ACK")
      #expect(found["ACK at recv() of a full segment without PSH"] == "none")
    }

    @Test func aSmallBufferHasFewerQuickAcks() throws {
      let bench = try AlteredWire(
        family: .ipv4, afterEntering: { try Sysctl.write("net.ipv4.tcp_rmem", "4096 8192 8192") }
      ) { _ in .pass }
      let found = try Grounds.figures(of: .quickAcks, on: bench)
      #expect(found["segments that are acknowledged at once after eight keepalive probes"] != "15")
    }

    @Test(arguments: Ground.wires) func onlyUnreadDataMakesCloseReset(ground: Ground) throws {
      let found = try Grounds.figures(of: .closeAndUnread, on: ground.bench())
      #expect(found["segment of close() with one of two bytes unread"] == "RST+ACK")
      #expect(found["segment of close() with an unread FIN"] == "FIN+ACK")
      #expect(
        found["segment of close() with an unread FIN that came with data that was read"] == "FIN+ACK")
    }

    @Test(arguments: Ground.wires) func aWindowIsUpdatedBehindTwoGigabytes(ground: Ground) throws {
      let found = try Grounds.figures(
        of: .windowAfterWrap, under: [.setting("tcp_timestamps", "0")], on: ground.bench())
      #expect(found["window used after an update behind 2 GB that were received"] == "the new one")
    }

    @Test func withoutSackNoBlockIsTold() throws {
      let bench = try AlteredWire(
        family: .ipv4, afterEntering: { try Sysctl.write("net.ipv4.tcp_sack", "0") }
      ) { _ in .pass }
      let found = try Grounds.figures(of: .outOfOrder, on: bench)
      #expect(found["SACK blocks of segments that overlap"]?.contains("+") == false)
    }

    @Test(arguments: Ground.wires) func aFullReceiverCollapsesAndLosesNothing(ground: Ground) throws {
      let found = try Grounds.figures(of: .fullReceiver, on: ground.bench())
      #expect(found["counters of a receiver full of small segments"]?.contains("TCPRcvCollapsed") == true)
      #expect(found["counters of a receiver full of data behind gaps"]?.contains("OfoPruned") == true)
      #expect(found["data of a receiver full of small segments"]?.hasSuffix("in order") == true)
      #expect(found["data of a receiver full of data behind gaps"]?.hasSuffix("in order") == true)
    }

    @Test(arguments: Ground.wires) func aDelayOfAcksEndsAsItShould(ground: Ground) throws {
      let found = try Grounds.figures(of: .ackPolicy, on: ground.bench())
      #expect(
        found["ACKs of full segments that are read while ACKs are delayed"] == "none recv() none recv() none")
      #expect(found["ACK at recv() of a small segment"] == "none")
      #expect(found["ACK at recv() of two small segments"] == "ACK")
      #expect(found["ACK when TCP_QUICKACK is set while it is delayed"] == "ACK")
      #expect(found["ACK of a segment behind a gap while ACKs are delayed"] == "ACK")
    }

    @Test func damagedSegmentsAreDropped() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .damagedSegments, on: bench)
      #expect(found["data with a wrong checksum"] == "is dropped, nothing, InErrs InCsumErrors")
      #expect(found["data with a header of 16 bytes"] == "is dropped, nothing, InErrs")
      #expect(found["data with a header longer than the segment"]?.hasPrefix("is dropped") == true)
      #expect(found["SYN with a wrong checksum"] == "nothing")
      #expect(found["data with a lower TTL than IP_MINTTL"] == "is dropped, nothing, TCPMinTTLDrop")
      #expect(found["data with the TTL of IP_MINTTL"] == "is taken, ACK")
    }

    @Test func anOrphanInFinWait2AnswersDataWithRST() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .orphanMinisocket, on: bench)
      #expect(found["answer of an orphan in FIN_WAIT_2 to data"] == "RST, nothing")
      #expect(found["answer of an orphan in FIN_WAIT_2 to data with an old timestamp"] == "ACK, FIN_WAIT_2")
      #expect(found["answer of an orphan in FIN_WAIT_2 to a FIN"] == "ACK, TIME_WAIT")
    }

    @Test func aWindowThatIsWithdrawnIsAskedFor() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .withdrawnWindow, on: bench)
      #expect(found["segment sent again into a withdrawn window"] == "100 bytes from 100 on")
      #expect(found["write before a withdrawn window under TCP_USER_TIMEOUT"] == "ETIMEDOUT")
    }

    @Test(arguments: [(State.synSent, "1"), (.established, "2"), (.lastAck, "2")])
    func userTimeoutEndsEachState(state: State, count: String) throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .userTimeoutStates, under: [.arrivesIn(state)], on: bench)
      #expect(found["end of a connection by TCP_USER_TIMEOUT"] == "ETIMEDOUT, nothing")
      #expect(found["segments sent again before TCP_USER_TIMEOUT"] == count)
    }

    @Test func aThinStreamsTimeoutsDoNotGrow() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .thinStream, on: bench)
      #expect(found["retransmission schedule of a thin stream"] == "200 ms, 200 ms, 200 ms, 200 ms")
    }

    @Test func mappedAddressesAreIPv4() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .boundToAny, on: bench)
      #expect(found["address of a client that has bound only a port"] == "the interface's")
      #expect(
        found["bind() beside a client that has bound only a port at its address"] == "EADDRINUSE")
      guard found["connect() to an IPv4-mapped address"]?.hasPrefix("undecided") == false else {
        return print("skipped: there is no IPv6")
      }
      #expect(found["connect() to an IPv4-mapped address with IPV6_V6ONLY"] == "ENETUNREACH")
      #expect(found["getpeername() of an IPv4 client of an IPv6 listener"] == "::ffff:127.0.0.1")
    }
  }
}
