package import Documents
import Linux
import SystemPackage
import TCP
package import Traces

/// Runs ladders on a bench.
package struct Runner {
  let bench: any Bench
  var observers: Observers
  private let progress: (String) -> Void
  /// Is told of all that a scenario sets; see ``Connection/circumstances``.
  package var circumstances: ((Condition) -> Void)?
  /// The least number of runs before a variant is given up because the machine disturbed each of them, and the least time
  /// that they take: most disturbances are over by then.
  package static let tries = 20
  package static let persistence = Duration.seconds(15)
  /// The pause behind a disturbed run, for each that was disturbed so far, and the longest one: whatever disturbs it may
  /// need the processor.
  private static let pause = (each: Duration.milliseconds(10), longest: Duration.milliseconds(200))
  /// The number of times that a run of a record is made again because a step in it was slow.
  private static let slowTries = 4
  private let tries: Int
  private var isSteady = false
  private var isInVirtualTime = false

  /// - Parameters:
  ///   - left: the observers that are left out.
  ///   - progress: is told what is waited for, where that takes longer than a person expects.
  package init(
    on bench: any Bench, without left: Set<ObserverKind> = [], tries: Int = Runner.tries,
    progress: @escaping (String) -> Void = { _ in }
  ) {
    self.bench = bench
    self.tries = tries
    self.progress = progress
    observers = Observers(on: bench, without: left)
  }

  /// The same, which does not read /proc/net/tcp where sock_diag can be asked.
  package var withoutTable: Runner {
    var runner = self
    runner.observers = observers.withoutTable
    return runner
  }

  /// The same for a record: a run in which a step was slow is made again, for its trace may not be that of every run.
  package var steady: Runner {
    var runner = self
    runner.isSteady = true
    return runner
  }

  /// The same in virtual time, where counters are the same in each run: they are read, and connections that a run leaves are
  /// ended before the next one, whose counters they would move.
  package var inVirtualTime: Runner {
    var runner = self
    runner.isInVirtualTime = true
    return runner
  }

  /// Runs a table of a page.
  ///
  /// - Throws: ``PageError`` where the ladder cannot be run at all, ``BenchError`` where the bench cannot run.
  package func run(
    _ ladder: Ladder, of page: String, reading: Plan.Reading? = nil
  ) throws -> Trace {
    let plan = try Plan(ladder, page: page, reading: reading)
    let variant = Runnable.ladder(ladder, page: page, reading: reading).variant(
      on: bench.kind, bench.family)
    return try repeatedly(variant, keepsBack: plan.closesBeforeItsAck) { connection in
      var run = PlanRun(on: connection)
      try run.run(plan)
    } names: {
      (ladder.parties, plan.opener)
    }
  }

  /// Runs it until the machine lets it through, and says how often it did not.
  ///
  /// - Parameter active: the party whose first FIN is not to be acknowledged before the other's FIN; nil for none.
  package func repeatedly(
    _ variant: Variant, keepsBack active: Party? = nil, _ body: (Connection) throws -> Void,
    names: () -> (Both<String>, Party)
  ) throws -> Trace {
    try Scheduling.first { try undisturbed(variant, keepsBack: active, body, names: names) }
  }

  private func undisturbed(
    _ variant: Variant, keepsBack active: Party?, _ body: (Connection) throws -> Void,
    names: () -> (Both<String>, Party)
  ) throws -> Trace {
    var (disturbances, slowRuns) = (0, 0)
    let end = Clock.time(after: Self.persistence)
    while true {
      let (parties, opener) = names()
      if isInVirtualTime { try bench.endEarlier() }
      try bench.settleEarlier()
      let counters = isInVirtualTime ? try bench.counters() : nil
      let connection = try Connection(on: bench, observers: observers, names: parties, opener: opener)
      connection.waiting.progress = progress
      connection.circumstances = circumstances
      // The last attempt is run to its end: what it measured says more than nothing.
      let isLast = disturbances + 1 >= tries && Clock.monotonic() > end
      if case .scenario = variant.subject { connection.waiting.endsWhenDisturbed = !isLast }
      var end = Trace.End.finished
      var failed: ObserverReport?
      do {
        try body(connection)
      } catch is Disturbed {
        // The stall is in the record, and makes the trace a disturbed one.
      } catch let cannotRun as CannotRun {
        end = .cannotRun(reason: cannotRun.reason)
      } catch let error as BenchError {
        guard let observer = error.observer else { throw error }
        failed = ObserverReport(kind: observer, reason: "failed: \(error.reason)")
        end = .cannotRun(reason: .needs("\(observer.rawValue), which failed: \(error.reason)"))
      }
      var trace = connection.finish(variant)
      trace.end = end
      if let failed { trace.observers = trace.observers.map { $0.kind == failed.kind ? failed : $0 } }
      trace.counters = connection.log.wasRunInPart ? nil : try bench.movedCounters(since: counters)
      trace.disturbances = disturbances
      trace.wasSlow = connection.log.wasSlow ? true : nil
      guard trace.isDisturbed(keepsBack: active) else {
        guard isSteady, slowRuns < Self.slowTries, trace.isSlowAndShort else { return trace }
        slowRuns += 1
        continue
      }
      disturbances += 1
      trace.disturbances = disturbances
      if isLast {
        trace.end = .stalled
        return trace
      }
      Clock.sleep(for: min(Self.pause.each * disturbances, Self.pause.longest))
    }
  }
}

