import Documents
import Kinds
import Testing

/// The plans of ladders with old duplicates and reboots.
@Suite(.tags(.pure)) struct EarlierPlanTests {
  @Test func anOldSynIsInjectedAndAnsweredByTheKernelsAlone() throws {
    let plan = try plan(
      """
      SYN(SEQ:100) (arrives later) |
      SYN(SEQ:90) (old duplicate) |
      | SYN+ACK(SEQ:300,ACK:91)
      RST(SEQ:91) |
      (arrives now) |
      | SYN+ACK(SEQ:400,ACK:101)
      ACK |
      """)
    #expect(
      plan.told == [
        "left connect()", "hold left SYN(SEQ:100)", "inject left SYN(SEQ:90)",
        "right SYN+ACK(SEQ:300,ACK:91)", "left RST(SEQ:91)", "release left", "right SYN+ACK(SEQ:400,ACK:101)",
        "left ACK",
      ])
    #expect(plan.opens && plan.first.left == 100)
  }

  @Test func aHostThatRebootsHasHadAConnection() throws {
    let plan = try plan(
      """
      (reboot) |
      SYN(SEQ:400) |
      | ACK(SEQ:300,ACK:100)
      RST(SEQ:100) |
      SYN(SEQ:400) |
      """)
    #expect(
      plan.told == [
        "reboot left", "place left 400", "left connect()", "left SYN(SEQ:400)", "right ACK(SEQ:300,ACK:100)",
        "left RST(SEQ:100)", "left SYN(SEQ:400)",
      ])
    #expect(!plan.opens && plan.first == Both(left: 100, right: 300))
  }

  @Test func whoeverReceivesAnOldSynListensAndSoDoesWhoIsInLISTEN() throws {
    #expect(
      try plan("SYN (old duplicate) |\n| SYN+ACK\nRST |").listeners == [.right])
    #expect(
      try plan("[LISTEN] | [LISTEN]\nSYN (old duplicate) |\n| SYN+ACK\nRST |").listeners == [.left, .right])
  }

  @Test func whatHasNotLeftCannotArrive() {
    #expect(
      refusal("SYN |\n(arrives now) |")
        == "p.md:4: no segment of client is under way: expected `(arrives later)` in an earlier row")
    #expect(
      refusal("SYN (arrives later) |\n(arrives now) |\n(arrives now) |").hasPrefix(
        "p.md:5: no segment of client"))
    #expect(
      refusal("data(SEQ:1, 5bytes) (arrives later) |\ndata(SEQ:6, 5bytes) (arrives later) |")
        .hasPrefix("p.md:4: two segments of client"))
    #expect(
      refusal("SYN (old duplicate) | SYN+ACK")
        == "p.md:3: an old duplicate and a segment in one row: expected a row for each")
  }
}
