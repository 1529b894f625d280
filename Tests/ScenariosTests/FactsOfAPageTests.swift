import Benches
import Claims
import Documents
import Grounds
import Testing
import Traces

extension ScenariosTests {
  /// Facts that no built-in page claims yet: a person's page may hold any of them.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct FactsOfAPageTests {
    private func verdict(_ what: String, _ value: String, _ setBy: String = "") throws -> String {
      let page =
        "| what | value | set by | claim |\n| - | - | - | - |\n| \(what) | \(value) | \(setBy) | C1 |\n"
      let bench = try #require(Ground.wires.first).bench()
      let assessment = try Assessment(
        running: [Run.Source(name: "page.md", text: page)], on: bench, longest: 10)
      return assessment.verdict("C1")
    }

    @Test(arguments: [
      ("packets sent before an ACK comes", "1", "by default"),
      ("packets sent before an ACK comes", "5", "TCP_NODELAY: 1"),
      ("what ends an idle connection", "nothing", "by default"),
      ("what ends an idle connection", "keepalive, after 7200 s", "SO_KEEPALIVE: 1"),
      ("connect() where nobody listens", "ECONNREFUSED", ""),
      ("data over a bad path", "once and in order", ""),
      ("state of the end that closed first while data is missing", "FIN_WAIT_2", ""),
      ("a close whose last ACK is lost", "the FIN comes again and is answered", ""),
      ("a close without TIME_WAIT whose last ACK is lost", "RST, and ECONNRESET", ""),
      ("where the first data travels", "after the handshake", "by default"),
      ("where the first data travels", "in the SYN", "TCP Fast Open: 1"),
      ("initial sequence number of a SYN", "random", "four-tuples: many"),
      ("initial sequence number of a SYN", "a fixed offset and a clock", "four-tuples: one"),
      ("a receiver that does not read", "the sender stops, probes, and goes on", ""),
      ("the congestion window", "grows with ACKs and shrinks on loss", ""),
      ("the congestion window after a loss", "grows again", "TCP_CONGESTION: reno"),
    ])
    func aFactOfLinuxIsConfirmed(what: String, value: String, setBy: String) throws {
      #expect(try verdict(what, value, setBy) == "confirmed")
    }

    @Test(arguments: [
      ("timer of an orphan in FIN_WAIT_2", "30 s", "tcp_fin_timeout: 30", "confirmed"),
      ("timer of an orphan in FIN_WAIT_2", "60 s", "tcp_fin_timeout: 30", "contradicted"),
      ("keepalive schedule", "600 s", "SO_KEEPALIVE: 1, TCP_KEEPIDLE: 600", "confirmed"),
      ("keepalive schedule", "7200 s", "SO_KEEPALIVE: 1, TCP_KEEPIDLE: 600", "contradicted"),
      ("keepalive schedule", "600 s", "tcp_keepalive_time: 600", "confirmed"),
      ("recv() after the last retransmission", "ETIMEDOUT", "tcp_retries2: 1", "confirmed"),
      // With a loss probe and without one, for it is no retransmission by timeout.
      ("retransmissions without an answer", "2", "tcp_retries2: 2", "confirmed"),
      ("retransmissions without an answer", "2", "tcp_retries2: 2, tcp_early_retrans: 0", "confirmed"),
      ("packets sent before an ACK comes", "1", "tcp_sack: 0", "confirmed"),
      ("packets sent before an ACK comes", "5", "tcp_sack: 0", "contradicted"),
      ("packets sent before an ACK comes", "1", "tcp_no_such_setting: 1", "undecided"),
      ("packets sent before an ACK comes", "1", "tcp_sack: 1; reboot", "undecided"),
      ("packets sent before an ACK comes", "1", "SO_REUSEADDR: 1", "undecided"),
      ("the congestion window after a loss", "grows again", "TCP_CONGESTION: no_such", "undecided"),
    ])
    func aRowIsRunUnderTheConditionThatItNames(
      what: String, value: String, setBy: String, verdict expected: String
    )
      throws
    {
      #expect(try verdict(what, value, setBy) == expected)
    }

    @Test func aConditionOfARowIsGoneAfterItsRun() throws {
      let table = "| what | value | set by | claim |\n| - | - | - | - |\n"
      let row = "| timer of an orphan in FIN_WAIT_2 | "
      let page =
        table + row + "30 s | tcp_fin_timeout: 30 | C1 |\n" + row + "60 s | by default | C2 |\n"
        + row + "60 s | tcp_sack: 0 | C3 |\n"
      let bench = try #require(Ground.wires.first).bench()
      let assessment = try Assessment(running: [Run.Source(name: "page.md", text: page)], on: bench)
      for claim in ["C1", "C2", "C3"] { #expect(assessment.verdict(claim) == "confirmed") }
    }

    @Test(arguments: [
      ("packets sent before an ACK comes", "1", "conditional"),
      ("what ends an idle connection", "nothing", "conditional"),
      ("where the first data travels", "after the handshake", "conditional"),
      ("where the first data travels", "in the third segment", "contradicted"),
      ("initial sequence number of a SYN", "random", "conditional"),
      ("initial sequence number of a SYN", "not random", "contradicted"),
      ("connect() where nobody listens", "ETIMEDOUT", "contradicted"),
      ("state of the end that closed first while data is missing", "TIME_WAIT", "contradicted"),
      ("a close without TIME_WAIT whose last ACK is lost", "deadlock", "contradicted"),
      ("a receiver that does not read", "the sender stops, and goes on", "contradicted"),
      ("the congestion window", "grows with ACKs and does not shrink on loss", "contradicted"),
    ])
    func anotherValueTurnsIt(what: String, value: String, verdict expected: String) throws {
      #expect(try verdict(what, value) == expected)
    }
  }
}
