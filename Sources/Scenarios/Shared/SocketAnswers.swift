import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Value {
  /// The answer of a call that does what it is asked for.
  static let succeeds: Value = "succeeds"
}

/// The results of calls as values of figures.
extension Connection {
  /// `succeeds`, or the errno.
  func answer(_ body: () throws -> Void) throws -> Value {
    try answer(giving: {
      try body()
      return .succeeds
    })
  }

  /// Gives the run up where the kernel does not let the opener use TCP_REPAIR.
  func needRepair() throws {
    let repair = try answer { try bench.enter(opener) { try Socket.tcp(bench.family).fallSilent() } }
    guard repair == .succeeds else { throw NotMeasurable(reason: .needs("TCP_REPAIR: \(repair)")) }
  }

  /// The result of the call, or its errno.
  func answer(giving body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as Errno {
      return .errno(error.name)
    }
  }

  /// The results of two calls in a row: many errors are returned only once.
  func answers(_ body: () throws -> Value) throws -> Value {
    .steps([try answer(giving: body), try answer(giving: body)])
  }

  /// The flags of what has left the party since this place of the record and had not left before: what a timer sends
  /// again, where the machine is slow, is no answer.
  func departures(of party: Party, since place: Int) -> Value {
    var seen: Set<String> = []
    var flags: [Flags] = []
    for (index, event) in log.events.enumerated() where event.party == party {
      guard let segment = event.segment, seen.insert(segment.description).inserted else { continue }
      if index >= place { flags.append(segment.flags) }
    }
    switch flags.count {
    case 0: return "no segment"
    case 1: return .segment(flags[0])
    default: return .words(flags.map(\.description).joined(separator: " and "))
    }
  }

  /// Gives the run up where more than this length has passed since that place of the log: a
  /// timer of the kernel's may have made something else of it.
  func giveUp(after limit: Duration, since place: Int) throws {
    guard let first = log.events[place...].first else { return }
    let passed = Duration.nanoseconds(log.events[log.nextPlace - 1].time - first.time)
    if passed > limit { try waiting.disturbed(because: .heldUp(passed)) }
  }

  /// The same since that time of the trace.
  func giveUp(after limit: Duration, sinceTime start: Int64) throws {
    let passed = Duration.nanoseconds(now - start)
    if passed > limit { try waiting.disturbed(because: .heldUp(passed)) }
  }

  /// The situation that the conditions name; nil where they name none.
  ///
  /// - Throws: ``NotMeasurable`` where it needs the wire.
  func situation(of conditions: [Condition]) throws -> Situation? {
    guard let situation = conditions.situation else { return nil }
    waiting.isPatient = true
    waiting.heedsTimers = true
    guard bench.holdsPackets || !situation.needsWire else {
      throw NotMeasurable(reason: Declaration.Need.wire.reason)
    }
    return situation
  }
}
