import Claims
import Documents
import Kinds
import Scenarios
import TCP
import Testing
import Traces

/// A row of a facts table beside what scenarios measured.
@Suite(.tags(.pure)) struct FactTests {
  static let text = """
    | what                | value | set by | claim |
    | ------------------- | ----- | ------ | ----- |
    | segments of a close | 4     |        | A3.5  |
    """

  private func run(_ value: String?, _ condition: Condition? = nil, undecided: String? = nil) -> Trace {
    var trace = Sketch([.left([.fin, .ack], seq: 1, ack: 1)]).trace()
    trace.variant.subject = .scenario(id: Scenario.close.name)
    trace.variant.conditions = condition.map { [$0] } ?? []
    if let value {
      let figure = Measurement(
        "segments of a close",
        undecided.map { .undecided(Reason(reading: $0)) } ?? .measured(Value(reading: value)),
        source: "counted", events: [0])
      trace.events.append(Event(time: 9, what: .measurement(figure: figure)))
    }
    return trace
  }

  @Test func aFactIsConfirmedByTheSameFigure() throws {
    let claims = try assess(Self.text, run("4")).claims
    #expect(claims.map(\.id) == ["A3.5"])
    #expect(
      claims[0].verdict
        == Verdict(
          .confirmed, expected: "4", seen: "4", reason: nil, evidence: [.init(trace: 0, events: [0])]))
  }

  @Test(arguments: [
    ("60 s × [1, 1.127]", "60.00 s", "confirmed"), ("60 s × [1, 1.127]", "67.6 s", "confirmed"),
    ("60 s x [1,1.127]", "61 s", "confirmed"), ("60 s × [1, 1.127]", "59.9 s", "contradicted"),
    ("60 s × [1, 1.127]", "68 s", "contradicted"), ("60 s × [1, 1.127]", "61 ms", "contradicted"),
    ("60 s × [1, 1.127]", "4", "contradicted"), ("60 s × [1.2, 1.1]", "69 s", "contradicted"),
    ("60 s", "60.0 s", "confirmed"), ("60 s", "60000 ms", "confirmed"),
  ])
  func anIntervalHoldsWhatLiesWithin(value: String, figure: String, verdict: String) throws {
    let page = Self.text.replacing("| 4     |", with: "| \(value) |")
    #expect(try assess(page, run(figure)).claims[0].verdict.kind.rawValue == verdict)
  }

  @Test func aFactIsContradictedByAnotherFigure() throws {
    let verdict = try assess(Self.text, run("3")).claims[0].verdict
    #expect(verdict.kind == .contradicted && verdict.expected == "4" && verdict.seen == "3")
  }

  @Test func aFactWithoutAnIdIsToldByItsFigureAndWhereItHoldsWithItsValue() throws {
    let page = "| what | value | set by |\n| --- | --- | --- |\n| segments of a close | 4 | |"
    #expect(try assess(page, run("4")).claims.map(\.restatement) == ["segments of a close: 4"])
    #expect(try assess(page, run("3")).claims.map(\.restatement) == ["segments of a close"])
  }

  @Test func aFactIsConditionalWhereAConditionTurnsIt() throws {
    let assessment = try assess(Self.text, run("4", .passiveClose(.late)), run("3", .passiveClose(.now)))
    #expect(assessment.facts.map(\.verdict.kind) == [.confirmed, .contradicted])
    let verdict = assessment.claims[0].verdict
    #expect(verdict.kind == .conditional)
    #expect(
      verdict.seen
        == "4 (second close(): after the ACK), 3 (second close(): before the ACK)")
  }

  @Test func aFactThatNamesItsConditionIsHeldToThatOne() throws {
    let traces = [run("4", .passiveClose(.late)), run("3", .passiveClose(.now))]
    for (condition, value) in [
      ("second close(): after the ACK", "4"), ("second close(): before the ACK", "3"),
    ] {
      func claim(_ told: String) throws -> Verdict.Kind? {
        try assess(
          "| what | value | set by |\n| - | - | - |\n| segments of a close | \(told) | \(condition) |", traces
        ).claims.first?.verdict.kind
      }
      #expect(try claim(value) == .confirmed)
      #expect(try claim("5") == .contradicted)
    }
    // Words that are no condition of the scenario name no run.
    let other = "| what | value | set by |\n| - | - | - |\n| segments of a close | 4 | a sysctl |"
    #expect(try assess(other, traces).claims.first?.verdict.kind == .conditional)
  }

  @Test func aFactThatCouldNotBeMeasuredIsUndecided() throws {
    let verdict = try assess(Self.text, run("", undecided: "no FIN came")).claims[0].verdict
    #expect(verdict.kind == .undecided && verdict.reason == "no FIN came")
    let missing = try assess(Self.text, run(nil)).claims[0].verdict
    #expect(missing.kind == .undecided && missing.reason == "the scenario did not produce this figure")
    var stalled = run("4")
    stalled.end = .stalled
    #expect(try assess(Self.text, stalled).claims[0].verdict.kind == .undecided)
  }

  @Test func aFactThatAnOptionLeftOutIsLeftOutAndNotUndecided() throws {
    var trace = run(nil)
    trace.end = .leftOut(by: .quick)
    let assessment = try assess(Self.text, trace)
    #expect(assessment.claims[0].verdict.kind == .leftOut)
    #expect(assessment.claims[0].verdict.reason == "left out by --quick")
    #expect(assessment.isDecided && !assessment.hasDifferences)
  }

  @Test func aFigureThatAConditionDoesNotLeaveSaysWhichDo() throws {
    let text = """
      | what                                   | value | set by              |
      | -------------------------------------- | ----- | ------------------- |
      | close started by the end that accepted | yes   | second close(): after the ACK |
      """
    let verdict = try #require(try assess(text, run(nil, .passiveClose(.late))).claims.first?.verdict)
    #expect(verdict.kind == .undecided)
    #expect(
      verdict.reason
        == "not measured under \"second close(): after the ACK\"; it is measured under: first to close: accepted"
    )
  }

  @Test func aNameThatNothingMeasuresGetsTheNearest() throws {
    func unread(_ name: String) throws -> String? {
      try assess("| what | value | set by |\n| - | - | - |\n| \(name) | 1 | |", [Trace]()).pages[0].unread
        .first?.text
    }
    #expect(
      try unread("keepalive shedule")
        == "no scenario measures keepalive shedule: did you mean keepalive schedule?")
    #expect(
      try unread("colour of the sky")?.hasSuffix("tcpprobe list --figures names what can be measured") == true
    )
  }

  @Test func aFactThatNothingMeasuresHasNoVerdict() throws {
    #expect(try assess(Self.text, [Trace]()).claims.isEmpty)
  }

  @Test func wordsAreComparedHoweverTheyAreWritten() throws {
    let text = Self.text.replacing("segments of a close", with: "Segments  of a Close")
    #expect(try assess(text, run("4")).claims[0].verdict.kind == .confirmed)
  }

  @Test func aFactWithoutAnIdHasThatOfItsCell() throws {
    let text = """
      | set by | value | what                |
      | ------ | ----- | ------------------- |
      |        | 4     | segments of a close |
      """
    #expect(try assess(text, run("4")).claims.map(\.id) == ["1.1.2"])
  }
}
