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

  @Test func severalOfOnePartyMayBeUnderWay() throws {
    let plan = try plan(
      """
      data(SEQ:1, 5bytes) (arrives later) |
      FIN(SEQ:6) (arrives later) |
      | ACK
      (arrives now) |
      (arrives now) |
      """)
    #expect(
      plan.told == [
        "left send(5)", "hold left data(SEQ:1, 5bytes)", "left close()", "hold left FIN(SEQ:6)", "right ACK",
        "release left", "release left",
      ])
  }

  @Test func whatIsSentAgainMayArriveLater() throws {
    let plan = try plan(
      "data(SEQ:1, 5bytes) | lost\ntimeout |\ndata(SEQ:1, 5bytes) (arrives later) |\n| FIN(SEQ:9)")
    let again = plan.steps.contains {
      if case .expectHeld(.left, _, isAgain: true) = $0.action { true } else { false }
    }
    #expect(again, "\(plan.told)")
  }

  @Test func theTimerOfTheCellInWhichItStandsIsWaitedFor() throws {
    let lostACK = "FIN(SEQ:1) |\nlost | ACK(ACK:2)\n| close()"
    #expect(
      try plan(lostACK + "\n| FIN(SEQ:5)\n | timeout\n| FIN(SEQ:5)").told.contains("right sends again"))
    #expect(try plan(lostACK + "\n| FIN(SEQ:5)\ntimeout |\nFIN(SEQ:1) |").told.contains("left sends again"))
  }

  @Test func aPartyInCLOSEDAnswersWithoutACall() throws {
    #expect(
      try plan("| send(5)\nRST(SEQ:1) (old duplicate) | [CLOSED]\ndata(SEQ:1, 5bytes) |\n| RST(SEQ:7)").calls
        == ["right send(5)", "left send(5)"])
    #expect(try plan("data(SEQ:1, 5bytes) |\n| RST(SEQ:7)").calls == ["left send(5)", "right close()"])
  }

  @Test func whatIsUnderWayAtACloseIsNotUnread() throws {
    let early = "| send(5)\n| data(SEQ:7, 5bytes)\nclose() |\nFIN(SEQ:1) |"
    #expect(try plan(early).leavesReadingOpen)
    #expect(try !plan("| send(5)\nclose() |\nFIN(SEQ:1) |\n| data(SEQ:7, 5bytes)").leavesReadingOpen)
    #expect(
      try !plan("| data(SEQ:7, 5bytes) (arrives later)\nclose() |\nFIN(SEQ:1) |\n| (arrives now)")
        .leavesReadingOpen)
  }

  @Test func whatHasNotLeftCannotArrive() {
    #expect(
      refusal("SYN |\n(arrives now) |")
        == "p.md:4: no segment of client is under way: expected `(arrives later)` in an earlier row")
    #expect(
      refusal("SYN (arrives later) |\n(arrives now) |\n(arrives now) |").hasPrefix(
        "p.md:5: no segment of client"))
    #expect(
      refusal("SYN (old duplicate) | SYN+ACK")
        == "p.md:3: an old duplicate and a segment in one row: expected a row for each")
  }
}
