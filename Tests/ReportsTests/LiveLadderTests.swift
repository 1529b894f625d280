import Documents
import Kinds
import Reports
import TCP
import Testing
import Traces

/// The ladder of a connection by hand, scrolled.
@Suite(.tags(.pure)) struct LiveLadderTests {
  private static let size = (width: 80, height: 24)

  /// The screen of a connection on which the client has called send(1), send(2) and so on.
  private static func view(calls: Int) -> LiveView {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    writer.rung(0)
    for count in stride(from: 1, through: calls, by: 1) { writer.call(.send(count), .left) }
    let end = LiveView.End(socket: nil, hasDescriptor: false, lastCall: nil)
    return LiveView(
      title: "page.md", subtitle: "", names: Both(left: "client", right: "server"),
      ends: Both(left: end, right: end), picture: Picture(of: StepTrace(of: writer.trace)))
  }

  /// The calls that the screen shows.
  private static func calls(_ view: LiveView) -> [Int] {
    view.lines(width: size.width, height: size.height).compactMap { line in
      line.painted(color: false).firstMatch(of: /send\((\d+)\) │/).flatMap { Int($0.1) }
    }
  }

  private static func edge(_ view: LiveView) -> String? {
    view.lines(width: size.width, height: size.height).map { $0.painted(color: false) }
      .first { $0.contains("ladder: lines") }
  }

  private static func scroll(_ view: inout LiveView, _ step: LiveView.Scrolling) {
    view.linesBelow = view.linesBelow(after: step, width: size.width, height: size.height)
  }

  @Test func theEndIsShownFirstAndTheLineBelowTellsOfTheRest() throws {
    let view = Self.view(calls: 20)
    #expect(Self.calls(view).last == 20 && Self.calls(view).first != 1)
    let edge = try #require(Self.edge(view))
    #expect(edge.contains("of 20 ") && edge.contains("PageUp: earlier"), "\(edge)")
  }

  @Test func aLadderThatFitsIsNotScrolled() {
    var view = Self.view(calls: 3)
    Self.scroll(&view, .back)
    #expect(view.linesBelow == 0 && Self.calls(view) == [1, 2, 3] && Self.edge(view) == nil)
  }

  @Test(arguments: [8, 20, 41]) func allLinesAreSeenOnTheWayBackAndForward(count: Int) {
    for (first, step) in [(LiveView.Scrolling.end, LiveView.Scrolling.back), (.begin, .forward)] {
      var view = Self.view(calls: count)
      Self.scroll(&view, first)
      var seen: Set<Int> = []
      for _ in 0..<count where seen.count < count {
        let shown = Self.calls(view)
        // A line of the screen before is on the next one, too.
        #expect(seen.isEmpty || !seen.isDisjoint(with: shown))
        seen.formUnion(shown)
        Self.scroll(&view, step)
      }
      #expect(seen == Set(1...count))
    }
  }

  @Test func bothDirectionsAreToldInTheMiddle() throws {
    var view = Self.view(calls: 41)
    Self.scroll(&view, .back)
    #expect(try #require(Self.edge(view)).contains("PageUp, PageDown"))
    Self.scroll(&view, .begin)
    #expect(try #require(Self.edge(view)).contains("lines 1 to "))
    #expect(Self.calls(view).first == 1)
    Self.scroll(&view, .end)
    #expect(Self.calls(view).last == 41)
  }

  @Test func theScreenKeepsItsHeightAndWidth() {
    for below in [0, 1, 7, 400] {
      var view = Self.view(calls: 41)
      view.linesBelow = below
      for (width, height) in [(80, 24), (130, 60)] {
        let lines = view.lines(width: width, height: height)
        #expect(lines.count == height && lines.allSatisfy { $0.width <= width })
      }
    }
  }
}
