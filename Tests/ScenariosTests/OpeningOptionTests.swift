import Benches
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// Signatures, Fast Open at a listener, probing of the path, and late ICMP errors.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct OpeningOptionTests {
    @Test(arguments: Ground.wires) func onlySegmentsWithTheRightSignatureAreTaken(ground: Ground) throws {
      let found = try Grounds.figures(of: .signedSegments, on: ground.bench())
      let alike = "connection with the same key of TCP_MD5SIG at both ends"
      guard let value = found[alike], !value.hasPrefix("undecided") else {
        return print("skipped: \(found[alike] ?? "nothing")")
      }
      #expect(value == "ESTABLISHED, 100 bytes, none")
      #expect(found["options of a SYN with TCP_MD5SIG"]?.contains("option 19") == true)
      #expect(
        found["connection with another key of TCP_MD5SIG at the client"] == "SYN_SENT, TCPMD5Failure 1")
      #expect(found["connection without TCP_MD5SIG at the client"] == "SYN_SENT, TCPMD5NotFound 1")
      #expect(found["RST without a signature"] == "ESTABLISHED")
    }

    @Test(arguments: Ground.wires) func aCookieLetsASynBringData(ground: Ground) throws {
      let found = try Grounds.figures(of: .fastOpenServer, on: ground.bench())
      #expect(found["cookie that a listener gives"] == "8 bytes")
      #expect(found["SYN with a cookie and data"] == "ACK of 100 bytes, accept(), recv() gives 100 bytes")
      #expect(found["SYN with a wrong cookie and data"] == "ACK of 0 bytes, a cookie")
      #expect(found["SYN with data and without a cookie"] == "ACK of 0 bytes")
      #expect(
        found["server before the last ACK of a SYN with a cookie"]
          == "SYN_RECV, 100 bytes written, PSH+ACK with data")
    }

    @Test func aSettingMakesTheSenderProbeThePath() throws {
      let bench = try #require(Ground.wires.first).bench()
      let without = try Grounds.figures(
        of: .pathMTUProbing, under: [.setting("tcp_mtu_probing", "0")], on: bench)
      #expect(without["largest segments as ACKs come"]?.contains(",") == false)
      let found = try Grounds.figures(
        of: .pathMTUProbing, under: [.setting("tcp_mtu_probing", "2")], on: bench)
      #expect(found["largest segments as ACKs come"]?.contains(",") == true)
      let hole = try Grounds.figures(
        of: .pathMTUProbing, under: [.setting("tcp_mtu_probing", "1")], on: bench)
      #expect(
        hole["sizes of a segment that is sent again twice"]
          != without["sizes of a segment that is sent again twice"])
    }

    @Test(arguments: [
      (ICMP.hostUnreachable, "nothing", "backoff 2, then backoff 1"),
      (.portUnreachable, "SYN_RECV", "backoff 2 each time"),
    ])
    func anICMPErrorEndsARequestOrStepsBack(error: ICMP, request: String, backoff: String) throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .icmpErrors, under: [.icmp(error)], on: bench)
      #expect(found["request at an ICMP error"] == request)
      #expect(
        found["ICMP error about a segment that was not sent"] == "ESTABLISHED, OutOfWindowIcmps 1")
      #expect(
        found["retransmission timeout at an ICMP error after two retransmissions"] == backoff)
    }
  }
}
