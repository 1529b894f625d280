import Documents
import Kinds
import TCP
import Testing

/// A ladder that cannot be run is reported with its line, before anything is run.
@Suite(.tags(.pure)) struct RefusedPlanTests {
  @Test func aTableInWhichNobodySendsAnythingIsRefused() throws {
    let waiting = Rung(line: 7, cells: Both(left: Cell(elements: [.state(.listen)]), right: Cell()))
    let ladder = Ladder(line: 5, parties: Both(left: "a", right: "b"), rungs: [waiting])
    #expect {
      try Plan(ladder, page: "p.md")
    } throws: { error in
      "\(error)".hasPrefix("p.md:5: no party sends anything in this table")
    }
    let calling = Rung(cells: Both(left: Cell(elements: [.call(.close)]), right: Cell()))
    #expect(throws: Never.self) {
      try Plan(Ladder(parties: Both(left: "a", right: "b"), rungs: [waiting, calling]), page: "p.md")
    }
  }

  @Test func anAnswerToNoSynIsRefused() {
    #expect(
      refusal("SYN+ACK |\n| ACK")
        == "p.md:3: client answers a SYN, but server has not sent one: expected a SYN in an earlier row")
    #expect(refusal("| SYN\nSYN+ACK |\n| ACK") == "run")
  }

  @Test func aSecondSynIsRefused() {
    #expect(refusal("SYN |\nSYN |") == "p.md:4: client sends a second SYN; the first is in line 3")
    #expect(
      refusal("SYN(SEQ:1) |\n| SYN+ACK\nSYN(SEQ:2) |")
        == "p.md:5: client sends a second SYN; the first is in line 3")
    #expect(
      refusal("SYN |\n| SYN+ACK\n| SYN+ACK")
        == "p.md:5: server sends a second SYN; the first is in line 4")
    #expect(refusal("SYN |\n| SYN+ACK") == "run")
  }

  @Test func aSecondFinIsRefused() {
    #expect(refusal("FIN |\nFIN |") == "p.md:4: client sends a second FIN; the first is in line 3")
    #expect(
      refusal("FIN(SEQ:1) |\nFIN(SEQ:2) |")
        == "p.md:4: client sends a second FIN; the first is in line 3")
    #expect(refusal("FIN |\n| FIN") == "run")
  }

  @Test func aCallAfterCloseIsRefused() {
    #expect(
      refusal("close() |\nsend(5) |")
        == "p.md:4: client calls send(5), but it has already called close() in line 3")
    // So is one that a segment implies, and one after a close that a FIN implied.
    #expect(
      refusal("FIN |\ndata |")
        == "p.md:4: client calls send(100), but it has already called close() in line 3")
    #expect(
      refusal("FIN |\nclose() |")
        == "p.md:4: client calls close(), but it has already called close() in line 3")
    #expect(refusal("close() |\n| send(5)") == "run")
    #expect(refusal("shutdown(WR) FIN |\nclose() |") == "run")
  }

  @Test func dataBeforeItsSynIsRefused() {
    #expect(refusal("data |\nSYN |") == "p.md:3: client sends data before its SYN")
    #expect(refusal("SYN |\n| data") == "p.md:4: server sends data before its SYN")
    #expect(refusal("SYN |\n| FIN") == "p.md:4: server sends a FIN before its SYN")
    #expect(refusal("data |\n| data") == "run")
    #expect(refusal("SYN |\n| SYN+ACK\n| data") == "run")
  }
}