/// The reason why this bench cannot run something, though another may.
struct CannotRun: Error {
  var reason: Reason
}

extension Bench {
  /// The counters of each host; nil where the hosts are not the bench's own, so that others move them, too.
  fileprivate func counters() throws(BenchError) -> Both<CounterReading>? {
    guard holdsPackets else { return nil }
    return try benchStep("read the counters of TCP") {
      Both(
        left: try enter(.left) { try CounterReading.now() },
        right: try enter(.right) { try CounterReading.now() })
    }
  }

  /// Ends the connections that earlier runs have left, where the kernel can.
  ///
  /// - Parameter end: ends those of the calling thread's namespace.
  func endEarlier(
    by end: (Family) throws(Errno) -> Void = { family throws(Errno) in
      try SocketDiagnosis.open().endConnections(family)
    }
  ) throws(BenchError) {
    guard holdsPackets, isPrivate else { return }
    for party in Party.allCases {
      try benchStep("end the connections of earlier runs") {
        try enter(party) {
          do throws(Errno) {
            try end(family)
          } catch .notSupported {
            // A kernel without CONFIG_INET_DIAG_DESTROY.
          } catch  where SocketDiagnosis.availability() != nil {
            // Nor one without sock_diag or tcp_diag.
          }
        }
      }
    }
  }

  /// Carries the late segments of earlier connections: they would move the counters of the next one.
  fileprivate func settleEarlier() throws(BenchError) {
    guard holdsPackets else { return }
    try benchStep("carry the segments of earlier connections") {
      for _ in 0..<10_000 {
        guard let departure = try departure(until: 0) else { return }
        try deliver(departure)
      }
    }
  }

  fileprivate func movedCounters(since before: Both<CounterReading>?) throws(BenchError) -> Both<
    [String: Int]
  >? {
    guard let before, let now = try counters() else { return nil }
    return Both(left: now.left.moved(since: before.left), right: now.right.moved(since: before.right))
  }
}

extension Trace {
  /// Tells whether the machine, not the kernel's TCP, may have made this run what it is: it stalled, and a kernel timer
  /// expired.
  package func isDisturbed(keepsBack active: Party?) -> Bool {
    guard events.contains(where: \.isDisturbance) else { return false }
    // A scenario measures what it has set up: a stall may have made something else of it.
    if case .scenario = variant.subject { return true }
    let isSilent = events.contains { if case .silence = $0.what { true } else { false } }
    return isSilent || hasUnprovokedResend || hasResendBehindLastStall || active.map(hasEarlyAck) ?? false
  }

  /// Tells that a step was slow in a run of less than a second: another try may be without.
  fileprivate var isSlowAndShort: Bool { wasSlow == true && (events.last?.time ?? 0) < 1_000_000_000 }

  /// The machine stalled in the last step, and something was sent again behind it: without the stall the run had ended.
  private var hasResendBehindLastStall: Bool {
    guard let stall = events.lastIndex(where: \.isDisturbance),
      !events[stall...].contains(where: { if case .rung = $0.what { true } else { false } })
    else { return false }
    return resends.contains { $0.first < stall && stall < $0.again }
  }

  /// More was sent again than was lost.
  private var hasUnprovokedResend: Bool {
    let drops = events.count { if case .dropped = $0.what { true } else { false } }
    return resends.count > drops
  }

  /// The places of segments that were sent before, each with that of the first of the same number.
  private var resends: [(first: Int, again: Int)] {
    Party.allCases.flatMap { party in
      var firsts: [SequenceNumber: Int] = [:]
      return segments(of: party).compactMap { place, segment -> (first: Int, again: Int)? in
        guard segment.sequenceLength > 0 else { return nil }
        guard let first = firsts[segment.sequence] else {
          firsts[segment.sequence] = place
          return nil
        }
        return (first, place)
      }
    }
  }

  /// The second end to close was to do so before its ACK of this party's FIN left, and did not.
  private func hasEarlyAck(of active: Party) -> Bool {
    let fin = segments(of: active).first { $0.segment.flags.contains(.fin) }
    guard let end = fin?.segment.end else { return false }
    return segments(of: active.other).contains { $0.segment.isPureAck && $0.segment.acknowledgment == end }
  }
}
