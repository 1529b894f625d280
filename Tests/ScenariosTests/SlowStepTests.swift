import Benches
import Claims
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// Pages on which a segment is under way for some steps, on a machine that takes long for each: loss probes leave two
  /// ticks and two round trips after a segment.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here")) struct SlowStepTests {
    private static let opening = """
      | client                             | server                         |
      | ---------------------------------- | ------------------------------ |
      | SYN(SEQ:x,ACK:-) [SYN_SENT]        | [SYN_RECV]                     |
      | [ESTABLISHED]                      | SYN+ACK(SEQ:y,ACK:x+1)         |
      | ACK(SEQ:x+1,ACK:y+1) [ESTABLISHED] | [ESTABLISHED]                  |

      """

    private static let pages = [
      """
      | send(100) | |
      | | shutdown(WR) |
      | close() | |
      | | FIN+ACK(SEQ:y+1,ACK:x+1) (arrives later) [FIN_WAIT_1] |
      | ACK data(SEQ:x+1,ACK:y+1, 100bytes) [FIN_WAIT_1] | [FIN_WAIT_1] |
      | | ACK(SEQ:y+2,ACK:x+101) (arrives later) [FIN_WAIT_1] |
      | FIN+ACK(SEQ:x+101,ACK:y+1) (arrives later) [FIN_WAIT_1] | |
      | [CLOSING] | (arrives now) [FIN_WAIT_1] |
      | ACK(SEQ:x+102,ACK:y+2) (arrives later) [CLOSING] | |
      | | recv() |
      | (arrives now) [CLOSING] | [CLOSING] |
      | | ACK(SEQ:y+2,ACK:x+102) (arrives later) [CLOSING] |
      """,
      """
      | send(100) | |
      | ACK data(SEQ:x+1,ACK:y+1, 100bytes) [ESTABLISHED] | [ESTABLISHED] |
      | | ACK(SEQ:y+1,ACK:x+101) (arrives later) [ESTABLISHED] |
      | shutdown(WR) | |
      | | close() |
      | FIN+ACK(SEQ:x+101,ACK:y+1) (arrives later) [FIN_WAIT_1] | |
      | | RST+ACK(SEQ:y+1,ACK:x+101) (arrives later) [CLOSED] |
      """,
      """
      | send(100) | |
      | send(100) | |
      | ACK data(SEQ:x+1,ACK:y+1, 100bytes) [ESTABLISHED] | [ESTABLISHED] |
      | | ACK(SEQ:y+1,ACK:x+101) (arrives later) [ESTABLISHED] |
      | send(100) | |
      | | recv() |
      | | send(100) |
      | shutdown(WR) | |
      | FIN+ACK data(SEQ:x+101,ACK:y+1, 200bytes) [FIN_WAIT_1] | ACK data(SEQ:y+1,ACK:x+101, 100bytes) |
      | ACK(SEQ:x+302,ACK:y+101) (arrives later) [FIN_WAIT_1] | |
      | | ACK(SEQ:y+101,ACK:x+302) (arrives later) [CLOSE_WAIT] |
      | [FIN_WAIT_1] | (arrives now) [CLOSE_WAIT] |
      """,
    ]

    @Test(arguments: pages) func aTimerThatASlowStepLetsExpireContradictsNothing(rows: String) throws {
      let ground = try #require(Ground.wires.first)
      var departures = 0
      let bench = try AlteredWire(family: ground.family) { departure in
        departures += 1
        // Not the handshake: what it takes is the round trip by which the timers are set.
        if departures > 3 { Clock.sleep(nanoseconds: 9_000_000) }
        return .pass
      }
      let page = Run.Source(name: "page.md", text: Self.opening + rows)
      let assessment = try Assessment(running: [page], on: bench)
      #expect(assessment.claims.count > 5)
      #expect(
        !assessment.claims.contains { $0.verdict.kind == .contradicted }, "\(differences(assessment))")
    }

    /// The copy of a loss probe and the retransmission behind it are read together, as by a process that was stopped.
    @Test(.enabled(if: Ground.wires.contains { $0.family == .ipv6 }, "no wire with IPv6 can be set up here"))
    func aTimeoutThatIsReadLateIsNotTheLossProbeBeforeIt() throws {
      let figure = "flow labels of data before and after a timeout"
      let wire = try Wire(family: .ipv6)
      let usual = try Grounds.figures(of: .flowLabels, on: wire)[figure]
      let client = wire.addresses.left
      var sent: [UInt16: Int] = [:]
      let late = try AlteredWire(family: .ipv6) { departure in
        let packet = departure.packet
        if packet.source.address == client, packet.segment.length > 0 {
          sent[packet.source.port, default: 0] += 1
          // The copy of the loss probe; the timeout comes some 200 ms behind it, and the next one 400 ms later.
          if sent[packet.source.port] == 2 { Clock.sleep(nanoseconds: 350_000_000) }
        }
        return .pass
      }
      #expect(usual?.isEmpty == false)
      #expect(try Grounds.figures(of: .flowLabels, on: late)[figure] == usual)
    }
  }
}
