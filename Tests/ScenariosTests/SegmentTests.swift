import Benches
import Claims
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// What segments carry, and how much is sent, on this kernel and where the world is another.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct SegmentTests {
    @Test(arguments: Ground.wires) func aSYNHasItsOptionsInOneOrder(ground: Ground) throws {
      let found = try ScenariosTests.figures(.handshakeOptions, [], on: try ground.bench())
      for name in ["options of a SYN", "options of a SYN+ACK"] {
        #expect(found[name] == "MSS, SACK permitted, timestamps, NOP, window scale")
      }
      #expect(found["options of a segment with data"] == "NOP, NOP, timestamps")
      #expect(found["MSS option of a SYN"] == (ground.family == .ipv4 ? "MTU - 40" : "MTU - 60"))
      #expect(found["window scale option of a SYN"] == "7")
      #expect(found["hop limit"] == "64")
      #expect(found.count == Scenario.handshakeOptions.declaration.figures.count)
    }

    @Test(arguments: [
      ("tcp_timestamps", "options of a SYN", "MSS, NOP, NOP, SACK permitted, NOP, window scale"),
      ("tcp_timestamps", "options of an ACK", "none"),
      ("tcp_sack", "options of a SYN", "MSS, NOP, NOP, timestamps, NOP, window scale"),
      ("tcp_window_scaling", "window scale option of a SYN", "none"),
    ])
    func anOptionThatIsSwitchedOffIsMissing(setting: String, figure: String, value: String) throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try ScenariosTests.figures(.handshakeOptions, [.setting(setting, "0")], on: bench)
      #expect(found[figure] == value)
    }

    @Test func anOptionOfTheSocketIsInItsSYN() throws {
      let bench = try #require(Ground.wires.first).bench()
      let small = try ScenariosTests.figures(.handshakeOptions, [.maximumSegment(500)], on: bench)
      #expect(small["MSS option of a SYN"] == "500")
      #expect(small["largest segment that is sent"] == "488")
      let narrow = try ScenariosTests.figures(.handshakeOptions, [.receiveBuffer(8192)], on: bench)
      #expect(narrow["window scale option of a SYN"] == "0")
    }

    @Test func aPathThatTakesAnOptionAwayShows() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard departure.packet.segment.flags == .syn else { return .pass }
        departure.packet.segment.options.removeAll { $0 == .sackPermitted }
        departure.bytes = departure.packet.bytes
        return .pass
      }
      let found = try ScenariosTests.figures(.handshakeOptions, [], on: bench)
      #expect(found["options of a SYN"]?.contains("SACK") == false)
      #expect(found["options of a SYN+ACK"]?.contains("SACK") == false)
    }

    @Test(arguments: Ground.wires) func marksAreAnsweredWhereBothEndsAgree(ground: Ground) throws {
      let bench = try ground.bench()
      let with = try ScenariosTests.figures(.congestionNotification, [.setting("tcp_ecn", "1")], on: bench)
      #expect(with["flags of a SYN by tcp_ecn"] == "SYN+ECE+CWR")
      #expect(with["flags of a SYN+ACK by tcp_ecn"] == "SYN+ECE+ACK")
      #expect(with["ECN field of data"] == "ECT(0)")
      #expect(with["answer to a mark of congestion"] == "ECE+ACK")
      let without = try ScenariosTests.figures(.congestionNotification, [.setting("tcp_ecn", "0")], on: bench)
      #expect(without["flags of a SYN by tcp_ecn"] == "SYN")
      #expect(without["ECN field of data"] == "Not-ECT")
      #expect(without["answer to a mark of congestion"] == "ACK")
    }

    @Test func aPathThatTakesTheAgreementAwayTurnsIt() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard departure.packet.segment.flags.contains([.syn, .ack]) else { return .pass }
        departure.packet.segment.flags.remove(.ece)
        departure.bytes = departure.packet.bytes
        return .pass
      }
      let found = try ScenariosTests.figures(.congestionNotification, [.setting("tcp_ecn", "1")], on: bench)
      #expect(found["flags of a SYN+ACK by tcp_ecn"] == "SYN+ACK")
      #expect(found["ECN field of data"] == "Not-ECT")
    }

    @Test(arguments: Ground.wires) func crossedSYNsMakeAConnectionThatCarriesData(ground: Ground) throws {
      let found = try ScenariosTests.figures(.crossedSyns, [], on: try ground.bench())
      #expect(found["answer to a crossed SYN"] == "SYN+ACK, SYN_RECV")
      #expect(found["answer to the SYN+ACK of crossed SYNs"]?.hasSuffix("ESTABLISHED") ?? false)
      #expect(found["connection of crossed SYNs"] == "carries data")
    }

    @Test(arguments: Ground.wires) func dataBeyondTheWindowIsTakenOnlyByAnEmptyQueue(ground: Ground) throws {
      let bench = try ground.bench()
      let name = "data that reaches beyond the window"
      let empty = try ScenariosTests.figures(.windowEdge, [.receiveQueue(.empty)], on: bench)
      #expect(empty[name] == "taken with what is beyond")
      let unread = try ScenariosTests.figures(.windowEdge, [.receiveQueue(.unread)], on: bench)
      #expect(["not taken", "taken with what is beyond"].contains(unread[name]))
    }

    @Test(arguments: Ground.wires) func aCloseResetsForDataAndNotForAFIN(ground: Ground) throws {
      let found = try ScenariosTests.figures(.partialRead, [], on: try ground.bench())
      #expect(found["close() with half of the data read"] == "RST+ACK")
      #expect(found["close() with all data read but not the FIN behind it"] == "FIN+ACK")
      #expect(found["close() with all data read but not the FIN in its segment"] == "FIN+ACK")
    }
  }
}
