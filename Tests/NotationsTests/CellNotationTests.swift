import Documents
import Notations
import Kinds
import TCP
import Testing

/// Each row of the notation's table but the segment's, which has a suite of its own.
@Suite(.tags(.pure)) struct CellNotationTests {
  @Test(arguments: [
    "lost", "Lost!", "(lost)", "loss", "dropped", "didn't receive", "didnt receive!", "didn’t receive",
    "(didnt receive!) ...waiting", "did not receive", "not received", "never arrives", "packet lost",
    "lost in transit", "doesn't get it", "**lost**",
  ])
  func aLossIsRead(cell: String) { #expect(Cell.Reading(of: cell) == .elements([.lost])) }

  @Test(arguments: [
    "no loss", "not lost at all", "SYN lost", "lost: SYN", "lost 2 packets", "not received yet",
    "loss, timeout",
  ])
  func wordsAroundALossThatChangeItMakeItText(cell: String) { #expect(Cell.Reading(of: cell) == .text) }

  @Test(arguments: [
    "timeout", "Timeout!", "timeout(wait enough!)", "time out", "timed out", "time-out...", "(timeout)",
    "retransmission timeout", "RTO expires", "timeout, resend", "timeout (200 ms)",
  ])
  func aTimeoutIsRead(cell: String) { #expect(Cell.Reading(of: cell) == .elements([.timeout])) }

  @Test(arguments: ["no timeout", "timeout after 200 ms", "timeout SYN", "2MSL timeout"])
  func wordsAroundATimeoutThatChangeItMakeItText(cell: String) { #expect(Cell.Reading(of: cell) == .text) }

  static let calls: [(String, [Cell.Element])] = [
    ("connect()", [.call(.connect)]),
    ("`close()`", [.call(.close)]),
    ("shutdown(SHUT_WR)", [.call(.shutdown(.write))]),
    ("send(100)", [.call(.send(100))]),
    ("write(100), close()", [.call(.send(100)), .call(.close)]),
    ("close() FIN", [.call(.close), .segment(SegmentPattern(flags: .fin))]),
    ("listen() [LISTEN]", [.call(.listen), .state(.listen)]),
  ]
  @Test(arguments: calls) func aCallIsRead(cell: String, elements: [Cell.Element]) {
    #expect(Cell.Reading(of: cell) == .elements(elements))
  }

  @Test(arguments: ["bind()", "close(fd)", "send()", "connect() fails", "close", "connect"])
  func whatNoPartyCanCallIsText(cell: String) { #expect(Cell.Reading(of: cell) == .text) }

  static let states: [(String, State)] = [
    ("[CLOSE_WAIT]", .closeWait), ("[close-wait]", .closeWait), ("ESTABLISHED", .established),
    ("(ESTABLISHED)", .established), ("[ESTAB]", .established), ("established", .established),
    ("FIN-WAIT-1", .finWait1), ("FIN_WAIT2", .finWait2), ("FIN\\_WAIT\\_2", .finWait2),
    ("[FIN WAIT 1]", .finWait1), ("SYN-RECEIVED", .synReceived), ("SYN_RECV", .synReceived),
    ("TCP_SYN_SENT", .synSent), ("TIME_WAIT", .timeWait), ("LAST_ACK", .lastAck), ("CLOSED", .closed),
    ("CLOSE", .closed), ("CLOSING", .closing), ("-> `LISTEN`", .listen),
  ]
  @Test(arguments: states) func aStateIsReadInEverySpelling(cell: String, state: State) {
    #expect(Cell.Reading(of: cell) == .elements([.state(state)]))
  }

  @Test(arguments: ["closing", "[OPEN]", "[CLOSE_WAIT", "LAST ACK", "established it is"])
  func wordsThatOnlyResembleAStateAreText(cell: String) { #expect(Cell.Reading(of: cell) == .text) }

  static let remarked: [(String, [Cell.Element])] = [
    ("TIME_WAIT (2MSL)", [.state(.timeWait)]),
    ("ACK, TIME_WAIT (2MSL)", [.segment(SegmentPattern(flags: .ack)), .state(.timeWait)]),
    ("[SYN_SENT] (waits for 1 s)", [.state(.synSent)]),
    ("[FIN_WAIT_2] (after receiving the ACK)", [.state(.finWait2), .received]),
    ("ESTABLISHED （收到后）", [.state(.established), .received]),
  ]
  @Test(arguments: remarked) func aRemarkBehindAStateIsRead(cell: String, elements: [Cell.Element]) {
    #expect(Cell.Reading(of: cell) == .elements(elements))
  }

  @Test(arguments: ["FIN_WAIT_1 (FIN)", "CLOSED (seq 5)", "LISTEN (", "listen(5)", "[LISTEN] (SYN+AKC)"])
  func aRemarkThatMayBeAStepMakesTheCellText(cell: String) { #expect(Cell.Reading(of: cell) == .text) }

  @Test(arguments: ["[ESTABLISED]", "[CLOSE_WIAT]", "[FIN_WAIT_3]"])
  func aStateThatIsMisspelledLeavesTheRestRead(state: String) {
    let segment = Cell.Element.segment(SegmentPattern(flags: .fin))
    #expect(Cell.Reading(of: "FIN \(state)") == .elements([segment, .unread(state)]))
  }

  static let combined: [(String, [Cell.Element])] = [
    (
      "FIN(SEQ:300) [FIN_WAIT_1]",
      [.segment(SegmentPattern(flags: .fin, sequence: .literal(300))), .state(.finWait1)]
    ),
    ("FIN<br>[FIN_WAIT_1]", [.segment(SegmentPattern(flags: .fin)), .state(.finWait1)]),
    ("FIN, LAST_ACK", [.segment(SegmentPattern(flags: .fin)), .state(.lastAck)]),
    ("[SYN_SENT] SYN", [.state(.synSent), .segment(SegmentPattern(flags: .syn))]),
    ("lost [SYN_SENT]", [.lost, .state(.synSent)]),
    ("timeout [FIN_WAIT_1]", [.timeout, .state(.finWait1)]),
    ("...waiting [LISTEN]", [.state(.listen)]),
  ]
  @Test(arguments: combined) func aStateStandsBesideWhatHappens(cell: String, elements: [Cell.Element]) {
    #expect(Cell.Reading(of: cell) == .elements(elements))
  }

  @Test(arguments: [
    "SYN FIN", "ACK:1, ACK:2", "[LISTEN] [CLOSED]", "ESTABLISHED -> CLOSE_WAIT", "lost ACK:1401",
    "ACK:1401 lost",
    "timeout SEQ:1401, 100bytes", "ACK ...waiting", "lost close()",
  ])
  func aCellThatSaysTwoThingsIsText(cell: String) { #expect(Cell.Reading(of: cell) == .text) }

  @Test(arguments: [
    "", "...", "…", "-", "—", "waiting", "...waiting", "waiting...", "waitForFIN...", "...waitForClientEvent",
    "wait for SYN+ACK", "waiting for the FIN", "listening", "...listening", "listening(registered requester)",
    "<--",
  ])
  func idleWordsSayNothingToBeJudged(cell: String) { #expect(Cell.Reading(of: cell) == .elements([])) }

  @Test(arguments: [
    "the connection is open now.", "_**three way hand Shake**_", "receive ACK, ready to send",
    "waiting 5 seconds", "waiters", "연결 요청", "?", "listening at 80", "SYN 보냄",
  ])
  func anythingElseIsText(cell: String) { #expect(Cell.Reading(of: cell) == .text) }
}
