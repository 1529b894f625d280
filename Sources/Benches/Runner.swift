package import Documents
import Linux
import TCP
package import Traces

/// Runs ladders on a bench.
package struct Runner {
  let bench: any Bench
  private(set) var observers: Observers
  private let progress: (String) -> Void
  /// Is told of all that a scenario sets; see ``Connection/circumstances``.
  package var circumstances: ((Condition) -> Void)?
  /// The least number of runs before a variant is given up because the machine disturbed each of them, and the least time
  /// that they take: most disturbances are over by then.
  package static let tries = 20
  static let persistence = Duration.seconds(15)
  private let tries: Int

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
    var disturbances = 0
    let end = Clock.time(after: Self.persistence)
    while true {
      let (parties, opener) = names()
      let connection = try Connection(on: bench, observers: observers, names: parties, opener: opener)
      connection.waiting.progress = progress
      connection.circumstances = circumstances
      // The last attempt is run to its end: what it measured says more than nothing.
      let isLast = disturbances + 1 >= tries && Clock.monotonic() > end
      if case .scenario = variant.subject { connection.waiting.endsWhenDisturbed = !isLast }
      var end = Trace.End.finished
      do {
        try body(connection)
      } catch is Disturbed {
        // The stall is in the record, and makes the trace a disturbed one.
      } catch let cannotRun as CannotRun {
        end = .cannotRun(reason: cannotRun.reason)
      }
      var trace = connection.finish(variant)
      trace.end = end
      trace.disturbances = disturbances
      guard trace.isDisturbed(keepsBack: active) else { return trace }
      disturbances += 1
      trace.disturbances = disturbances
      if isLast {
        trace.end = .stalled
        return trace
      }
    }
  }
}

/// The reason why this bench cannot run something, though another may.
struct CannotRun: Error {
  var reason: Reason
}

extension Trace {
  /// Tells whether the machine, not the kernel's TCP, may have made this run what it is: it stalled, and a kernel timer
  /// expired.
  func isDisturbed(keepsBack active: Party?) -> Bool {
    guard events.contains(where: \.isDisturbance) else { return false }
    // A scenario measures what it has set up: a stall may have made something else of it.
    if case .scenario = variant.subject { return true }
    let isSilent = events.contains { if case .silence = $0.what { true } else { false } }
    return isSilent || hasUnprovokedResend || active.map(hasEarlyAck) ?? false
  }

  /// More was sent again than was lost.
  private var hasUnprovokedResend: Bool {
    let drops = events.count { if case .dropped = $0.what { true } else { false } }
    let resends = Party.allCases.reduce(0) { count, party in
      var sent: Set<SequenceNumber> = []
      return count
        + segments(of: party).count {
          $0.segment.sequenceLength > 0 && !sent.insert($0.segment.sequence).inserted
        }
    }
    return resends > drops
  }

  /// The second end to close was to do so before its ACK of this party's FIN left, and did not.
  private func hasEarlyAck(of active: Party) -> Bool {
    let fin = segments(of: active).first { $0.segment.flags.contains(.fin) }
    guard let end = fin?.segment.end else { return false }
    return segments(of: active.other).contains { $0.segment.isPureAck && $0.segment.acknowledgment == end }
  }
}
