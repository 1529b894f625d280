import Benches
import Claims
import Documents
import Notations
import Grounds
import Testing
import Traces

/// One place of a built-in page that says something else, and what becomes of a claim.
struct PageChange: Sendable, CustomStringConvertible {
  var claim: String
  var old: String
  var new: String
  var verdict: String
  var description: String { "\(claim): \(old) -> \(new)" }

  init(_ claim: String, _ old: String, _ new: String, _ verdict: String) {
    self.claim = claim
    self.old = old
    self.new = new
    self.verdict = verdict
  }

  static let handshake = [
    PageChange("A1.1", "| before accept() |", "| after accept() |", "contradicted"),
    PageChange("A1.2", "| SYN(SEQ:1000,ACK:-)    |", "| SYN(SEQ:1000,ACK:7) |", "contradicted"),
    PageChange("A1.3", "SYN+ACK(SEQ:2000,ACK:1001)", "SYN+ACK(SEQ:2000,ACK:1002)", "contradicted"),
    PageChange("A1.3", "SYN+ACK(SEQ:2000,ACK:1001)", "SYN+ACK(SEQ:4000,ACK:1001)", "confirmed"),
    PageChange("A1.4", "| ACK(SEQ:1001,ACK:2001) |", "| ACK(SEQ:1001,ACK:2002) |", "contradicted"),
    PageChange("A1.4", "| 0 bytes  ", "| 10 bytes ", "contradicted"),
    PageChange("A1.5", "| SYN_RECV        |", "| ESTABLISHED |", "contradicted"),
    PageChange("A1.5", "| arrives         |", "| is lost |", "contradicted"),
    PageChange("A1.6", "| after the handshake |", "| in a letter |", "contradicted"),
    PageChange("B1.2", "| random |", "| 1000 |", "contradicted"),
    PageChange("B1.1", "SYN+ACK seq=y, ack=x+1", "SYN+ACK seq=y, ack=x", "contradicted"),
    PageChange("B1.1", "| [ESTABLISHED] | [ESTABLISHED] ", "| [ESTABLISHED] | [SYN_RECV] ", "contradicted"),
    PageChange("B1.3", "| SYN, ACK |", "| SYN, ACK, PSH |", "contradicted"),
  ]

  static let close = [
    PageChange("A3.1", "FIN(SEQ:5000,ACK:-)", "FIN(SEQ:5000)", "confirmed"),
    PageChange("A3.1", "FIN(SEQ:5000,ACK:-)", "FIN(SEQ:5000,ACK:7499)", "contradicted"),
    PageChange("A3.2", "ACK(SEQ:7500,ACK:5001)", "ACK(SEQ:7500,ACK:5002)", "contradicted"),
    PageChange("A3.3", "FIN(SEQ:7501,ACK:5001)", "FIN(SEQ:7500,ACK:5001)", "confirmed"),
    PageChange("A3.4", "ACK(SEQ:5001,ACK:7502)", "ACK(SEQ:5001,ACK:7501)", "confirmed"),
    PageChange("A3.5", "| 4         |", "| 5 |", "contradicted"),
    PageChange(
      "A3.7", "at the end that closed first | nothing ", "at the end that closed first | TIME_WAIT ",
      "confirmed"),
    PageChange("B2.2", "ACK [CLOSE_WAIT]", "ACK [LAST_ACK]", "contradicted"),
    PageChange("B2.4", "FIN [LAST_ACK]", "FIN [CLOSING]", "contradicted"),
    PageChange("B2.5", "ACK [TIME_WAIT]", "ACK [CLOSED]", "contradicted"),
    PageChange("B2.8", "[CLOSED]         |", "[ESTABLISHED] |", "contradicted"),
    PageChange("B2.1", "| EPIPE        |", "| 1 byte written |", "contradicted"),
    PageChange("B2.3", "CLOSE_WAIT | arrives |", "CLOSE_WAIT | is answered with RST |", "conditional"),
    PageChange("B2.3", "CLOSE_WAIT | arrives |", "CLOSE_WAIT | vanishes |", "contradicted"),
  ]

