import Documents
import Kinds
import Reports
import TCP
import Testing
import Traces

/// The names of timers in drawings.
@Suite(.tags(.pure)) struct ExpiredTimerTests {
  /// The client's data is lost, and the timer that sock_diag shows then sends it again.
  private static func loss(_ timer: KernelTimer?, retries: Int, after milliseconds: Int64) -> TraceWriter {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.rung(0)
    writer.segment([.psh, .ack], seq: 1, ack: 1, length: 100, from: .left, lost: true)
    writer.look(.left, .established, timer: timer)
    writer.segment(
      [.psh, .ack], seq: 1, ack: 1, length: 100, from: .left, after: milliseconds * 1_000)
    writer.look(
      .left, .established,
      timer: timer.map { KernelTimer(kind: $0.kind, milliseconds: 400, retries: retries) })
    return writer
  }

  private func drawing(_ writer: TraceWriter, times: Bool = false) -> String {
    var style = Style()
    style.showsTimes = times
    return Samples.assessment([writer.trace]).rendered(as: .terminal, style: style)
  }

  @Test(arguments: [
    (KernelTimer.Kind.retransmission, 1, "retransmission timer"), (.retransmission, 0, "loss probe timer"),
    (.zeroWindowProbe, 0, "zero-window probe timer"), (.keepalive, 0, "keepalive timer"),
  ])
  func aWaitHasTheNameOfTheTimerThatEndedIt(kind: KernelTimer.Kind, retries: Int, name: String) {
    let timer = KernelTimer(kind: kind, milliseconds: 200, retries: 0)
    let report = drawing(Self.loss(timer, retries: retries, after: 204))
    #expect(report.contains(" 204 ms later: \(name) "), "\(report)")
  }

  /// A loss probe may carry a FIN, and never a SYN.
  @Test(arguments: [(Flags([.fin, .ack]), "loss probe timer"), (.syn, "retransmission timer")])
  func aProbeMayBeAFINAndNoSYN(flags: Flags, name: String) {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    let timer = KernelTimer(kind: .retransmission, milliseconds: 200, retries: 0)
    writer.look(.left, flags == .syn ? .synSent : .finWait1)
    writer.rung(0)
    writer.segment(flags, seq: 1, ack: 1, from: .left, lost: true)
    writer.look(.left, flags == .syn ? .synSent : .finWait1, timer: timer)
    writer.segment(flags, seq: 1, ack: 1, from: .left, after: 204_000)
    writer.look(.left, flags == .syn ? .synSent : .finWait1, timer: timer)
    #expect(drawing(writer).contains(" 204 ms later: \(name) "), "\(drawing(writer))")
  }

  @Test func aTimerThatWasNotDueEndedNoWait() {
    let timer = KernelTimer(kind: .retransmission, milliseconds: 900, retries: 0)
    let report = drawing(Self.loss(timer, retries: 0, after: 204))
    #expect(report.contains(" 204 ms later "), "\(report)")
  }

  @Test func aShortWaitIsToldOnlyWhereATimerMadeIt() {
    let timer = KernelTimer(kind: .retransmission, milliseconds: 48, retries: 0)
    #expect(
      drawing(Self.loss(timer, retries: 1, after: 50)).contains(" 50.0 ms later: retransmission timer "))
    #expect(!drawing(Self.loss(nil, retries: 1, after: 50)).contains("later"))
  }

  @Test func aDelayedAckHasItsTimersName() {
    var writer = Self.loss(nil, retries: 0, after: 1)
    writer.add(
      .timer(name: TimerFunction.delayedAck.rawValue, nanoseconds: 40_000_000), .right, .timerTracepoint)
    writer.segment(.ack, seq: 1, ack: 101, from: .right, after: 41_000)
    #expect(drawing(writer).contains(" later: delayed ACK timer "), "\(drawing(writer))")
  }

  @Test func theEndOfTimeWaitHasItsTimersName() {
    var writer = TraceWriter(Samples.ladderVariant("page.md", table: 1))
    writer.look(.left, .finWait2)
    writer.look(.right, .closeWait)
    writer.rung(0)
    writer.segment([.fin, .ack], seq: 1, ack: 2, from: .right, sender: .lastAck)
    writer.look(.left, .timeWait, timer: KernelTimer(kind: .timeWait, milliseconds: 60_000, retries: 0))
    writer.add(.sighting(record: nil), .left, .sockDiag, after: 60_200_000)
    #expect(drawing(writer).contains(" 60.2 s later: TIME_WAIT timer "), "\(drawing(writer))")
  }

  /// Time between two steps is that of the probe.
  @Test func stepsHaveNumbersAndTimesOnlyOnRequest() {
    let writer = Self.loss(nil, retries: 0, after: 50)
    #expect(drawing(writer).contains("\n 2 ") && !drawing(writer).contains(" ms"), "\(drawing(writer))")
    #expect(drawing(writer, times: true).contains("\n50.0 ms "), "\(drawing(writer, times: true))")
  }
}
