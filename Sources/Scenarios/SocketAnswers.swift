import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// What a program is told by a call, in a few words that are the same each time.
extension Stage {
  /// `succeeds`, or the errno.
  func answer(_ body: () throws -> Void) throws -> String {
    try answer(giving: {
      try body()
      return "succeeds"
    })
  }

  /// What the call gives, or the errno.
  func answer(giving body: () throws -> String) throws -> String {
    do {
      return try body()
    } catch let error as Errno {
      return error.name
    }
  }

  /// What a call gives when it is made twice, for many an error is told once.
  func answers(_ body: () throws -> String) throws -> String {
    let first = try answer(giving: body)
    let second = try answer(giving: body)
    return first == second ? "\(first) each time" : "\(first), then \(second)"
  }

  /// The flags of what has left the party since this place of the record.
  func departures(of party: Party, since place: Int) -> String {
    let flags = recorder.events[place...].filter { $0.party == party }.compactMap { $0.segment?.flags }
    return flags.isEmpty ? "no segment" : flags.map(\.description).joined(separator: " and ")
  }

  /// The situation that the conditions name; nil where it cannot be made here: then these figures are undecided.
  func situation(of conditions: [Condition], measuring names: [String], needsWire: Bool = false) -> Situation?
  {
    guard let situation = conditions.situation else { return nil }
    guard bench.holdsPackets || !(needsWire || situation.needsWire) else {
      for name in names { cannotMeasure(name, because: "only a wire holds segments back; --on wire") }
      return nil
    }
    return situation
  }
}
