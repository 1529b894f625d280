import Benches
import Documents
import Grounds
import TCP
import Testing
import Traces

extension BenchesTests {
  /// Connections that are made beside another one.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct SiblingTests {
    private func run(_ body: (Connection) throws -> Void) throws -> Trace {
      try running(on: try #require(Ground.wires.first), body)
    }

    /// Sends so many octets on a new connection.
    private func send(_ count: Int, on connection: Connection) throws {
      try connection.open()
      try connection.call(.send(count), by: .left)
      try connection.expect(.left, SegmentPattern(length: count))
      try connection.settle()
    }

    private func count(of length: Int, in trace: Trace) -> Int {
      trace.segments(of: .left).count { $0.segment.length == length }
    }

    @Test(arguments: [SiblingEvents.kept, .keptUndisturbed])
    func disturbedSiblingIsRunAgainAlone(events: SiblingEvents) throws {
      var (runs, attempts, ends) = (0, 0, 0)
      let trace = try run { connection in
        runs += 1
        (attempts, ends) = (0, 0)
        let isMeasured = try connection.sibling(events: events) { sibling in
          attempts += 1
          try send(100, on: sibling)
          if attempts == 1 { try sibling.waiting.disturbed(because: .resent) }
          ends += 1
        }
        #expect(isMeasured)
      }
      // It ends where it is given up, and leaves nothing.
      #expect(ends == 1 && attempts >= 2)
      #expect(count(of: 100, in: trace) == 1)
      #expect(runs == trace.disturbances + 1 && trace.end == .finished)
    }

    @Test func forgottenSiblingLeavesNoEvent() throws {
      let trace = try run { connection in
        try connection.sibling(events: .forgotten) { try send(77, on: $0) }
        try send(100, on: connection)
      }
      #expect(count(of: 77, in: trace) == 0)
      #expect(count(of: 100, in: trace) == 1)
    }

    @Test func siblingToTheSameListenerIsAcceptedThere() throws {
      _ = try run { connection in
        try connection.listen()
        let sibling = try connection.sibling(toSameListener: true)
        try sibling.shakeHands()
        let outcome = try connection.call(.accept, by: connection.opener.other)
        #expect(outcome == .returned(value: 0))
      }
    }

    @Test func siblingOnNewHostsHasAnotherBench() throws {
      _ = try run { connection in
        try connection.sibling(onNewHosts: true) {
          #expect($0.bench as AnyObject !== connection.bench as AnyObject)
        }
        try connection.sibling { #expect($0.bench as AnyObject === connection.bench as AnyObject) }
      }
    }

    @Test func disturbedRunEndsAtOnceAndIsRunAgain() throws {
      var (runs, ends) = (0, 0)
      let trace = try run { connection in
        runs += 1
        if runs == 1 { try connection.waiting.disturbed(because: .lookedLate(.seconds(1))) }
        ends += 1
      }
      #expect(runs >= 2 && runs == trace.disturbances + 1 && ends == 1)
    }
  }
}
