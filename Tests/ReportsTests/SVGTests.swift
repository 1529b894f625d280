import Claims
import Documents
import Kinds
import Reports
import Scenarios
import TCP
import Testing
import Traces

@Suite(.tags(.pure)) struct SVGTests {
  @Test(arguments: Samples.all.map(\.name)) func aDrawingStandsAlone(name: String) throws {
    let sample = try #require(Samples.all.first { $0.name == name }).assessment
    let text = sample.rendered(as: .svg)
    let drawing = try #require(WellFormed(text))
    let root = try #require(drawing.elements.last)
    #expect(root.name == "svg" && root.attributes["xmlns"] == "http://www.w3.org/2000/svg")
    #expect(root.attributes["role"] == "img" && drawing.all("title").count == 1)
    // Programs that show slides know no links, no variables and no media queries.
    #expect(drawing.all("a").isEmpty && !text.contains("var(") && !text.contains("@media"))
    #expect(drawing.elements.allSatisfy { $0.attributes["href"] == nil })
  }

  @Test func aCloseIsDrawnWithBothEndsStatesCallsAndBothValues() throws {
    let drawing = try #require(WellFormed(Samples.close.rendered(as: .svg)))
    let texts = drawing.all("text").map(\.text)
    for text in [
      "client", "server", "close()", "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "TIME_WAIT", "CLOSE_WAIT",
      "LAST_ACK", "CLOSED", "FIN+ACK seq=7500 ack=5001", "document: FIN(SEQ:7501, ACK:5001)",
    ] {
      #expect(texts.contains(text), "\(text)")
    }
    #expect(drawing.all("path").count { $0.attributes["class"] == "head" } == 4)
  }

  @Test func theResultOfACallIsDrawnWhole() throws {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    writer.call(.receive(nil), .left, .failed(errno: "ECONNRESET"))
    writer.call(.send(65_000), .right, .failed(errno: "EADDRNOTAVAIL"))
    let drawing = try #require(WellFormed(Samples.assessment([writer.trace]).rendered(as: .svg)))
    let texts = drawing.all("text").map(\.text)
    #expect(
      texts.contains("recv() = ECONNRESET") && texts.contains("send(65000) = EADDRNOTAVAIL"), "\(texts)")
  }

  @Test func aRunWithoutStepsSaysSoInPlaceOfADrawing() throws {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    writer.look(.left, .established)
    writer.rung(0)
    let drawing = try #require(WellFormed(Samples.assessment([writer.trace]).rendered(as: .svg)))
    let texts = drawing.all("text").map(\.text)
    #expect(texts.contains("there is no step to draw: nothing was called or sent"), "\(texts)")
    #expect(!texts.contains("client"))
  }

  @Test func aLostSegmentEndsInACross() throws {
    let drawing = try #require(WellFormed(Samples.loss.rendered(as: .svg)))
    #expect(drawing.all("path").count { $0.attributes["class"] == "cross" } == 1)
    #expect(drawing.all("text").contains { $0.text == "lost" })
    #expect(drawing.all("text").contains { $0.text == "213 ms later" })
  }

  @Test func aSegmentThatIsOvertakenArrivesBelowTheOther() throws {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    func leave(_ number: UInt32) -> Int {
      let segment = Segment(flags: .ack, sequence: SequenceNumber(number), length: 1)
      writer.add(.segment(segment: segment, bytes: Bytes([])), .left, .wire)
      return writer.trace.events.count - 1
    }
    let (slow, fast) = (leave(1), leave(2))
    writer.add(.delivered(segment: fast), .right, .wire)
    writer.add(.delivered(segment: slow), .right, .wire)
    let drawing = try #require(WellFormed(Samples.assessment([writer.trace]).rendered(as: .svg)))
    // The first corner of an arrow's head is where it arrives.
    let tips = drawing.all("path").filter { $0.attributes["class"] == "head" }.compactMap {
      ($0.attributes["d"] ?? "").split(whereSeparator: { "ML ".contains($0) }).dropFirst().first.flatMap {
        Double($0)
      }
    }
    try #require(tips.count == 2)
    #expect(tips[0] > tips[1])
  }

  @Test func anyRunCanBeDrawn() throws {
    var run = Samples.close.run
    run.traces += Samples.scenario.run.traces
    let both = Assessment(
      run: run, catalogue: Scenarios.catalogue, pages: [], ladders: Samples.close.ladders, facts: [],
      claims: [])
    var style = Style()
    #expect(both.rendered(as: .svg, style: style).contains("Connection close"))
    style.drawn = 1
    #expect(both.rendered(as: .svg, style: style).contains("Scenario &quot;opening&quot;"))
  }

  @Test func aRunOfThousandsIsCutAndSaysSo() throws {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    for number in 1...2000 { writer.segment(.ack, seq: UInt32(number), from: .left) }
    let text = Samples.assessment([writer.trace]).rendered(as: .svg)
    #expect(text.contains("more steps") && text.utf8.count < 300_000)
  }
}
