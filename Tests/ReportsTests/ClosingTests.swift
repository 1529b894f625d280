import Claims
import Kinds
import Reports
import Scenarios
import Testing
import Traces

@Suite(.tags(.pure)) struct ClosingTests {
  /// 2.05 s at 250 Hz, 4.1 s at 1000 Hz: measured, and what kernel/time/timer.c computes.
  @Test(arguments: [(100, 512), (250, 512), (300, 512), (1000, 4096)])
  func theTimerWheelIsCoarserTheFasterTheTick(hertz: Int, ticks: Int) {
    #expect(Wheel(hertz: hertz).ticks == ticks)
  }

  @Test func itTellsThisRunsFiguresAndNoOthers() throws {
    let text = try closing(["length of TIME_WAIT": "60.41 s"]).rendered(as: .terminal)
    #expect(text.contains("60.41 s") && !text.contains("at once"))
    let crowd = try closing(["connections in TIME_WAIT": "60000", "ports to one destination": "28232"])
      .rendered(as: .terminal).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      crowd.contains("60,000") && crowd.contains("28,232") && crowd.contains("470 connections per second"))
    #expect(!crowd.contains("Why TIME_WAIT lasts this long"))
  }

  @Test(arguments: [60, 80, 132]) func itFitsItsTerminal(width: Int) throws {
    let text = try closing(["length of TIME_WAIT": "60.41 s"]).rendered(
      as: .terminal, style: Style(width: width))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
  }

  @Test func inMarkdownItIsSectionsAndInJSONItIsNothing() throws {
    let closing = try closing(["length of TIME_WAIT": "60.41 s"])
    #expect(
      closing.rendered(as: .markdown).contains("\n## Why TIME_WAIT lasts this long\n\nIt lasted 60.41 s"))
    #expect(closing.rendered(as: .json).isEmpty)
  }

  private func closing(_ figures: [String: String]) throws -> Closing {
    let events = figures.sorted { $0.key < $1.key }.map { name, value in
      Event(
        time: 0,
        what: .measurement(figure: Measurement(name, .measured(Value(reading: value)), source: "a test")))
    }
    var trace = try #require(Samples.close.run.traces.first)
    trace.events = events
    let machine = Machine(release: "6.18", architecture: "any", hertz: 250, time: 0)
    let run = Run(version: "1", command: "test", machine: machine, documents: [], traces: [trace])
    return Closing.timeWait(try Assessment(of: run, by: Scenarios.catalogue), with: .measured)
  }
}
