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

/// What a program is told by a call, in a few words that are the same each time.
extension Connection {
  /// `succeeds`, or the errno.
  func answer(_ body: () throws -> Void) throws -> Value {
    try answer(giving: {
      try body()
      return .succeeds
    })
  }

  /// What the call gives, or the errno.
  func answer(giving body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as Errno {
      return .errno(error.name)
    }
  }

  /// What a call gives when it is made twice, for many an error is told once.
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

  /// From here on stalls spoil nothing: states, flags and errnos tell, and not when they came. Where a kernel timer could
  /// have fired meanwhile, ``spoil(after:since:)`` says so.
  func waitPatiently() { waiting.isPatient = true }

  /// Has this connection run again where more than this length has passed since that place of the log: a
  /// timer of the kernel's may have made something else of it.
  func spoil(after limit: Duration, since place: Int) throws {
    guard let first = log.events[place...].first else { return }
    let passed = Duration.nanoseconds(log.events[log.nextPlace - 1].time - first.time)
    if passed > limit { try waiting.disturbed(because: .heldUp(passed)) }
  }

  /// The situation that the conditions name; nil where it cannot be made here: then these figures are undecided.
  func situation(of conditions: [Condition], measuring names: [Figure], needsWire: Bool = false) -> Situation?
  {
    guard let situation = conditions.situation else { return nil }
    waitPatiently()
    waiting.heedsTimers = true
    guard bench.holdsPackets || !(needsWire || situation.needsWire) else {
      for name in names {
        cannotMeasure(name, because: .needs("the wire, where segments are held back: --on wire"))
      }
      return nil
    }
    return situation
  }
}
