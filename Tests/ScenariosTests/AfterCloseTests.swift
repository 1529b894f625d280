import Benches
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// Data after a close, closes that wait, and listeners that close.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct AfterCloseTests {
    @Test(arguments: Ground.wires) func dataAfterCloseResets(ground: Ground) throws {
      let found = try Grounds.figures(of: .dataAfterClose, on: ground.bench())
      for place in [
        "in FIN_WAIT_1 after close()", "that acknowledges the FIN of close()", "in FIN_WAIT_2 after close()",
        "in FIN_WAIT_1 after shutdown(RDWR)",
      ] {
        #expect(found["answer to data \(place)"] == "RST, CLOSED", "\(place)")
      }
      #expect(found["answer to data in FIN_WAIT_1 after shutdown(WR)"] == "ACK, FIN_WAIT_1")
      #expect(found["answer to data that acknowledges the FIN of shutdown(WR)"] == "ACK, FIN_WAIT_2")
      #expect(found["counters of data after close()"] == "TCPAbortOnData 1")
      #expect(found["close() with a byte unread and data that waits to be sent"] == "RST+ACK, CLOSED")
      #expect(found["data sent by close() with a byte unread"] == "0 of 3000 bytes")
    }

    @Test(arguments: Condition.Waiting.allCases)
    func closeWithLingerWaitsForTheAckOfItsFin(calls: Condition.Waiting) throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .lingeringClose, under: [.calls(calls)], on: bench)
      #expect(found["close() with SO_LINGER at the ACK of its FIN"] == "waits for it")
      #expect(found["segments of close() with SO_LINGER"] == "FIN+ACK")
      #expect(found["state remaining after close() with SO_LINGER"] == "FIN_WAIT_1")
    }

    @Test func aListenerThatClosesTakesItsClientsAlong() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .closingListener, on: bench)
      #expect(found["segment to a client that is not accepted when its listener closes"] == "RST+ACK")
      #expect(found["recv() of a client that is not accepted when its listener closes"] == "ECONNRESET")
      #expect(found["answer to the last ACK of a handshake whose listener has closed"] == "RST")
      #expect(
        found["accept() after the client's RST"]
          == "a connection from the client, getpeername() gives ENOTCONN, recv() gives ECONNRESET, send() gives EPIPE"
      )
      #expect(
        found["clients of a SO_REUSEPORT listener that closes"] == "those of the closed listener are reset")
    }

    @Test func tcpMigrateReqSavesTheClientsOfAListenerThatCloses() throws {
      let setting = "net.ipv4.tcp_migrate_req"
      guard (try? Sysctl.read(setting)) != nil else { return print("skipped: this kernel has no \(setting)") }
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(
        of: .closingListener, under: [.setting("tcp_migrate_req", "1")], on: bench)
      for kind in ["clients", "requests"] {
        #expect(
          found["\(kind) of a SO_REUSEPORT listener that closes"] == "all are accepted by the other listener")
      }
    }

    @Test func anOrphanBeforeAWindowOf0ProbesAsOftenAsItMay() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(
        of: .orphanProbes, under: [.setting("tcp_orphan_retries", "2")], on: bench)
      #expect(found["window probes of an orphan without an answer"] == "2")
      #expect(found["state remaining of an orphan before a window of 0"] == "nothing")
    }

    @Test(arguments: [
      ("TCP_LINGER2", "100", "40 s"), ("TCP_LINGER2", "-1", "gone with RST"),
      ("tcp_fin_timeout", "100", "40 s"),
    ])
    func anOrphanStaysInFinWait2ForTheTimeBeyondAMinute(name: String, value: String, expected: String) throws
    {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .orphanTimer, under: [Condition(name, value)], on: bench)
      #expect(found["timer of an orphan in FIN_WAIT_2"] == expected)
    }
  }
}
