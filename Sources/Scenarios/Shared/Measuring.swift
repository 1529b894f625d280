import Benches
import Documents
import TCP
import Traces

/// Figures of several scenarios, and the places that prove them.
extension Connection {
  /// The state of the party's socket in the kernel's tables, or "nothing".
  func remains(of party: Party) throws -> Value {
    try record(of: party).map { .state($0.state) } ?? "nothing"
  }

  /// Measures the state that the kernel's tables have of the party; CLOSED where they have nothing.
  func measureState(_ figure: Figure, _ party: Party) throws {
    let record = try record(of: party)
    try look()
    measure(
      figure, .state(record?.state ?? .closed), record == nil ? "sock_diag finds no socket" : "sock_diag",
      proof: [log.lastLook(at: party)])
  }

  /// Measures the flags of this segment.
  func measureSegment(_ figure: Figure, _ place: Int?) {
    guard seesSegments else { return cannotMeasure(figure, because: .needs("segments to be seen")) }
    let flags = log.segment(at: place)?.flags
    measure(figure, flags.map(Value.segment) ?? "none", "the segment", proof: [place])
  }

  /// Measures how long a timer of the kernel's ran that was set to so many nanoseconds. The timer wheel fires none early,
  /// and as much as an eighth late: that it does so this time is no behaviour (kernel/time/timer.c).
  ///
  /// - Parameter least: for how long it ran at least, where the machine may have looked late: a look that cannot tell whether
  ///   it ran too long disturbs the run.
  func measureTimer(
    _ figure: Figure, ran: Int64, atLeast least: Int64? = nil, setTo set: Int64, roundTrips: Int64 = 0,
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
      figure, .lasted(nanoseconds: ran),
      within: isWithin
        ? .bounds(.init(.nanoseconds(set), least: 1, most: 1.127, addsRoundTrips: isFar)) : nil, source,
      proof: proof)
  }

  /// The result of a call that writes, as its program is told.
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
