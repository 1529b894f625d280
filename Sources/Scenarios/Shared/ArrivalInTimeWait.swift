import Benches
import Documents
import Linux
import TCP
import Traces

/// Segments that arrive at an end in TIME_WAIT.
extension Connection {
  /// Lets a segment arrive that was made up, and leaves what it met with.
  func measureArrival(
    _ figure: Figure, of segment: Segment, payload: [UInt8] = [], at holder: Party
  ) throws {
    let before = try agedTimer(of: holder)
    let place = log.nextPlace
    try path.forge(segment, payload: payload, from: holder.other)
    try settle()
    try look()
    let answer = log.firstSegment(of: holder, since: place)
    let flags: Value = log.segment(at: answer).map { .segment($0.flags) } ?? "no answer"
    measure(
      figure, .list([flags, .words("and \(try fate(of: holder, since: before))")]),
      "the segment that came back, and sock_diag's timer before and after",
      proof: [place, answer, log.lastLook(at: holder)])
  }

  /// The effect of a segment on TIME_WAIT.
  ///
  /// - Parameter before: a look at the timer, ``age`` or more after it was set, and before the segment arrived.
  func fate(of holder: Party, since before: ArmedTimer) throws -> Value {
    guard try record(of: holder)?.state == .timeWait, let after = try armedTimer(of: holder) else {
      return "TIME_WAIT is over"
    }
    let looks = before.length + after.length
    if looks > Self.age * 2 / 5 { try waiting.disturbed(because: .lookedLate(looks)) }
    return after.gain(since: before) > Self.age * 2 / 5 ? "TIME_WAIT restarts" : "TIME_WAIT stays"
  }

  /// The time that passes in TIME_WAIT before a segment arrives there, so that a restart of the timer shows.
  private static let age = Duration.milliseconds(100)

  /// A look at the timer of an end that has been in TIME_WAIT for some time.
  ///
  /// - Throws: ``NotMeasurable`` where it is not in TIME_WAIT, so that nothing can end it.
  func agedTimer(of holder: Party) throws -> ArmedTimer {
    try waiting.pause(Self.age)
    let state = try record(of: holder)?.state
    guard state == .timeWait else {
      throw NotMeasurable(
        reason: .other("the end that closed first is in \(state?.rawValue ?? "CLOSED"), expected TIME_WAIT"))
    }
    guard let timer = try armedTimer(of: holder) else {
      throw NotMeasurable(reason: "the socket in TIME_WAIT has no timer")
    }
    return timer
  }
}
