import Documents
import Kinds
import TCP
import Testing
import Traces

/// The verdict of several runs of a script.
@Suite(.tags(.pure)) struct ScriptDecisionTests {
  private let script = Script(
    name: "script.pkt",
    events: [
      .init(
        line: 4, text: "+0 > P. 1:2001(2000) ack 1", time: .relative(.zero),
        action: .outbound(
          .segment(ScriptSegment(flags: [.psh, .ack], start: 1, length: 2000, acknowledgment: 1)))),
      .init(
        line: 5, text: "+0 close(3) = 0", time: .relative(.zero),
        action: .call(ScriptCall(name: "close", arguments: [.integer(3)], result: .integer(0)))),
      .init(
        line: 6, text: "+0 %{ assert tcpi_snd_cwnd == 10 }%", time: .relative(.zero),
        action: .code([.assert(.relations(.name("tcpi_snd_cwnd"), [.init(.equal, .number(10))]))])),
    ])

  private func segment(_ start: UInt32, _ length: Int, _ flags: Flags = .ack) -> ScriptSegment {
    ScriptSegment(flags: flags, start: start, length: length, acknowledgment: 1, window: 500)
  }

  private func run(
    _ segments: [ScriptSegment], deviation: Duration = .zero, stall: Duration = .zero, result: Int = 0,
    window: Int = 10, lost: Int = 0
  ) -> ScriptTrace {
    ScriptTrace(
      steps: [
        .init(event: 0, time: .zero, seen: .segments(segments), deviation: deviation),
        .init(event: 1, time: .zero, seen: .returned(.init(result: result, arguments: [.integer(3)]))),
        .init(event: 2, time: .zero, seen: .values(["tcpi_snd_cwnd": window])),
      ], stall: stall, lost: lost)
  }

  private var right: ScriptTrace { run([segment(1, 1000), segment(1001, 1000, [.psh, .ack])]) }

  @Test func oneRunThatIsAsTheScriptSaysDecides() {
    #expect(ScriptDecision(of: [right], script: script) == .confirmed)
    let wrong = run([segment(1, 1000)])
    #expect(ScriptDecision(of: [wrong, right], script: script) == .confirmed)
  }

  @Test func aDifferenceMustComeAgain() throws {
    let wrong = run([segment(1, 2000)])
    #expect(ScriptDecision(of: [wrong], script: script) == nil)
    guard case .contradicted(let place, let difference)? = ScriptDecision(of: [wrong, wrong], script: script)
    else {
      Issue.record("no contradiction")
      return
    }
    #expect(place == 0 && difference.event == 0 && difference.kind == .segment)
    #expect(difference.parts == ["the flags"])
  }

  @Test func aRunThatTheMachineHeldUpDoesNotCount() {
    let wrong = run([segment(1, 2000)], stall: ScriptDecision.disturbance)
    #expect(ScriptDecision(of: [wrong, wrong], script: script) == nil)
    let many = Array(repeating: wrong, count: ScriptDecision.most)
    guard case .undecided(.disturbed)? = ScriptDecision(of: many, script: script) else {
      Issue.record("no reason")
      return
    }
  }

  @Test func latenessMustComeOftenerUnlessTheClockCounts() {
    let late = run(right.segments, deviation: .milliseconds(9))
    #expect(ScriptDecision(of: [late, late], script: script) == nil)
    guard
      case .contradicted(_, let difference)? = ScriptDecision(of: [late], script: script, isOnClock: true)
    else {
      Issue.record("no contradiction")
      return
    }
    #expect(difference.kind == .late && difference.seen == "9 ms too late")
    guard
      case .contradicted? = ScriptDecision(of: Array(repeating: late, count: 4), script: script)
    else {
      Issue.record("no contradiction")
      return
    }
  }

  @Test(arguments: [
    ([(UInt32(1), 1000), (1001, 1000)], true), ([(1, 500), (501, 500), (1001, 1000)], false),
    ([(1, 1500), (1501, 500)], true), ([(1, 1000), (2001, 1000)], false),
  ]) func severalSegmentsStandForOne(lengths: [(UInt32, Int)], isOne: Bool) throws {
    var segments = lengths.map { segment($0.0, $0.1) }
    segments[segments.count - 1].flags.insert(.psh)
    #expect((try script.difference(from: run(segments)) == nil) == isOne)
  }

  @Test func resultsAndAssertionsAreCompared() throws {
    #expect(try script.difference(from: run(right.segments, result: -1))?.event == 1)
    let difference = try script.difference(from: run(right.segments, window: 9))
    #expect(difference?.kind == .assertion && difference?.seen == "tcpi_snd_cwnd is 9")
  }

  @Test func aTimeThatIsCountedInTicksMayBeOneTickOff() throws {
    var ticking = Script(
      name: "script.pkt",
      events: [
        .init(
          line: 1, text: "", time: .relative(.zero),
          action: .code([.assert(.relations(.name("tcpi_busy_time"), [.init(.atLeast, .number(49_000))]))]))
      ])
    func differs(_ time: Int) throws -> Bool {
      let step = ScriptTrace.Step(event: 0, time: .zero, seen: .values(["tcpi_busy_time": time]))
      return try ticking.difference(from: ScriptTrace(steps: [step])) != nil
    }
    #expect(try differs(48_000) && !differs(52_000))
    ticking.settings.tickTolerance = .milliseconds(8)
    #expect(try !differs(48_000) && differs(44_000))
    // The greatest number has no other one tick above it.
    #expect(try !differs(.max))
    ticking.events[0].action = .code([
      .assert(.relations(.name("tcpi_busy_time"), [.init(.less, .number(5))]))
    ])
    #expect(try differs(.max))
  }

  @Test func aRunThatLostPacketsDoesNotCount() {
    let lossy = run([segment(1, 2000)], lost: 1)
    #expect(ScriptDecision(of: [lossy, lossy], script: script) == nil)
    #expect(ScriptDecision(of: [run(right.segments, lost: 1)], script: script) == nil)
    let many = Array(repeating: lossy, count: ScriptDecision.most)
    guard case .undecided(.disturbed)? = ScriptDecision(of: many, script: script) else {
      Issue.record("no reason")
      return
    }
  }

  @Test func aDifferenceThatCameOnceDecidesNothing() {
    let held = run([segment(1, 2000)], stall: ScriptDecision.disturbance)
    let runs = [run([segment(1, 2000)])] + Array(repeating: held, count: ScriptDecision.most - 1)
    #expect(
      ScriptDecision(of: runs, script: script)
        == .undecided(.disturbed("no difference came often enough in \(ScriptDecision.most) runs")))
  }

  @Test func differencesInOtherPartsAreNotAlike() {
    let (flags, start) = (run([segment(1, 2000)]), run([segment(2, 2000, [.psh, .ack])]))
    #expect(ScriptDecision(of: [flags, start], script: script) == nil)
    guard case .contradicted(run: 0, _)? = ScriptDecision(of: [flags, start, flags], script: script) else {
      Issue.record("no contradiction")
      return
    }
  }

  @Test(arguments: [
    (CodeStatement.assert(.name("n")), "n"),
    (.assign("n", .add, .number(1)), "n"),
    (.assign("m", nil, .operations(.number(1), [.init(.divide, .number(0))])), "(1 // 0)"),
    (
      .assert(.relations(.operations(.number(.max), [.init(.add, .number(1))]), [.init(.equal, .number(0))])),
      "(9223372036854775807 + 1) == 0"
    ),
  ]) func whatHasNoValueContradictsNothing(statement: CodeStatement, text: String) {
    let script = Script(
      name: "script.pkt",
      events: [.init(line: 7, text: "", time: .relative(.zero), action: .code([statement]))])
    let run = ScriptTrace(steps: [.init(event: 0, time: .zero, seen: .values([:]))])
    #expect(
      ScriptDecision(of: [run], script: script) == .undecided(.other("line 7: \(text) has no value")))
  }

  @Test func nothingIsADifferenceToo() throws {
    #expect(try script.difference(from: run([]))?.kind == .missing)
  }
}

extension ScriptTrace {
  /// The segments of the first step.
  fileprivate var segments: [ScriptSegment] {
    if case .segments(let segments)? = steps.first?.seen { segments } else { [] }
  }
}
