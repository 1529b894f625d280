import Benches
import Documents
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension BenchesTests {
  @Suite struct LossTests {
    @Test(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"), arguments: Ground.all)
    func aLostSegmentIsSentAgainAndArrivesOnce(ground: Ground) throws {
      let trace = try running(on: ground) { connection in
        try connection.open()
        try connection.settle()
        try connection.path.lose(.left, like: SegmentPattern(length: 100))
        try connection.call(.send(100), by: .left)
        try connection.expect(.left, SegmentPattern(length: 100))
        try connection.awaitResend(of: .left)
        try connection.expect(.left, SegmentPattern(length: 100))
        try connection.settle()
        try connection.call(.receive(nil), by: .right)
        #expect(connection.ends.right.received.count == 100)
      }
      let data = trace.segments(of: .left).filter { $0.segment.length == 100 }
      #expect(data.count == 2)
      #expect(Set(data.map(\.segment.sequence)).count == 1)
      #expect(data.map { trace.isLost(segmentAt: $0.place) } == [true, false])
      #expect(trace.end == .finished)
    }

    @Test(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"), arguments: Ground.onePerBench)
    func onlyWhatIsMeantIsLost(ground: Ground) throws {
      let trace = try running(on: ground) { connection in
        try connection.path.lose(.right, like: SegmentPattern(flags: [.syn, .ack]))
        try connection.listen()
        try connection.call(.connect, by: .left)
        try connection.expect(.left, SegmentPattern(flags: .syn))
        try connection.expect(.right, SegmentPattern(flags: [.syn, .ack]))
        try connection.awaitResend(of: .right)
        try connection.expect(.left, SegmentPattern(flags: .ack))
        try connection.settle()
      }
      let lost = trace.events.compactMap { event in
        if case .dropped(let place) = event.what { trace.events[place].segment?.flags } else { nil }
      }
      #expect(lost == [[.syn, .ack]])
      #expect(trace.states(of: .left, in: trace.events.indices).contains { $0.state == .established })
    }

    @Test(.enabled(if: !Ground.loopbacks.isEmpty, "no loopback can be set up here"))
    func onLoopbackAClosedSocketCannotLose() throws {
      let ground = try #require(Ground.loopbacks.first)
      let trace = try running(on: ground) { connection in
        try connection.open()
        try connection.call(.close, by: .right)
        try connection.path.lose(.left, like: SegmentPattern(flags: .fin))
      }
      guard case .cannotRun(let reason) = trace.end else {
        Issue.record("\(trace.end)")
        return
      }
      #expect(reason.description.contains("--on wire"))
    }
  }
}

extension BenchesTests {
  /// On loopback a filter loses segments, and all that arrive while it stands.
  @Suite(.enabled(if: !Ground.loopbacks.isEmpty, "no loopback can be set up here"))
  struct UnmeantLossTests {
    @Test func aSegmentThatIsLostByTheWayIsNamedAndDisturbsTheRun() throws {
      var variants = 0
      var first: Log?
      let trace = try running(on: try #require(Ground.loopbacks.first)) { stage in
        variants += 1
        if variants == 1 { first = stage.log }
        stage.waiting.isPatient = true
        try stage.open()
        try stage.settle()
        try stage.path.lose(.left, like: SegmentPattern(length: 100))
        try stage.call(.send(100), by: .left)
        // The kernel sends the data again before the filter is taken away.
        if variants == 1 { Clock.sleep(nanoseconds: 500_000_000) }
        try stage.expect(.left, SegmentPattern(length: 100))
        try stage.expect(.left, SegmentPattern(length: 100))
        try stage.settle()
      }
      let disturbances = try #require(first).events.filter(\.isDisturbance).map(\.what)
      #expect(!disturbances.isEmpty && disturbances.allSatisfy { $0 == .disturbance(cause: .unmeantLoss) })
      #expect(variants >= 2 && variants == trace.disturbances + 1)
      #expect(trace.end == .finished)
    }
  }
}

/// Runs this on a new bench of the ground.
func running(on ground: Ground, _ body: (Connection) throws -> Void) throws -> Trace {
  let variant = Variant(
    subject: .scenario(id: Scenario.opening.name), bench: ground.kind, family: ground.family)
  return try Runner(on: try ground.bench()).repeatedly(variant, body) {
    (Both(left: "client", right: "server"), .left)
  }
}
