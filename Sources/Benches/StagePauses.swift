import Linux

extension Stage {
  /// Carries what moves for so long, whether or not anybody owes an ACK.
  package func carry(for length: Duration) throws {
    let deadline = Clock.time(after: length)
    while Clock.monotonic() < deadline {
      _ = try move(until: min(deadline, Clock.time(after: WaitLimits.slice)))
    }
  }
}
