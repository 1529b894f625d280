import Claims
import Kinds
import Scenarios
import TCP
import Testing
import Traces

/// Pages and run files of earlier versions, whose figures, values and conditions had other words.
@Suite(.tags(.pure)) struct FormerWordsTests {
  private static let page = """
    | what                                                | value     | set by             | claim |
    | --------------------------------------------------- | --------- | ------------------ | ----- |
    | Left of the connection at the end that closed first | TIME_WAIT | passive close: now | F1    |
    """

  private func run(_ name: String, _ value: Value, of scenario: Scenario, _ condition: Condition) -> Trace {
    var trace = Sketch([.left([.fin, .ack], seq: 1, ack: 1)]).trace()
    trace.variant.subject = .scenario(id: scenario.name)
    trace.variant.conditions = [condition]
    let figure = Measurement(name, .measured(value), source: "a test", events: [0])
    trace.events.append(Event(time: 9, what: .measurement(figure: figure)))
    return trace
  }

  @Test(arguments: [
    "state remaining at the end that closed first", "left of the connection at the end that closed first",
  ])
  func aRowInFormerWordsIsJudgedByItsFigure(name: String) throws {
    let trace = run(name, .state(.timeWait), of: .close, .passiveClose(.now))
    #expect(try assess(Self.page, trace).claims.map(\.verdict.kind) == [.confirmed])
    let other = run(name, .state(.closed), of: .close, .passiveClose(.now))
    #expect(try assess(Self.page, other).claims.map(\.verdict.kind) == [.contradicted])
  }

  @Test(arguments: ["draws RST", "is answered with RST"], ["draws RST", "is answered with RST"])
  func aFormerValueIsThePresentOne(written: String, measured: String) throws {
    let page = """
      | what                    | value | set by                | claim |
      | ----------------------- | ----- | --------------------- | ----- |
      | data sent in CLOSE_WAIT | \(written) | first FIN by: close() | F1    |
      """
    let trace = run("data sent in CLOSE_WAIT", .words(measured), of: .halfClose, .closesBy(.close))
    let verdict = try #require(try assess(page, trace).claims.first?.verdict)
    #expect(verdict.kind == .confirmed && verdict.seen == "is answered with RST")
  }
}
