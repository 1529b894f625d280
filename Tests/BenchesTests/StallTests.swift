import Benches
import Documents
import Grounds
import Linux
import TCP
import Testing
import Traces

extension BenchesTests {
  @Suite struct StallTests {
    @Test func aStepThatTookTooLongIsAStall() {
      var watch = StallWatch()
      Clock.sleep(for: StallWatch.limit * 2)
      watch.willWait()
      #expect(watch.didWait(until: Clock.monotonic()) ?? .zero >= StallWatch.limit * 2)
      // It is told once.
      watch.willWait()
      #expect(watch.didWait(until: Clock.monotonic() + 1) ?? .zero < StallWatch.limit * 2)
    }

    @Test func aWaitThatWasAskedForIsNone() {
      var watch = StallWatch()
      watch.willWait()
      let deadline = Clock.time(after: StallWatch.limit * 3)
      Clock.sleep(until: deadline)
      #expect(watch.didWait(until: deadline) ?? .zero < StallWatch.limit * 3)
    }

    @Test func aWaitThatCameBackLateIsOne() {
      var watch = StallWatch()
      watch.willWait()
      let deadline = Clock.time(after: StallWatch.limit * -2)
      #expect(watch.didWait(until: deadline) ?? .zero >= StallWatch.limit * 2)
    }

    @Test func patienceLastsLongerThanTheTimerThatIsArmed() throws {
      let address = Endpoint(.loopback(.ipv4), 1)
      func record(_ timer: KernelTimer?, _ state: State = .established) -> SocketRecord {
        SocketRecord(tuple: FourTuple(local: address, remote: address), state: state, timer: timer)
      }
      for milliseconds in [0, 1, 200, 1000, 64_000] {
        let timer = KernelTimer(kind: .retransmission, milliseconds: milliseconds, retries: 0)
        // The timer wheel may fire an eighth late.
        #expect(WaitLimits.silence(of: record(timer)) > .milliseconds(milliseconds) * 9 / 8)
      }
      let endless = KernelTimer(kind: .retransmission, milliseconds: 4_000_000_000, retries: 0)
      #expect(WaitLimits.silence(of: record(endless)) == WaitLimits.longest)
      let keepalive = KernelTimer(kind: .keepalive, milliseconds: 7_200_000, retries: 0)
      #expect(WaitLimits.silence(of: record(keepalive)) == WaitLimits.delayedAck)
      #expect(WaitLimits.silence(of: record(nil)) == WaitLimits.delayedAck)
      #expect(WaitLimits.silence(of: nil) == WaitLimits.immediate)
    }
  }

  /// The machine stops while a segment is on its way: the kernel sends it again, and that is not TCP's doing.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct DisturbedRunTests {
    /// Stalls for longer than a retransmission takes to leave, in the first `stalls` runs.
    private func run(stalling stalls: Int) throws -> (trace: Trace, variants: Int) {
      var variants = 0
      let trace = try running(on: try #require(Ground.wires.first)) { connection in
        variants += 1
        try connection.open()
        try connection.settle()
        try connection.call(.send(100), by: .left)
        if variants <= stalls { Clock.sleep(nanoseconds: 400_000_000) }
        try connection.expect(.left, SegmentPattern(length: 100))
        try connection.settle()
      }
      return (trace, variants)
    }

    @Test func aRunThatTheMachineDisturbedIsRunAgain() throws {
      let (trace, variants) = try run(stalling: 1)
      #expect(variants == trace.disturbances + 1)
      #expect(trace.disturbances >= 1)
      #expect(trace.end == .finished)
      #expect(trace.segments(of: .left).filter { $0.segment.length == 100 }.count == 1)
    }

    @Test func afterFiveSuchRunsNothingIsSaid() throws {
      let (trace, variants) = try run(stalling: .max)
      #expect(variants >= Runner.tries && trace.disturbances == variants)
      #expect(trace.end == .stalled)
    }

    /// A scenario measures what it has set up, and a stall may have made something else of it.
    @Test func aScenarioThatStalledIsRunAgainThoughNothingShows() throws {
      var variants = 0
      let trace = try running(on: try #require(Ground.wires.first)) { connection in
        variants += 1
        try connection.open()
        try connection.settle()
        if variants == 1 { Clock.sleep(nanoseconds: 400_000_000) }
        try connection.call(.send(100), by: .left)
        try connection.expect(.left, SegmentPattern(length: 100))
        try connection.settle()
      }
      #expect(variants == trace.disturbances + 1 && trace.disturbances >= 1)
      #expect(trace.end == .finished)
    }

    @Test func aRunThatIsDisturbedEndsAtOnce() throws {
      var (variants, ends) = (0, 0)
      let trace = try running(on: try #require(Ground.wires.first)) { connection in
        variants += 1
        try connection.open()
        if variants == 1 { Clock.sleep(nanoseconds: 400_000_000) }
        try connection.settle()
        ends += 1
      }
      #expect(variants >= 2 && variants == trace.disturbances + 1)
      #expect(ends == 1)
    }

    /// States and flags do not hang on time, unless a timer of the kernel's fires.
    @Test(arguments: [true, false])
    func aTimerThatFiredDisturbsWhatIsPatient(heedsTimers: Bool) throws {
      var attempts = 0
      let trace = try running(on: try #require(Ground.wires.first)) { connection in
        connection.waiting.isPatient = true
        connection.waiting.heedsTimers = heedsTimers
        attempts = 0
        try connection.sibling { connection in
          attempts += 1
          try connection.open()
          try connection.settle()
          try connection.call(.send(100), by: .left)
          if attempts == 1 { Clock.sleep(nanoseconds: 500_000_000) }
          try connection.expect(.left, SegmentPattern(length: 100))
          try connection.settle()
        }
      }
      let sent = trace.segments(of: .left).count { $0.segment.length == 100 }
      if heedsTimers {
        #expect(attempts >= 2 && sent == 1)
      } else {
        #expect(attempts == 1 && sent >= 2)
      }
    }

    @Test func aProbeIsKnownForATimers() throws {
      _ = try running(on: try #require(Ground.wires.first)) { connection in
        connection.waiting.isPatient = true
        try connection.open()
        try connection.setOption(of: .left) { socket in
          try socket.set(.keepAlive, to: true)
          try socket.set(.keepIdle, to: 1)
        }
        try connection.settle()
        let began = Clock.monotonic()
        while !connection.hasTimerSent(for: .left), Clock.monotonic() < began + 10_000_000_000 {
          try connection.carry(for: .milliseconds(50))
        }
        // A connection cannot be shown by the library for tests, and would end all of them.
        let hasSent = Party.allCases.filter { connection.hasTimerSent(for: $0) }
        #expect(hasSent == [.left])
      }
    }
  }
}
