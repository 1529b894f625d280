import Documents
import Kinds
import Notations
import Reports
import TCP
import Testing
import Traces

/// The kernel's own reasons in each format.
@Suite(.tags(.pure)) struct ReasonDrawingTests {
  /// A SYN to a port where nobody listens, and a made-up segment; with reasons or without.
  private static func run(withReasons: Bool) -> Trace {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    func tell(_ what: Event.What) {
      if withReasons { writer.add(what, .right, .reasonTracepoint) }
    }
    writer.look(.right, nil)
    writer.rung(0)
    let syn = writer.segment(.syn, seq: 1, from: .left, sender: .synSent)
    tell(.discarded(segment: syn, reason: "NO_SOCKET"))
    tell(.resetting(reason: "77"))
    writer.segment([.rst, .ack], seq: 0, ack: 2, from: .right, receiver: .closed)
    writer.add(.forged(segment: Segment(flags: .ack, sequence: SequenceNumber(5))), .left, .wire)
    tell(.discarded(segment: writer.trace.events.count - 1, reason: "TCP_FLAGS"))
    return writer.trace
  }

  private func rendered(_ format: Format, withReasons: Bool = true) -> String {
    Samples.assessment([Self.run(withReasons: withReasons)]).rendered(as: format)
  }

  private static let reasons = ["dropped: NO_SOCKET", "RST, reason: 77", "dropped: TCP_FLAGS"]

  @Test(arguments: [Format.terminal, .svg, .html])
  func eachReasonStandsBehindItsSegment(format: Format) throws {
    let text = rendered(format)
    var rest = text[...]
    for reason in Self.reasons {
      let found = try #require(rest.firstRange(of: reason), "\(reason) in \(format)")
      rest = rest[found.upperBound...]
    }
    for reason in Self.reasons {
      #expect(!rendered(format, withReasons: false).contains(reason))
    }
  }

  /// Linux 5.17 to 6.9 tell why they drop a segment, and not why they send an RST.
  @Test(arguments: [Format.terminal, .markdown, .html, .json])
  func whatTheKernelDoesNotTellIsSaid(format: Format) {
    let limit = "not on this kernel: the reason of an RST"
    func text(_ limit: String?) -> String {
      var trace = Self.run(withReasons: true)
      trace.observers = [ObserverReport(kind: .reasonTracepoint, limit: limit)]
      var style = Style(width: 120)
      style.showsEvidence = true
      return Samples.assessment([trace]).rendered(as: format, style: style)
    }
    #expect(text(limit).contains(limit) && !text(nil).contains("not on this kernel"), "\(text(limit))")
  }

  @Test func inATerminalTheReasonHasALineOfItsOwn() throws {
    let lines = rendered(.terminal).split(separator: "\n")
    let place = try #require(lines.firstIndex { $0.contains(" SYN seq=") })
    #expect(lines[place + 1].contains("dropped: NO_SOCKET"))
    #expect(!lines[place].contains("dropped"))
  }

  @Test func inMarkdownReasonsChangeNothingThatIsReadBack() throws {
    let text = rendered(.markdown)
    #expect(text.contains("| 1 | dropped: NO_SOCKET |"))
    #expect(text.contains("| 2 | RST, reason: 77 |"))
    let page = try Page(reading: text, name: "record.md")
    let plain = try Page(reading: rendered(.markdown, withReasons: false), name: "record.md")
    func cells(_ page: Page) -> [[Both<[Cell.Element]>]] {
      page.ladders.map { $0.rungs.map { $0.cells.map(\.elements) } }
    }
    #expect(cells(page) == cells(plain) && !page.ladders.isEmpty)
    #expect(page.facts == plain.facts && page.unread.isEmpty)
  }

  @Test func inMermaidReasonsAreNotesThatChangeNothing() throws {
    let text = rendered(.mermaid)
    #expect(text.contains("Note over B: kernel's reason: dropped: NO_SOCKET\n"))
    #expect(text.contains("Note over B: kernel's reason: RST, reason: 77\n"))
    #expect(!text.contains("| segment number |"))
    let page = try Page(reading: text, name: "record.md")
    let plain = try Page(reading: rendered(.mermaid, withReasons: false), name: "record.md")
    func cells(_ page: Page) -> [[Both<[Cell.Element]>]] {
      page.ladders.map { $0.rungs.map { $0.cells.map(\.elements) } }
    }
    #expect(cells(page) == cells(plain) && !page.ladders.isEmpty && page.unread.isEmpty)
    let notes = page.ladders.flatMap { $0.rungs.flatMap(\.notes) }
    #expect(notes.map(\.text) == ["dropped: NO_SOCKET", "RST, reason: 77"])
    #expect(notes.map(\.party) == [.right, .right])
  }

  @Test(arguments: ["RST segment", "SYN", "close()", "FIN+ACK(SEQ:1)", "answer to a SYN"])
  func aFigureThatHasTheNameOfASegmentMakesNoLadder(name: String) throws {
    var trace = Self.run(withReasons: true)
    trace.variant.subject = .scenario(id: "reset")
    let places = Array(trace.events.indices)
    trace.events.append(
      Event(
        time: trace.events.last?.time ?? 0,
        what: .measurement(figure: Measurement(name, .measured(.words("RST")), events: places))))
    let text = Samples.assessment([trace]).rendered(as: .markdown)
    #expect(text.contains(": dropped: NO_SOCKET, RST, reason: 77, dropped: TCP_FLAGS |"))
    let page = try Page(reading: text, name: "record.md")
    #expect(page.ladders.isEmpty && page.unread.isEmpty)
    #expect(page.facts.map(\.rows.count) == [1])
  }

  @Test func aRunWithReasonsIsReadBackFromJSON() throws {
    let text = rendered(.json)
    #expect(text.contains("discarded") && text.contains("resetting"))
    let run = try Run(reading: Array(text.utf8))
    #expect(run.traces == [Self.run(withReasons: true)])
  }

  @Test func aReasonOfNoSegmentIsRefused() throws {
    var trace = Self.run(withReasons: true)
    let place = try #require(
      trace.events.firstIndex { if case .discarded = $0.what { true } else { false } })
    for segment in [-1, 0, trace.events.count] {
      trace.events[place].what = .discarded(segment: segment, reason: "NO_SOCKET")
      let text = Samples.assessment([trace]).rendered(as: .json)
      #expect(throws: RunError.self) { try Run(reading: Array(text.utf8)) }
    }
  }
}
