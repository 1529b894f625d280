package import Documents
import Linux
import TCP
import Traces

/// Waits that are part of what is played.
extension Stage {
  /// Lets so much time pass, in nanoseconds, while nothing is under way. A machine that stops meanwhile makes it longer
  /// and spoils nothing.
  package func pause(nanoseconds: Int64) throws {
    let deadline = Clock.monotonic() + nanoseconds
    defer { stalls = StallWatch() }
    while Clock.monotonic() < deadline {
      if Signals.isPending { throw Interrupted() }
      Clock.sleep(until: min(deadline, Clock.monotonic() + 200_000_000))
    }
  }

  /// When a socket went: it was there at the one time and no longer at the other, in nanoseconds since the play began.
  package struct Departing {
    package var lastSeen: Int64
    package var firstMissed: Int64
  }

  /// Waits until the kernel itself has let go of this party's socket.
  ///
  /// The kernel's own timer says how long; near its end, and behind it, one looks every 20 ms. A machine that stops
  /// for a while spoils nothing but the figure's sharpness, which the two times tell.
  ///
  /// - Parameter limit: nanoseconds.
  /// - Returns: nil where the socket is still there at the limit.
  package func awaitDeparture(of party: Party, within limit: Int64) throws -> Departing? {
    let began = Clock.monotonic()
    var lastSeen = began - recorder.start
    // What passes here is the wait itself, and no stall.
    defer { stalls = StallWatch() }
    while true {
      if Signals.isPending { throw Interrupted() }
      let asked = Clock.monotonic() - recorder.start
      guard let record = try record(of: party) else {
        return Departing(lastSeen: lastSeen, firstMissed: Clock.monotonic() - recorder.start)
      }
      lastSeen = asked
      guard Clock.monotonic() - began < limit else { return nil }
      let left = record.timer?.milliseconds ?? 0
      progress(
        left > 0
          ? "\(record.state.rawValue): \((left + 999) / 1000) s left"
          : "\(record.state.rawValue): its time is over, the timer wheel's next turn is not")
      Clock.sleep(nanoseconds: left > 1000 ? 200_000_000 : 20_000_000)
    }
  }
}
