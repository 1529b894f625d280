import Benches
import Documents
import TCP
import Traces

/// What several scenarios measure, and the places that prove it.
extension Connection {
  /// The event that was recorded last of a call.
  var lastPlace: Int {
    log.lastCall() ?? 0
  }

  /// The last look at the party's socket.
  func lastLook(at party: Party) -> Int? {
    log.lastLook(at: party)
  }

  /// The last RST that left the party.
  func lastReset(of party: Party) -> Int? {
    log.lastReset(of: party)
  }

  /// The first RST that left the party from this place on.
  func firstReset(of party: Party, since start: Int) -> Int? {
    log.firstReset(of: party, since: start)
  }

  /// Measures the state that the kernel's tables have of the party; CLOSED where they have nothing.
  func measureState(_ name: Figure, _ party: Party) throws {
    let record = try record(of: party)
    try look()
    measure(
      name, .state(record?.state ?? .closed), record == nil ? "sock_diag finds no socket" : "sock_diag",
      proof: [lastLook(at: party)])
  }

  /// Measures the flags of this segment.
  func measureSegment(_ name: Figure, _ place: Int?) {
    guard seesSegments else { return cannotMeasure(name, because: .needs("segments to be seen")) }
    let flags = log.segment(at: place)?.flags
    measure(name, flags.map(Value.segment) ?? "none", "the segment", proof: [place])
  }

  /// Measures how long a timer of the kernel's ran that was set to so many nanoseconds. The timer wheel fires none early,
  /// and as much as an eighth late: that it does so this time is no behaviour (kernel/time/timer.c).
  ///
  /// - Parameter least: for how long it ran at least, where the machine may have looked late: a look that cannot tell whether
  ///   it ran too long spoils the run.
  func measureTimer(
    _ name: Figure, ran: Int64, atLeast least: Int64? = nil, setTo set: Int64, roundTrips: Int64 = 0,
    isFar: Bool = false,
    _ source: String, proof: [Int?]
  ) throws {
    let longest = set + roundTrips
    let bounds = set...longest + longest * 127 / 1000
    let isWithin = bounds.contains(ran)
    if let least, ran > bounds.upperBound, least <= bounds.upperBound {
      try waiting.disturbed(because: .lookedLate(.nanoseconds(ran - least)))
    }
    measure(
      name, .lasted(nanoseconds: ran),
      within: isWithin
        ? .bounds(.init(.nanoseconds(set), least: 1, most: 1.127, addsRoundTrips: isFar)) : nil, source,
      proof: proof)
  }

  /// What a program is told by a call that writes.
  func told(_ outcome: Outcome) -> Value {
    switch outcome {
    case .failed(let errno): .errno(errno)
    case .returned(let count): .words("\(count) \(count == 1 ? "byte" : "bytes") written")
    case .pending: "would block"
    }
  }

  /// `3.05 s`.
  func seconds(_ nanoseconds: Int64) -> String {
    let hundredths = (nanoseconds + 5_000_000) / 10_000_000
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
  }
}
