import Claims
import Documents
import Kinds
import TCP
import Testing
import Traces

/// The verdicts that hang on a step that could not be read: undecided, with the cell named.
@Suite(.tags(.pure)) struct UnreadStepTests {
  /// A handshake; the server then closes.
  static let usual = Sketch([
    .rung, .left(.syn, seq: 1), .rung, .right([.syn, .ack], seq: 5, ack: 2), .rung,
    .left(.ack, seq: 2, ack: 6), .rung, .right([.fin, .ack], seq: 6, ack: 2),
  ])

  @Test(arguments: [
    ("SYN+AKC", "SYN+ACK"), ("SNY+ACK", "SYN+ACK"), ("setsockopt(TCP_CORK, 1)", nil),
    ("ACK(ACK:2, SACK:9-11)", nil), ("SYN+ACK please", nil),
  ])
  func aStepThatWasNotReadMakesWhatFollowsUndecided(cell: String, meant: String?) throws {
    let assessment = try assess(page("SYN |\n| \(cell)\ndata |\n| RST"), Self.usual)
    #expect(try assessment.segment(1, .left).kind == .confirmed)
    for verdict in [try assessment.segment(3, .left), try assessment.segment(4, .right)] {
      #expect(verdict.kind == .undecided)
      let reason = try #require(verdict.reason)
      #expect(reason.hasPrefix("`\(cell)` in line 4 could not be read"))
      #expect(reason.hasSuffix(meant.map { " (did you mean \($0)?)" } ?? "could not be read"))
    }
    #expect(!assessment.hasDifferences && !assessment.isDecided)
  }

  @Test func whatFollowsAnUnreadStepIsNotConfirmedEither() throws {
    let rows = "SYN |\n| SYN+AKC\nACK |"
    #expect(try assess(page(rows), Self.usual).segment(3, .left).kind == .undecided)
    #expect(
      try assess(page(rows.replacing("AKC", with: "ACK")), Self.usual).segment(3, .left).kind == .confirmed)
  }

  @Test func wordsThatHideNoStepLeaveWhatIsTrueConfirmed() throws {
    let assessment = try assess(page("SYN |\n| so far, so good\nACK |\n| RST"), Self.usual)
    #expect(try assessment.segment(3, .left).kind == .confirmed)
    // But what they may stand for is held against nothing.
    #expect(try assessment.segment(4, .right).kind == .undecided)
  }

  @Test func whatStandsBesideAnUnreadCellIsNotHeldAgainstThePage() throws {
    let assessment = try assess(page("SYN |\n| SYN+ACK\nACK, again | [CLOSED]"), Self.usual)
    #expect(try assessment.state(3, .right).kind == .undecided)
  }

  @Test func whatNoCellHasMayStandInOneThatWasNotRead() throws {
    let read = try assess(page("SYN |\n| SYN+ACK\nACK |"), Self.usual)
    #expect(read.extras.map(\.verdict.kind) == [.contradicted])
    let assessment = try assess(page("SYN |\n| SYN+ACK\nACK |\n| FIN perhaps"), Self.usual)
    #expect(assessment.extras.map(\.verdict.kind) == [.undecided])
  }

  @Test func aMisspelledStateHidesNoStep() throws {
    let assessment = try assess(page("SYN |\n| SYN+ACK [ESTABLISED]\nACK |\n| RST"), Self.usual)
    #expect(try assessment.segment(2, .right).kind == .confirmed)
    #expect(try assessment.segment(3, .left).kind == .confirmed)
    // The segment in front of it was read and run, so what follows can be held against the page.
    #expect(try assessment.segment(4, .right).kind == .contradicted)
    #expect(assessment.pages[0].unread.map(\.description) == ["[ESTABLISED] (did you mean [ESTABLISHED]?)"])
    #expect(!assessment.isDecided)
  }

  @Test func aPageOfWhichSomethingWasNotReadIsNotDecided() throws {
    var assessment = try assess(page("SYN |\n| SYN+ACK\nACK |\n| FIN"), Self.usual)
    #expect(assessment.isDecided)
    assessment.pages[0].unread = [Page.Unread(line: 9, text: "A->>B: SYN", kind: .other("a diagram"))]
    #expect(!assessment.isDecided)
  }

  @Test func aFigureThatNothingMeasuresLeavesThePageUndecided() throws {
    let table = "| what | value | set by |\n| - | - | - |\n| timer of an orphan in FINWAIT2 | 60 s | |"
    let assessment = try assess(table, [Trace]())
    #expect(assessment.pages[0].unread.map(\.line) == [3] && !assessment.isDecided)
    #expect(
      assessment.pages[0].unread[0].description.contains("did you mean timer of an orphan in FIN_WAIT_2"))
  }
}
