import Foundation
import Testing

extension CommandTests {
  /// Connections by hand, with keys from a file.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "there is no wire here"))
  struct LiveTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private func live(_ keys: String, _ arguments: String...) throws -> Program.Finished {
      try folder.write(keys, to: "keys")
      try folder.remove("mine.md")
      return try Probe.program(["live", "--keys", "keys", "--save", "mine.md"] + arguments).run(in: folder)
    }

    /// Tells whether `check` finds everything in the saved page confirmed.
    private func isConfirmed() throws -> Bool {
      let ended = try Probe.run("check", "mine.md", in: folder)
      return ended.status == 0 && !ended.output.contains("contradicted")
    }

    @Test(arguments: ["cddCdd", "______"]) func closesInFourSegmentsByCallsAndByThePage(keys: String) throws {
      let ended = try live(keys)
      #expect(ended.status == 0)
      #expect(ended.output.contains("server LAST_ACK → CLOSED"))
      #expect(ended.output.contains("client FIN_WAIT_2 → TIME_WAIT"))
      #expect(try isConfirmed())
    }

    @Test func lostLastAckMakesTheTimerSendTheFINAgain() throws {
      let plain = try live("cddCdxtdd", "--timers", "running")
      #expect(plain.status == 0 && plain.output.contains("server LAST_ACK → CLOSED"))
      #expect(plain.output.contains("A timer has expired; server sends FIN+ACK"))
      #expect(try isConfirmed())
    }

    /// A SYN that comes again while a person looks at the SYN+ACK is not the third segment.
    @Test func aHandshakeAtASlowPaceIsNotLedAstrayByASYNThatComesAgain() throws {
      let ended = try live("__t__", "handshake")
      #expect(ended.status == 0, "\(ended.output)")
      #expect(ended.output.contains("A timer has expired"), "\(ended.output)")
      #expect(ended.output.contains("server SYN_RECV → ESTABLISHED"), "\(ended.output)")
    }

