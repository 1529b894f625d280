import Benches
import Documents
import Grounds
import Linux
import Synchronization
import TCP
import Testing
import Traces

extension BenchesTests {
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct ObserverTests {
    @Test(arguments: Ground.all) func everyObserverReportsSomethingOrSaysWhyNot(ground: Ground) throws {
      let trace = try running(on: ground, openAndClose)
      // Only the wire's own packets can be told from others' where the kernel drops them.
      #expect(
        trace.observers.map(\.kind)
          == ObserverKind.allCases.filter { $0 != .reasonTracepoint || ground.kind == .wire })
      for report in trace.observers {
        guard report.ran else {
          #expect(report.reason?.isEmpty == false)
          #expect(report.reason?.contains("\n") == false)
          if report.replacedBy == nil {
            print("\(report.kind.rawValue) does not run: \(report.reason ?? "")")
          }
          continue
        }
        // A connection of which no segment is refused has no reasons.
        #expect(
          trace.events.contains { $0.observer == report.kind } || report.kind == .reasonTracepoint,
          "\(report.kind)")
        #expect(report.lost == 0)
      }
      // One of the two sees segments, never both.
      #expect(trace.observers.filter { [.wire, .capture].contains($0.kind) && $0.ran }.count == 1)
    }

    @Test(arguments: Ground.all) func whatHappenedStandsInTheOrderOfTime(ground: Ground) throws {
      let trace = try running(on: ground, openAndClose)
      let times = trace.events.map(\.time)
      #expect(times == times.sorted())
      #expect(times.first ?? -1 >= 0)
      // Whatever clock an event's time comes from, no answer is older than its cause.
      var fins: [Int] = []
      for (place, event) in trace.events.enumerated() where event.segment?.flags.contains(.fin) ?? false {
        fins.append(place)
      }
      let closes = trace.events.indices.filter {
        if case .call(.close, _, _) = trace.events[$0].what { true } else { false }
      }
      #expect(fins.count == 2 && closes.count == 2)
      for (close, fin) in zip(closes, fins) { #expect(close < fin) }
    }

    @Test(arguments: Ground.all) func theTracepointSeesBothEndsGoFromStateToState(ground: Ground) throws {
      let trace = try running(on: ground, openAndClose)
      guard trace.observers.contains(where: { $0.kind == .stateTracepoint && $0.ran }) else {
        return print("skipped: the state tracepoint does not run here")
      }
      func transitions(_ party: Party) -> [State] {
        trace.events.filter { $0.party == party }.compactMap {
          if case .transition(_, let to) = $0.what { to } else { nil }
        }
      }
      #expect(transitions(.left) == [.synSent, .established, .finWait1, .finWait2, .closed])
      #expect(transitions(.right).suffix(4) == [.established, .closeWait, .lastAck, .closed])
    }

    @Test(arguments: Ground.all) func twoProbesAtATimeAreToldApart(ground: Ground) throws {
      func transitions(_ trace: Trace) -> Int {
        trace.events.count { if case .transition = $0.what { true } else { false } }
      }
      let alone = transitions(try running(on: ground, openAndClose))
      let others = Atomic(0)
      let isDone = Atomic(false)
      var beside: Result<Trace, any Error>?
      Linux.Thread.sideBySide(2) { _ in
        while !isDone.load(ordering: .relaxed), (try? running(on: ground, openAndClose)) != nil {
          others.add(1, ordering: .relaxed)
        }
      } meanwhile: {
        beside = Result {
          // Two runs of the other probe end within this one.
          let before = others.load(ordering: .relaxed)
          return try running(on: ground) { connection in
            try openAndClose(connection)
            while others.load(ordering: .relaxed) < before + 2 { try connection.carry(for: .milliseconds(5)) }
          }
        }
        isDone.store(true, ordering: .relaxed)
      }
      let trace = try #require(try beside?.get())
      #expect(trace.end == .finished)
      #expect(transitions(trace) == alone)
    }

    @Test(arguments: Ground.all) func theTablesAgreeWhenNothingMoves(ground: Ground) throws {
      let trace = try running(on: ground) { connection in
        try connection.open()
        try connection.settle()
        try connection.look()
      }
      for party in Party.allCases {
        let last = ObserverKind.allCases.compactMap { kind in
          trace.events.last { $0.party == party && $0.observer == kind }
        }
        let states = last.compactMap { event -> State? in
          switch event.what {
          case .sighting(let record): record?.state
          case .info(let info): info.state
          case .transition(_, let to): to
          default: nil
          }
        }
        #expect(states.count >= 3)
        #expect(Set(states) == [.established])
      }
      #expect(trace.disagreements.isEmpty)
    }
  }
}

/// An ordinary connection from its first segment to its last.
func openAndClose(_ connection: Connection) throws {
  try connection.open()
  try connection.settle()
  try connection.call(.close, by: .left)
  try connection.expect(.left, SegmentPattern(flags: .fin))
  try connection.expect(.right, SegmentPattern(flags: .ack))
  try connection.call(.close, by: .right)
  try connection.expect(.right, SegmentPattern(flags: .fin))
  try connection.settle()
  try connection.look()
}
