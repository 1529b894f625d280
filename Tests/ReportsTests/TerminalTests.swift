import Claims
import Documents
import Kinds
import Reports
import Testing
import Traces

@Suite(.tags(.pure)) struct TerminalTests {
  static let cases = Samples.all.flatMap { sample in
    [60, 66, 71, 72, 80, 93, 100, 120].flatMap { width in [true, false].map { (sample.name, width, $0) } }
  }

  @Test(arguments: cases)
  func noLineIsWiderThanTheTerminal(name: String, width: Int, unicode: Bool) throws {
    let sample = try #require(Samples.all.first { $0.name == name })
    let text = sample.assessment.rendered(as: .terminal, style: Style(width: width, unicode: unicode))
    for line in text.split(separator: "\n") { #expect(line.displayWidth <= width, "\(line)") }
  }

  @Test func withoutColourThereIsNoEscapeCode() {
    for sample in Samples.all {
      #expect(!sample.assessment.rendered(as: .terminal).unicodeScalars.contains("\u{1B}"), "\(sample.name)")
    }
  }

  @Test func colourChangesNothingButColour() {
    for sample in Samples.all {
      let plain = sample.assessment.rendered(as: .terminal)
      let painted = sample.assessment.rendered(as: .terminal, style: Style(color: true))
      #expect(painted.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
      #expect(painted != plain)
    }
  }

  @Test func aCloseLooksLikeThis() {
    let report = Samples.close.rendered(as: .terminal)
    let expected = """
      Connection close
      page.md:41, part 3 · two namespaces · IPv4 · second close(): after the ACK

                   client                                      server
          ESTABLISHED │                                           │ ESTABLISHED
       1      close() │                                           │
       2   FIN_WAIT_1 ├─────── FIN+ACK seq=5000 ack=7500 ────────▶│ CLOSE_WAIT  ~ A3.1
                      │ ~ correct but incomplete: the document omits the ACK flag
       3   FIN_WAIT_2 │◀────────── ACK seq=7500 ack=5001 ─────────┤             ✓ A3.2
       4              │                                           │ close()
       5    TIME_WAIT │◀──────── FIN+ACK seq=7500 ack=5001 ───────┤ LAST_ACK    ✗ A3.3
                      │ ✗ document FIN(SEQ:7501, ACK:5001)        │
                      │   kernel   FIN+ACK(SEQ:7500, ACK:5001)    │
       6              ├───────── ACK seq=5001 ack=7501 ──────────▶│ CLOSED      ✗ A3.4
                      │ ✗ document ACK(SEQ:5001, ACK:7502)        │
                      │   kernel   ACK(SEQ:5001, ACK:7501)        │
                      to match the page, 374,829,211 was subtracted from the sequence
                      numbers of server
      """
    #expect(report.contains("\n\n" + expected + "\n\n"), "\(report)")
    let counts = "6 claims: 1 confirmed, 2 contradicted, 1 correct but incomplete, 1 conditional,"
    #expect(report.hasSuffix("\n\(counts)\n1 unobservable\n"), "\(report)")
  }

  /// The end that closed is an orphan in FIN_WAIT_2 for three seconds.
  @Test(arguments: [true, false]) func aStateThatATimerEndsIsThatOfItsStepUntilThen(isLast: Bool) {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.rung(0)
    writer.segment(
      [.fin, .ack], seq: 1, ack: 1, from: .left, sender: .finWait1, receiver: .closeWait)
    writer.segment(.ack, seq: 1, ack: 2, from: .right, sender: .closeWait, receiver: .finWait2)
    writer.add(.sighting(record: nil), .left, .sockDiag, after: 3_000_000)
    if !isLast { writer.call(.close, .right) }
    let report = Samples.assessment([writer.trace]).rendered(as: .terminal)
    let expected = """
       2   FIN_WAIT_2 │◀──────────── ACK seq=y ack=x+1 ───────────┤
                      ┊               3.00 s later                ┊
       3       CLOSED │                                           │
      """
    #expect(report.contains("\n" + expected), "\(report)")
    #expect(isLast || report.contains("│ close()"), "\(report)")
  }

  @Test func whatTwoFINsThatCrossLeadToStandsBelowBoth() {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.rung(0)
    for party in Party.allCases {
      writer.call(.close, party)
      writer.look(party, .finWait1)
    }
    let places = Party.allCases.map { writer.departure([.fin, .ack], seq: 1, ack: 1, from: $0) }
    for (party, place) in zip(Party.allCases, places) {
      writer.add(.delivered(segment: place), party.other, .wire)
      writer.look(party.other, .closing)
    }
    let assessment = Samples.assessment([writer.trace])
    let report = assessment.rendered(as: .terminal)
    let expected = """
       3   FIN_WAIT_1 ├────────── FIN+ACK seq=x ack=y ───────────▶│
       4              │◀─────────── FIN+ACK seq=y ack=x ──────────┤ FIN_WAIT_1
       5      CLOSING │                                           │ CLOSING
      """
    let lines = report.split(separator: "\n").map { $0.replacing(/\ +$/, with: "") }
    #expect(lines.joined(separator: "\n").contains(expected), "\(report)")
    // Where words stand beside the drawing, they say why.
    #expect(assessment.rendered(as: .slides).contains("Both segments arrive"))
  }

  @Test func aListenerStandsBelowItsCall() throws {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    writer.look(.right, .timeWait)
    writer.rung(0)
    writer.segment(.ack, seq: 1, ack: 1, from: .left)
    writer.look(.right, .closed)
    writer.call(.listen, .right)
    writer.look(.right, .listen)
    writer.segment(.syn, seq: 1, from: .left)
    let report = Samples.assessment([writer.trace]).rendered(as: .terminal)
    let ends = report.split(separator: "\n").compactMap { $0.split(separator: " ").last }
    let call = try #require(ends.firstIndex(of: "listen()"))
    #expect(ends.firstIndex(of: "LISTEN") == call + 1, "\(report)")
  }

  /// Two idle ends: the claim names its run, and there is nothing to draw.
  @Test func aRunWithoutStepsIsNotDrawn() {
    var writer = TraceWriter(Variant(subject: .scenario(id: "idle"), bench: .wire, family: .ipv4))
    writer.segment(.syn, seq: 1, from: .left)
    writer.rung(0)
    writer.look(.left, .established)
    writer.add(
      .measurement(
        figure: Measurement("what ends an idle connection", .measured("nothing"), source: "sock_diag")))
    let verdict = Verdict(
      .conditional, expected: "nothing", seen: "nothing", evidence: [.init(trace: 0, events: [2])])
    let claim = ClaimResult(id: "A3.8", page: "page.md", line: 1, verdict: verdict, parts: [])
    let assessment = Samples.assessment([writer.trace], claims: [claim])
    let explained = assessment.explanations(style: Style())
    #expect(explained.contains("Scenario \"idle\"; two namespaces"), "\(explained)")
    #expect(!explained.contains("\n\n") && !explained.contains("two namespaces ·"), "\(explained)")
    #expect(assessment.rendered(as: .terminal).contains("\nAlso run"))
    // With all that was measured the run has its heading.
    var style = Style()
    style.drawsAll = true
    let all = assessment.rendered(as: .terminal, style: style)
    #expect(all.contains("two namespaces · IPv4\n\n  what ends an idle connection"), "\(all)")
  }

  @Test func aLostSegmentEndsInACrossAndItsReturnIsShownAfterThePause() {
    let report = Samples.loss.rendered(as: .terminal, style: Style(width: 100))
    #expect(report.contains("─✗      │"), "\(report)")
    #expect(report.contains(" 213 ms later "), "\(report)")
  }

  @Test func whereOnlyASCIICanBeShownNothingElseIsDrawn() {
    for sample in [Samples.close, Samples.loss, Samples.scenario] {
      let report = sample.rendered(as: .terminal, style: Style(unicode: false))
      #expect(report.allSatisfy { $0.isASCII }, "\(report)")
    }
  }
}
