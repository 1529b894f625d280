import Benches
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// The states of congestion avoidance, their timers, and what is sent in each.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct SenderStateTests {
    private static func under(_ setting: String, _ value: String) throws -> AlteredWire {
      try AlteredWire(family: .ipv4, afterEntering: { try Sysctl.write("net.ipv4.\(setting)", value) }) { _ in
        .pass
      }
    }

    @Test(arguments: Ground.wires) func oneSackArmsTheReorderingTimer(ground: Ground) throws {
      let found = try Grounds.figures(of: .reordering, on: ground.bench())
      #expect(found["timer of four segments in flight"] == "loss probe")
      #expect(found["state of congestion avoidance after one SACK"] == "Disorder")
      #expect(found["timer after one SACK"] == "reordering timer")
      #expect(found["segment sent again after one SACK"] == "0")
      #expect(found["timer once a segment is sent again after one SACK"] == "retransmission timeout")
      #expect(found["state of congestion avoidance once all is acknowledged"] == "Open")
      #expect(
        found["segments at each SACK of ten in flight"] == "10; 11; 0; 12; 13; none; none; 14; 15; 16")
    }

    @Test func withoutLossProbesAnotherTimerIsArmed() throws {
      let found = try Grounds.figures(of: .reordering, on: Self.under("tcp_early_retrans", "0"))
      #expect(found["timer of four segments in flight"] == "retransmission timeout")
    }

    @Test func anOriginalThatArrivedUndoesARecovery() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .undo, on: bench)
      #expect(
        found["counters when the original of a segment sent again arrived"]
          == "TCPFastRetrans 1, TCPFullUndo 1")
      #expect(found["counters when a segment sent again arrived"] == "TCPFastRetrans 1")
      #expect(found["congestion window when a segment sent again arrived"] == "7")
      #expect(
        found["counters when the original of one of two segments sent again arrived"]
          == "TCPFastRetrans 1, TCPPartialUndo 1")
      #expect(
        found["counters when the receiver has lost what it had told"]?.contains("TCPSACKReneging 1") == true)
    }

    @Test func withoutTimestampsNothingIsUndone() throws {
      let found = try Grounds.figures(of: .undo, on: Self.under("tcp_timestamps", "0"))
      #expect(found["counters when the original of a segment sent again arrived"] == "TCPFastRetrans 1")
      #expect(found["congestion window when the original of a segment sent again arrived"] == "7")
    }

    @Test(arguments: Ground.wires) func aRecoveryIsUndoneOnlyIfAllThatWasSentAgainWasNeedless(ground: Ground)
      throws
    {
      let found = try Grounds.figures(of: .undoneRecovery, on: ground.bench())
      for (what, counters, window) in [
        (
          "all that was sent again arrived twice, two segments told by one DSACK",
          "TCPSackRecovery 1, TCPFastRetrans 3, TCPFullUndo 1", "12"
        ),
        (
          "a loss probe arrived twice, and what was sent again behind it did not",
          "TCPSackRecovery 1, TCPFastRetrans 1, TCPLossProbes 1", "7"
        ),
        (
          "the original arrived in a recovery that follows another",
          "TCPSackRecovery 2, TCPFastRetrans 2, TCPFullUndo 1", "7"
        ),
        (
          "the original arrived before anything could be sent again", "TCPSackRecovery 1, TCPFullUndo 1",
          "16"
        ),
      ] {
        #expect(found["counters when \(what)"] == counters)
        #expect(found["congestion window when \(what)"] == window)
      }
    }

    @Test func withoutTimestampsOnlyDSACKsUndo() throws {
      let found = try Grounds.figures(of: .undoneRecovery, on: Self.under("tcp_timestamps", "0"))
      #expect(
        found["counters when the original arrived in a recovery that follows another"]
          == "TCPSackRecovery 2, TCPFastRetrans 2")
      #expect(found["congestion window when the original arrived in a recovery that follows another"] == "4")
      #expect(
        found["counters when all that was sent again arrived twice, two segments told by one DSACK"]
          == "TCPSackRecovery 1, TCPFastRetrans 3, TCPFullUndo 1")
    }

    @Test(arguments: Ground.wires) func eachLostSegmentIsSentAgain(ground: Ground) throws {
      let found = try Grounds.figures(of: .severalLosses, on: ground.bench())
      #expect(found["segments at each ACK while 0, 2 and 5 of ten are missing"] == "none; none; 0; 2 5")
      #expect(found["state of congestion avoidance after a recovery of several segments"] == "Open")
      #expect(
        found["segments at each ACK while 0, 1 and 2 of ten are missing"] == "none; none; 0; 1; 2; none; none"
      )
      #expect(
        found["counters of segments that are joined when they are told of as received"]
          == "TCPSackMerged 6, TCPSackShiftFallback 1")
    }

    @Test func withoutSACKNobodyKnowsWhichSegmentsAreLost() throws {
      let found = try Grounds.figures(of: .severalLosses, on: Self.under("tcp_sack", "0"))
      #expect(found["segments at each ACK while 0, 2 and 5 of ten are missing"]?.contains("2 5") == false)
      #expect(found["segments at each ACK while 0, 1 and 2 of ten are missing"]?.contains("0; 1; 2") == false)
    }

    @Test(arguments: Ground.wires) func aLateSynAckUndoesItsTimeouts(ground: Ground) throws {
      let found = try Grounds.figures(of: .fastOpenUndo, on: ground.bench())
      let name = "congestion control of a server without data after"
      #expect(found["\(name) two SYN+ACK timeouts"] == "Loss with a window of 1")
      #expect(found["\(name) an ACK of its first SYN+ACK"]?.hasPrefix("Open") == true)
    }

    @Test func withoutTimestampsNobodyKnowsWhichSynAckWasAnswered() throws {
      let found = try Grounds.figures(of: .fastOpenUndo, on: Self.under("tcp_timestamps", "0"))
      for (name, value) in found { #expect(value == "undecided: the SYN+ACK has no timestamp", "\(name)") }
      #expect(found.count == 3)
    }

    @Test(arguments: Ground.wires) func aSACKThatIsTakenBackHasATimerThatGoesOn(ground: Ground) throws {
      let found = try Grounds.figures(of: .reneging, on: ground.bench())
      #expect(found["timer after a SACK is taken back, at an ACK of nothing new"] == "goes on")
      #expect(found["segment that this timer sends again"] == "1")
      #expect(found["segments sent once that one is acknowledged"] == "2 3")
    }

    @Test(arguments: Ground.wires) func aTimeoutThatIsUndoneEndsTheClock(ground: Ground) throws {
      for conditions in Scenario.retransmissionClock.declaration.conditions {
        let found = try Grounds.figures(of: .retransmissionClock, under: conditions, on: ground.bench())
        #expect(
          found["counters of a spurious timeout of two segments"] == "TCPTimeouts 1, TCPLossUndo 1")
        #expect(
          found["second timeout of data that was sent after a pause longer than TCP_USER_TIMEOUT"]
            == "the data is sent again")
      }
    }

    @Test func withoutTimestampsAndFRTONoTimeoutIsUndone() throws {
      let bench = try AlteredWire(
        family: .ipv4,
        afterEntering: {
          for name in ["tcp_timestamps", "tcp_frto"] { try Sysctl.write("net.ipv4.\(name)", "0") }
        }
      ) { _ in .pass }
      let found = try Grounds.figures(of: .retransmissionClock, on: bench)
      #expect(found["counters of a spurious timeout of two segments"] == "TCPTimeouts 1")
    }

    @Test func aReductionThatIsUndoneIsNotTold() throws {
      let usual = try Grounds.figures(
        of: .congestionEcho, under: [.setting("tcp_ecn", "1")], on: Ground.wires[0].bench())
      #expect(usual["flags of the first data after a recovery that was undone"] == "PSH+ACK")
      #expect(usual["flags of the first data after a recovery"] == "PSH+CWR+ACK")
      let found = try Grounds.figures(
        of: .congestionEcho, under: [.setting("tcp_ecn", "1")], on: Self.under("tcp_timestamps", "0"))
      #expect(found["flags of the first data after a recovery that was undone"] == "PSH+CWR+ACK")
    }

    @Test(arguments: Ground.wires) func probesAndTimeoutsSendWhatTheyShould(ground: Ground) throws {
      let found = try Grounds.figures(of: .probesAndTimeouts, on: ground.bench())
      #expect(found["loss probe with more to send"] == "10")
      #expect(found["loss probe with no more to send"] == "3")
      #expect(found["counters of a loss probe that was needed"] == "TCPLossProbes 1, TCPLossProbeRecovery 1")
      #expect(found["state of congestion avoidance after a timeout"] == "Loss")
      #expect(found["segments at the first ACK after a timeout"] == "10 11")
    }

    @Test func withoutFRTONewDataWaits() throws {
      let found = try Grounds.figures(of: .probesAndTimeouts, on: Self.under("tcp_frto", "0"))
      #expect(found["segments at the first ACK after a timeout"] != "10 11")
    }

    @Test(arguments: Ground.wires) func anEchoOfCongestionIsAnsweredOnce(ground: Ground) throws {
      let found = try Grounds.figures(
        of: .congestionEcho, under: [.setting("tcp_ecn", "1")], on: ground.bench())
      #expect(found["state of congestion avoidance at an ACK with ECE"] == "CWR")
      #expect(found["data with CWR after three ACKs with ECE"] == "1")
      #expect(found["slow start threshold after an ACK with ECE"] == "7")
      #expect(
        found["flags of the ACKs of a marked segment and two others"] == "ECE+ACK, then ECE+ACK, then ACK")
      #expect(
        found["flags of the ACKs of a marked segment and of one after CWR without data"]
          == "ECE+ACK, then ACK")
      #expect(found["flags of a SYN with ECN that is sent again"] == "SYN+ECE+CWR, then SYN")
    }

    @Test func withoutFallbackASynKeepsItsFlags() throws {
      let found = try Grounds.figures(
        of: .congestionEcho, under: [.setting("tcp_ecn", "1")], on: Self.under("tcp_ecn_fallback", "0"))
      #expect(found["flags of a SYN with ECN that is sent again"] == "SYN+ECE+CWR each time")
    }

    @Test(arguments: Ground.wires) func theFirstRateIsLimitedByTheProgram(ground: Ground) throws {
      let found = try Grounds.figures(of: .deliveryRate, on: ground.bench())
      #expect(found["limit of the delivery rate before any data"] == "the program")
      #expect(found["limit of the delivery rate of a Fast Open server's first segment"] == "the program")
      #expect(found["limit of the delivery rate after one segment"] == "the program")
      #expect(found["limit of the delivery rate after three full windows"] == "the path")
      #expect(found["delivery rate of a segment after a pause"] == "from when it was sent")
    }

    @Test func renoHalvesItsWindowAndGrowsByOneInARoundTrip() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .slowStart, under: [.congestionControl("reno")], on: bench)
      #expect(found["congestion window at each ACK of two segments"] == "10 12 14")
      #expect(found["slow start threshold after a loss"] == "7")
      #expect(
        found["congestion window at each ACK of two segments beyond the threshold"]
          == "8 8 9 9 9 9 9 10 10 10 10 10 11")
    }
  }
}