    @Test func aMisspelledLessonGetsTheNearest() throws {
      let ended = try Probe.run("live", "hanshake", in: folder)
      #expect(ended.status == 64)
      #expect(
        ended.errors.contains("no such lesson") && ended.errors.contains("handshake"), "\(ended.errors)")
    }

    @Test func aFINThatOvertakesDataEndsNothing() throws {
      let ended = try live("s h c 2d".filter { $0 != " " } + "d1dd")
      #expect(ended.status == 0)
      #expect(ended.output.contains("FIN+ACK of client arrives; server sends ACK"))
      #expect(ended.output.contains("Data (100 bytes) of client arrives, server ESTABLISHED → CLOSE_WAIT"))
      let page = try folder.read("mine.md")
      #expect(page.contains("(arrives later)") && page.contains("(arrives now)"), "\(page)")
      #expect(try isConfirmed())
    }

    @Test func aSegmentThatIsHeldBackIsNotDrawnAsArrived() throws {
      let held = try live("sh").output
      #expect(held.contains("len=100 ─────…   │") && !held.contains("──▶│"), "\(held)")
      let later = try live("shSd1d").output
      #expect(later.contains("…──── PSH+ACK seq=x ack=y len=100 ─────▶│"), "\(later)")
    }

    @Test func theWireAndTheLadderHaveTheSameNumbers() throws {
      let lines = try live("c").output.split(separator: "\n").filter { $0.contains("FIN+ACK seq=x ack=y") }
      #expect(lines.count == 2, "\(lines)")
    }

    @Test func whereASegmentOfThePageIsLostSpaceWaitsForTheTimer() throws {
      let lost = try live("cx").output
      #expect(lost.contains("space the retransmission timer of client is waited for"), "\(lost)")
      let ended = try live("cx_____", "--timers", "running")
      #expect(ended.status == 0 && ended.output.contains("client FIN_WAIT_2 → TIME_WAIT"), "\(ended.output)")
    }

    /// The SYN+ACK comes again before the last ACK arrives; nobody waits for this copy.
    @Test func aCopyOfWhatHasArrivedIsNotChosenBeforeOthers() throws {
      let shown = try live("oddtdsx", "handshake").output
      #expect(shown.contains("SYN+ACK seq=y ack=x+1  retransmitted, has arrived"), "\(shown)")
      #expect(shown.contains("x  Data (100 bytes) of client is lost."), "\(shown)")
    }

    @Test func closeWaitWithUnreadDataExplainsTheRST() throws {
      #expect(try live("sdcdd?").output.contains("close() with this data unread sends RST instead"))
      #expect(try !live("cdd?").output.contains("unread sends RST instead."))
    }

    @Test func eachCopyOfATimerIsDrawnBehindTheTimer() throws {
      let lines = try live("_tt", "handshake").output.split(separator: "\n")
      let timers = lines.indices.filter { lines[$0].contains("retransmission timer of client: ") }
      #expect(timers.count == 2, "\(lines)")
      #expect(timers.allSatisfy { lines[$0 + 1].contains("SYN seq=x") })
    }

    /// Segments that are on their way at the end, several RSTs for one call, retransmissions of both ends, calls on a
    /// connection that is gone, and what only the timers of a run by hand do.
    @Test(arguments: [
      "sdCdrs", "ssdddcdCdd", "sSCcdddddd", "_id_dddC_s", "ScSdRddddd", "sFdbddd", "ddrd_csd>F", "Ss>rSddd_",
    ])
    func aSavedPageIsConfirmed(keys: String) throws {
      let errors = try live(keys, "data-transfer").errors
      #expect(errors.contains("every step is confirmed"), "\(errors)")
      #expect(!errors.contains("of the run, from"), "\(errors)")
      let page = try folder.read("mine.md")
      #expect(try isConfirmed(), "\(page)")
    }

    /// Without a loss probe, the first segment that was lost comes again first.
    @Test func whatOnlyTheTimersByHandDoIsLeftOutAndTold() throws {
      let errors = try live("10s10s10sxtdddd", "data-transfer").errors
      #expect(errors.contains("rows of the run, from timeout of client on"), "\(errors)")
      #expect(try folder.read("mine.md").contains("rows of the run, from"))
      #expect(try isConfirmed())
    }

    @Test func retransmissionsOfBothEndsAreConfirmed() throws {
      let errors = try live("cdCxtdd", "--timers", "running").errors
      #expect(errors.contains("every step is confirmed"), "\(errors)")
      let page = try folder.read("mine.md")
      #expect(try isConfirmed(), "\(page)")
    }

    @Test func aRebootStandsInTheSavedPage() throws {
      try folder.write(EarlierConnectionTests.reboot, to: "reboot.md")
      let ended = try live("______", "reboot.md")
      #expect(ended.output.contains("client reboots"), "\(ended.output)")
      let page = try folder.read("mine.md")
      #expect(page.contains("| (reboot)") && page.contains("SYN(SEQ:u,ACK:-)"), "\(page)")
      #expect(ended.errors.contains("every step is confirmed"), "\(ended.errors)")
    }

    @Test func aForgedRSTEndsTheConnectionAndStandsInThePage() throws {
      let ended = try live("IrsS")
      #expect(ended.output.contains("An RST arrives as if from server, client ESTABLISHED → CLOSED"))
      #expect(ended.output.contains("recv() of client returns ECONNRESET"))
      #expect(ended.output.contains("send(100) of client returns EPIPE"))
      #expect(ended.errors.contains("- recv() of client returned ECONNRESET"))
      #expect(try folder.read("mine.md").contains("(old duplicate)"))
      #expect(try isConfirmed())
    }

    @Test func writesToAClosedEndFailFromTheSecondOn() throws {
      let ended = try live("cddSddS", "close-wait")
      #expect(ended.status == 0)
      #expect(ended.output.contains("server CLOSE_WAIT → CLOSED"))
      #expect(ended.output.contains("send(100) of server returns EPIPE"))
      #expect(try isConfirmed())
    }

    /// TIME_WAIT gives its port to a connection whose numbers begin above its own, at the end that has it and at the other.
    @Test(arguments: [
      ("cddCddoddd", "client TIME_WAIT → SYN_SENT"), ("CddcddodddsdR", "server TIME_WAIT → SYN_RECV"),
    ])
    func anotherConnectionAtTheSamePortEndsTIMEWAIT(keys: String, change: String) throws {
      let ended = try live(keys)
      #expect(ended.status == 0 && ended.output.contains(change), "\(ended.output)")
      #expect(ended.output.contains("server SYN_RECV → ESTABLISHED"), "\(ended.output)")
      #expect(ended.output.contains("by their timestamps"))
      #expect(ended.errors.contains("client called connect() again, which returned 0"), "\(ended.errors)")
      #expect(try isConfirmed())
    }

    @Test func aPortWhoseConnectionIsNotInTIMEWAITIsRefused() throws {
      let ended = try live("cddo?")
      #expect(ended.output.contains("connect() of client returns EADDRNOTAVAIL."), "\(ended.output)")
      // The refused socket is not that of the connection.
      #expect(ended.output.contains("the program has called close()"), "\(ended.output)")
    }

    @Test func againDoesAllButTheLastStepOnANewConnection() throws {
      let ended = try live("cdda")
      #expect(ended.status == 0)
      #expect(ended.output.contains("A new connection: 2 steps were done again"))
      #expect(ended.output.contains("FIN_WAIT_1 ┐") && ended.output.contains("CLOSE_WAIT ┐"))
      // The page goes along: it has the ACK next.
      #expect(ended.output.contains("space 2, ACK of server, arrives"))
    }

    @Test func anACKThatLeftBeforeACallStandsBeforeIt() throws {
      let ended = try live("cdCddd")
      #expect(ended.status == 0 && ended.output.contains("server LAST_ACK → CLOSED"))
      let page = try folder.read("mine.md")
      let rows = page.split(separator: "\n").map(String.init)
      let ack = try #require(rows.firstIndex { $0.contains(/\| +ACK\(/) }, "\(page)")
      let close = try #require(rows.lastIndex { $0.contains("close()") })
      #expect(ack < close, "\(page)")
      #expect(try isConfirmed())
    }

    @Test func aSegmentThatIsLostLateStandsWhereItLeft() throws {
      // Its loss comes behind the other end's send(100), and the ACK's behind its close().
      #expect(try live("sS2d1x").status == 0)
      let rows = try folder.read("mine.md").split(separator: "\n").map(String.init)
      let lost = try #require(rows.firstIndex { $0.contains("lost") })
      #expect(try lost < #require(rows.lastIndex { $0.contains("send(100)") }), "\(rows)")
      #expect(try isConfirmed())
      #expect(try live("cdC2x").status == 0)
      #expect(try folder.read("mine.md").matches(of: /lost/).count == 1)
    }

    @Test func crossingFINsLeadThroughClosingAndStandInOneRow() throws {
      let ended = try live("cC1d2ddd")
      #expect(
        ended.output.contains("server FIN_WAIT_1 → CLOSING") && ended.output.contains("CLOSING → TIME_WAIT"))
      let page = try folder.read("mine.md")
      #expect(page.split(separator: "\n").contains { $0.matches(of: /FIN\+ACK/).count == 2 }, "\(page)")
      #expect(try isConfirmed())
    }

    @Test func whatIsNotPossibleSaysWhyAndCountsInTheStatus() throws {
      let ended = try live("du2x")
      #expect(ended.status == 2)
      #expect(ended.output.contains("Nothing waits on the wire"))
      #expect(ended.output.contains("A step cannot be undone"))
      #expect(ended.output.contains("Not possible: no segment 2 is on the wire"))
    }

    @Test func aCharacterThatIsNoKeyIsRefusedBeforeAnythingIsRun() throws {
      let ended = try live("cd\nd~")
      #expect(ended.status == 64 && ended.errors.contains("keys:2: ~ is no key of live"))
    }

    @Test func aPageWithoutLadderIsRefused() throws {
      let ended = try live("", "sockets")
      #expect(ended.status == 64 && ended.errors.contains("sockets has no ladder"))
    }

    @Test func explanationsFollowTheDescriptor() throws {
      #expect(try live("cdd?").output.contains("the program has called close()"))
      #expect(try live("fdd?").output.contains("there is no timer"))
    }
  }
}