  static let data = [
    PageChange("A2.1", "| ACK:1401       |", "| ACK:1400 |", "contradicted"),
    PageChange("A2.4", "| ACK:1501       |", "| ACK:1401 |", "contradicted"),
    PageChange("A2.1", "packet(SEQ:1301, 100bytes)", "packet(SEQ:1301, 99bytes)", "contradicted"),
    PageChange(
      "A2.2", "| SEQ:1401, 100bytes         | ...waiting     | A2.2",
      "| packet(SEQ:1402, 100bytes) | ...waiting     | A2.2", "contradicted"),
    PageChange(
      "A2.3", "SEQ:1401, 100bytes         | ...waiting     | A2.3", "SEQ:1401, 99bytes | ...waiting | A2.3",
      "contradicted"),
    PageChange("A2.5", "| 1         |", "| 2 |", "contradicted"),
    PageChange("A2.6", "| ACK:1501       |", "| ACK:1500 |", "contradicted"),
    PageChange("A2.7", "| a timeout |", "| a loss probe |", "confirmed"),
  ]

  /// What goes wrong, or does not happen at all.
  static let rest = [
    PageChange(
      "A3.6", "the end that accepted              | completes", "the end that accepted | fails",
      "contradicted"),
    PageChange(
      "A3.8", "idle connection                        | nothing  ", "idle connection | a timeout",
      "contradicted"),
    PageChange(
      "B2.6", "while data is missing | TIME_WAIT  ", "while data is missing | FIN_WAIT_2", "confirmed"),
    PageChange("B2.7", "| the FIN comes again and is answered |", "| deadlock |", "contradicted"),
    PageChange("B2.10", "| deadlock                            |", "| RST, and ECONNRESET |", "confirmed"),
    PageChange("B3.1", "| once and in order |", "| 0 of 406 bytes, or others |", "contradicted"),
    PageChange("B3.2", "| the sender stops, probes, and goes on |", "| the sender goes on |", "contradicted"),
    PageChange("B3.3", "| grows with ACKs and shrinks on loss |", "| stays as it is |", "contradicted"),
    PageChange("B3.5", "| ECONNREFUSED      |", "| ETIMEDOUT |", "contradicted"),
  ]

  static let all = handshake + close + data + rest
}

extension ScenariosTests {
  /// A verdict is found, not known: where a page says something else, it turns.
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct ChangedPageTests {
    /// All but what nobody can observe.
    @Test func everyClaimHasAChangeThatTurnsIt() throws {
      let changed = Set((PageChange.all + PageChange.minute).map(\.claim))
      let claims = Set(try Run.Source.builtIn.flatMap { try Page(reading: $0.text, name: $0.name).claims })
        .filter { !isCellID($0) }
      #expect(claims.subtracting(changed) == ["B3.4"])
    }

    @Test(arguments: [PageChange.handshake, PageChange.close, PageChange.data, PageChange.rest])
    func aChangedPageTurnsItsVerdict(changes: [PageChange]) throws {
      try check(changes, on: try #require(Ground.all.last))
    }

    @Test func soItDoesOnTheOtherBench() throws {
      let changes = [PageChange.handshake[2], PageChange.close[3], PageChange.close[8], PageChange.data[0]]
      try check(changes, on: try #require(Ground.all.first))
    }

    private func check(_ changes: [PageChange], on ground: Ground) throws {
      let bench = try ground.bench()
      let runner = Runner(on: bench)
      for change in changes {
        let pages = Run.Source.builtIn.compactMap { $0.changed(change.old, to: change.new) }
        let page = try #require(pages.first, "the page no longer says \(change.old)")
        let assessment = try Assessment(
          running: [page], on: bench, with: runner, claims: [change.claim])
        let verdict = assessment.claims.first { $0.id == change.claim }?.verdict
        #expect(
          assessment.verdict(change.claim) == change.verdict,
          "\(change): \(verdict?.expected ?? "") / \(verdict?.seen ?? "") / \(verdict?.reason ?? "")")
      }
    }
  }
}
