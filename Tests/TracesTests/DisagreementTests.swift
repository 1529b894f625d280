import Documents
import Kinds
import TCP
import Testing
import Traces

/// Two observers that say different things while nothing moves are a finding.
@Suite(.tags(.pure)) struct DisagreementTests {
  private func found(_ events: [Event], on bench: BenchKind = .wire) -> [[State]] {
    Step.trace(events, bench: bench).disagreements.map { [$0.first.state, $0.second.state] }
  }

  @Test func twoObserversMayDisagree() throws {
    let events = [Step.look(.left, .finWait2), Step.look(.left, .timeWait, by: .proc)]
    #expect(found(events) == [[.finWait2, .timeWait]])
    let disagreement = try #require(Step.trace(events).disagreements.first)
    #expect(disagreement.party == .left && disagreement.explanation == nil)
    #expect([disagreement.first.place, disagreement.second.place] == [0, 1])
    #expect([disagreement.first.observer, disagreement.second.observer] == [.sockDiag, .proc])
  }

  @Test func theyDoNotWhereTheySayTheSame() {
    #expect(found([Step.look(.left, .timeWait), Step.look(.left, .timeWait, by: .proc)]).isEmpty)
    // Two parties may be two things, and one observer may see a thing pass.
    #expect(found([Step.look(.left, .finWait1), Step.look(.right, .closeWait, by: .proc)]).isEmpty)
    #expect(found([Step.look(.left, .finWait1), Step.look(.left, .finWait2)]).isEmpty)
  }

  @Test(arguments: [
    Step.sent(.right, .ack, seq: 1, ack: 1), Step.delivered(0, to: .right), Step.dropped(0, before: .right),
    Step.call(.left, .close),
  ])
  func betweenTheirLooksNothingMoved(event: Event) {
    let looks = [Step.look(.left, .established), Step.look(.left, .closeWait, by: .proc)]
    #expect(found([looks[0], Step.rung(1), looks[1]]).count == 1)
    #expect(found([looks[0], event, looks[1]]).isEmpty)
  }

  @Test func inRealTimeADifferenceMayBeTimePassing() {
    let events = [Step.look(.left, .finWait2), Step.look(.left, .timeWait, by: .proc)]
    #expect(found(events, on: .loopback).isEmpty)
  }

  @Test func betweenTwoRoundsOfLooksATimerMayHaveFired() {
    let orphan = [Step.look(.left, .finWait2), Step.look(.left, .finWait2, by: .proc)]
    let gone = [Step.look(.left, .closed), Step.look(.left, .closed, by: .proc)]
    #expect(found(orphan + gone).isEmpty)
    #expect(found(orphan + [gone[0], orphan[1]]) == [[.closed, .finWait2]])
  }

  @Test func eachIsToldOnce() {
    let looks = [Step.look(.left, .timeWait), Step.info(.left, 7)]
    #expect(found(looks + [Step.rung(1)] + looks).count == 1)
    #expect(found(looks + [Step.look(.right, .timeWait), Step.info(.right, 7)]).count == 2)
  }

  @Test func thatADescriptorIsClosedInTimeWaitIsExplained() throws {
    let known = Step.trace([Step.look(.left, .timeWait), Step.info(.left, 7)]).disagreements
    #expect(try #require(known.first).explanation?.contains("no longer refers to it") == true)
    let unknown = Step.trace([Step.look(.left, .timeWait), Step.info(.left, 1)]).disagreements
    #expect(try #require(unknown.first).explanation == nil)
  }
}
