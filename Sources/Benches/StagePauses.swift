import Linux

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

  /// Carries what moves for so long, in nanoseconds, whether or not anybody owes an ACK.
  package func carry(nanoseconds: Int64) throws {
    let deadline = Clock.monotonic() + nanoseconds
    while Clock.monotonic() < deadline {
      _ = try move(until: min(deadline, Clock.monotonic() + Patience.slice))
    }
  }
}
