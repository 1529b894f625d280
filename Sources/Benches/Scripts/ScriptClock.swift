import Documents
import Linux

/// The clock of one run of a script: when events are due, and by how much what happened deviates from that.
///
/// Times are nanoseconds on the monotonic clock.
struct ScriptClock {
  let settings: ScriptSettings
  private(set) var beginning = Clock.monotonic()
  /// The beginning and the end of the event before.
  private(set) var before: (began: Int64, ended: Int64)
  /// The time that an inbound segment had in the script: the next one that follows it is counted from there.
  private var anchor: Int64?

  /// The bounds of an event's time, and the two times that they are counted from: one decides what is too early, the
  /// other what is too late.
  struct Bounds {
    var begin: Int64
    var end: Int64
    var tolerance: Int64
    var lower: Int64
    var upper: Int64

    /// The last time that is not too late.
    var latest: Int64 { upper + end + tolerance }

    /// The distance of a time from the bounds, less than zero if it is too early.
    func deviation(of time: Int64) -> Duration {
      let (earliest, latest) = (begin - tolerance, end + tolerance)
      if time - lower < earliest { return .nanoseconds(time - lower - earliest) }
      if time - upper > latest { return .nanoseconds(time - upper - latest) }
      return .zero
    }
  }

  init(_ settings: ScriptSettings) {
    self.settings = settings
    before = (beginning, beginning)
  }

  /// Notes that an event began at the one time and ended at the other; by default now.
  mutating func happened(began: Int64, ended: Int64 = Clock.monotonic()) { before = (began, ended) }

  /// The time at which an event is due.
  mutating func due(_ time: ScriptTime, isInbound: Bool = false) -> Int64 {
    let planned: Int64 =
      switch time {
      case .absolute(let time), .absoluteRange(let time, _): beginning + time.inNanoseconds
      case .relative(let time), .relativeRange(let time, _):
        (isInbound ? anchor ?? before.ended : before.ended) + time.inNanoseconds
      case .any: Clock.monotonic()
      }
    // Segments of the peer that follow each other keep their distance, however long it takes to send one.
    anchor = isInbound ? planned : nil
    return planned
  }

  /// The bounds of the time of what the kernel sends; nil for any time.
  mutating func bounds(_ time: ScriptTime) -> Bounds? {
    anchor = nil
    switch time {
    case .any: return nil
    case .absolute(let time): return bounds(time, time, isRelative: false)
    case .relative(let time): return bounds(time, time, isRelative: true)
    case .absoluteRange(let begin, let end): return bounds(begin, end, isRelative: false)
    case .relativeRange(let begin, let end): return bounds(begin, end, isRelative: true)
    }
  }

  private func bounds(_ begin: Duration, _ end: Duration, isRelative: Bool) -> Bounds {
    let sinceBefore = isRelative ? begin : begin - .nanoseconds(before.ended - beginning)
    return Bounds(
      begin: begin.inNanoseconds, end: end.inNanoseconds, tolerance: tolerance(of: sinceBefore),
      lower: isRelative ? before.began : beginning, upper: isRelative ? before.ended : beginning)
  }

  /// The bounds of the end of a call that waits, by its place in the script.
  func bounds(ofEnd end: ScriptTime?, of call: ScriptTime, begun: Int64) -> Bounds {
    // The end is counted like the beginning: from the event before the call, or from the beginning of the script.
    let length: Duration =
      switch (end, call) {
      case (.relative(let end)?, .relative(let start)): max(.zero, end - start)
      case (.absolute(let end)?, _): end - .nanoseconds(begun - beginning)
      default: .zero
      }
    return Bounds(
      begin: length.inNanoseconds, end: length.inNanoseconds, tolerance: tolerance(of: length), lower: begun,
      upper: begun)
  }

  /// By how much something may come before or after a length of time.
  private func tolerance(of length: Duration) -> Int64 {
    let part = Duration.nanoseconds(Int64(max(0, Double(length.inNanoseconds)) * settings.tolerancePart))
    return (max(settings.tolerance, part) + settings.tickTolerance).inNanoseconds
  }
}
