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
    // So that a restart of the timer shows.
    try waiting.pause(.milliseconds(100))
    let before = try record(of: holder)
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

  func fate(of holder: Party, since before: SocketRecord?) throws -> Value {
    guard let after = try record(of: holder), after.state == .timeWait else { return "TIME_WAIT is over" }
    let isLonger = (after.timer?.milliseconds ?? 0) > (before?.timer?.milliseconds ?? 0)
    return isLonger ? "TIME_WAIT restarts" : "TIME_WAIT stays"
  }
}
