import Claims
import Documents
import Kinds
import Reports
import Scenarios
import TCP
import Testing
import Traces

/// Rows of drawings that are easily misunderstood.
@Suite(.tags(.pure)) struct DrawingWordsTests {
  /// A ladder of a page that has no table of it: only the drawing counts.
  private func writer() -> TraceWriter {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.rung(0)
    return writer
  }

  /// The client's data is held; its copy is lost, and then the first one arrives.
  @Test func aStateStandsBesideTheArrivalAndNotBesideALostSegment() throws {
    var writer = writer()
    writer.segment([.psh, .ack], seq: 1, ack: 1, length: 100, from: .left, lost: true)
    writer.segment([.psh, .ack], seq: 1, ack: 1, length: 100, from: .left, lost: true)
    writer.look(.right, .closeWait)
    let picture = Picture(of: writer.trace)
    #expect(picture.rows.count > 1)
    for row in picture.rows {
      guard case .segment(_, _, .lost) = row.what else { continue }
      #expect(row.states.right == nil, "\(row)")
    }
  }

  @Test func aChangedSegmentTellsWhatTcpprobeChanged() throws {
    var writer = writer()
    let place = writer.departure(.ack, seq: 1, ack: 101, from: .right)
    var segment = try #require(writer.trace.events[place].segment)
    segment.window = 0
    segment.acknowledgment = SequenceNumber(51)
    writer.add(.altered(segment: place, into: segment), .left, .wire)
    writer.add(.delivered(segment: place), .left, .wire)
    let notes = Picture(of: writer.trace).rows.compactMap { row -> String? in
      if case .note(let text) = row.what { text } else { nil }
    }
    #expect(notes == ["tcpprobe changes ack x to x-50, window 502 to 0"])
  }

  @Test func anOlderTimestampIsToldByHowMuch() throws {
    var writer = writer()
    let place = writer.departure(.ack, seq: 1, ack: 101, from: .right)
    var segment = try #require(writer.trace.events[place].segment)
    segment.options = [.timestamps(value: 500, echo: 300_000)]
    writer.trace.events[place].what = .segment(segment: segment, bytes: Bytes([]))
    segment.options = [.timestamps(value: 500, echo: 100_000)]
    writer.add(.altered(segment: place, into: segment), .left, .wire)
    let notes = Picture(of: writer.trace).rows.compactMap { row -> String? in
      if case .note(let text) = row.what { text } else { nil }
    }
    #expect(notes == ["tcpprobe changes timestamp echo: -200,000"])
  }

  @Test(arguments: [20, 4]) func aLongRepetitionIsOneRowOfALesson(rounds: Int) throws {
    var writer = TraceWriter(
      Variant(subject: .scenario(id: Scenario.closedPort.name), bench: .wire, family: .ipv4))
    writer.rung(0)
    writer.look(.left, .established)
    writer.look(.right, .established)
    var data = 0
    for round in 0..<UInt32(rounds) {
      writer.call(.send(100), .left)
      data = writer.segment([.psh, .ack], seq: 1 + 100 * round, ack: 1, length: 100, from: .left)
      writer.segment(.ack, seq: 1, ack: 101 + 100 * round, from: .right)
    }
    writer.call(.close, .left)
    let figure = Measurement(
      "connect() where nobody listens", .measured(Value(reading: "ECONNREFUSED")), source: "errno 111",
      events: [data])
    writer.add(.measurement(figure: figure))
    let text = """
      # A page

      | what | value | set by | claim |
      | - | - | - | - |
      | connect() where nobody listens | ECONNREFUSED | by default | E1 |

      - E1: nobody listens.
      """
    let run = Run(
      version: "0.1.0", command: "tcpprobe page", machine: Samples.machine,
      documents: [Run.Source(name: "page", text: text)], traces: [writer.trace])
    let report = try Assessment(of: run, by: Scenarios.catalogue).rendered(
      as: .terminal, style: Style(tellsPages: true))
    let sends = report.matches(of: /send\(100\)/).count
    let isShort = report.contains("54 steps not shown")
    #expect(rounds == 20 ? sends == 2 && isShort : sends == 4 && !isShort, "\(report)")
    #expect(report.contains("close()"))
  }

  /// Both ends are CLOSED at once; only the one that sends the RST differs from the figure of RFC 9293.
  @Test func theEndThatSendsAnRSTHasAnotherReasonThanTheOther() throws {
    let text = """
      # A page

      | client | server | claim |
      | - | - | - |
      | [CLOSED] | RST | X1 |

      - X1: the server sends RST.
      """
    var writer = TraceWriter(Samples.ladderVariant("page", table: 1))
    writer.rung(0)
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.segment([.rst, .ack], seq: 1, ack: 1, from: .right, sender: .closed, receiver: .closed)
    let page = try Samples.lesson(text, writer.trace, as: .slides)
    let edges = page.all("li").map(\.text).filter { $0.contains("ESTABLISHED → CLOSED") }
    #expect(
      edges.contains { $0.hasPrefix("server") && $0.contains("sent an RST") && $0.contains("TIME-WAIT") })
    #expect(edges.contains { $0.hasPrefix("client") && $0.contains("received an RST") })
    #expect(!edges.contains { $0.hasPrefix("client") && $0.contains("TIME-WAIT") }, "\(edges)")
  }

  /// A claim about two FINs that cross is told once both have left.
  @Test func aClaimAboutACrossingIsToldAtItsSecondSegment() throws {
    let text = """
      # A page

      | client | server | claim |
      | - | - | - |
      | FIN seq=1 | FIN seq=1 | X1 |

      - X1: now each end has sent a FIN.
      """
    var writer = TraceWriter(Samples.ladderVariant("page", table: 1))
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.rung(0)
    let left = writer.departure([.fin, .ack], seq: 1, ack: 1, from: .left)
    writer.look(.left, .finWait1)
    let right = writer.departure([.fin, .ack], seq: 1, ack: 1, from: .right)
    writer.look(.right, .finWait1)
    writer.add(.delivered(segment: left), .right, .wire)
    writer.add(.delivered(segment: right), .left, .wire)
    writer.look(.right, .closing)
    writer.look(.left, .closing)
    let page = try Samples.lesson(text, writer.trace, as: .slides)
    let told = page.elements.filter { $0.attributes["class"] == "said" && $0.text.contains("Now each end") }
    #expect(told.count == 1, "\(told.map(\.text))")
    #expect(told.first?.text.contains("server → client") == true, "\(told.map(\.text))")
  }
}
