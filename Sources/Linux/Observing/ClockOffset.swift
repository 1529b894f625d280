import Glibc

/// How far one clock stands behind another.
enum ClockOffset {
  /// Nanoseconds to add to a time of CLOCK_REALTIME so that it is one of CLOCK_MONOTONIC.
  ///
  /// Two clocks cannot be read at once: of several readings between two of the other clock the one that took
  /// least is believed. It holds until somebody sets the clock; slewing moves both.
  ///
  /// The corresponding C function is `clock_gettime`.
  static func realtimeToMonotonic() -> Int64 {
    var best: (width: Int64, offset: Int64) = (.max, 0)
    for _ in 0..<16 {
      let before = nanoseconds(CLOCK_MONOTONIC)
      let real = nanoseconds(CLOCK_REALTIME)
      let after = nanoseconds(CLOCK_MONOTONIC)
      if after - before < best.width { best = (after - before, before + (after - before) / 2 - real) }
    }
    return best.offset
  }

  private static func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    // Both clocks are always there, and the pointer is good.
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
