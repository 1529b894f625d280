import Glibc
internal import SystemPackage

/// The machine's clocks, in nanoseconds.
package enum Clock {
  /// Nanoseconds on the clock that is never set, from a start that has no meaning of its own.
  ///
  /// The corresponding C function is `clock_gettime` with `CLOCK_MONOTONIC`.
  package static func monotonic() -> Int64 { now(CLOCK_MONOTONIC) }

  /// Nanoseconds of processor time that the calling thread has used.
  ///
  /// The corresponding C function is `clock_gettime` with `CLOCK_THREAD_CPUTIME_ID`.
  package static func ofThread() -> Int64 { now(CLOCK_THREAD_CPUTIME_ID) }

  /// The difference between ``monotonic()`` and the time of day: nanoseconds since 1970.
  ///
  /// The two clocks cannot be read at once, so the time of day is read between two readings of the other;
  /// of several such brackets the narrowest counts.
  ///
  /// The corresponding C function is `clock_gettime` with `CLOCK_REALTIME`.
  package static func realtimeOffset() -> Int64 {
    var narrowest = Int64.max
    var offset: Int64 = 0
    for _ in 0..<16 {
      let before = now(CLOCK_MONOTONIC)
      let realtime = now(CLOCK_REALTIME)
      let width = now(CLOCK_MONOTONIC) - before
      if width < narrowest {
        narrowest = width
        offset = realtime - (before + width / 2)
      }
    }
    return offset
  }

  /// Stops the calling thread for at least this long; zero and less return at once.
  ///
  /// The corresponding C function is `clock_nanosleep`.
  package static func sleep(nanoseconds: Int64) { sleep(until: monotonic() + nanoseconds) }

  /// Stops the calling thread until ``monotonic()`` has reached this value.
  ///
  /// The corresponding C function is `clock_nanosleep` with `TIMER_ABSTIME`.
  package static func sleep(until deadline: Int64) {
    // An absolute time, so that a signal can interrupt without making the sleep longer.
    var time = timespec(nanoseconds: deadline)
    while unsafe clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
  }

  /// Stops the calling thread for at least this long; zero and less return at once.
  ///
  /// The corresponding C function is `clock_nanosleep`.
  package static func sleep(for length: Duration) { sleep(until: time(after: length)) }

  /// The value that ``monotonic()`` will have after this length of time.
  package static func time(after length: Duration) -> Int64 { monotonic() + length.inNanoseconds }

  private static func now(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    // It fails for a clock that does not exist, and both have existed for as long as TCP_INFO.
    _ = unsafe clock_gettime(clock, &time)
    return time.nanoseconds
  }
}

extension Duration {
  /// The whole nanoseconds in it, as the kernel counts time.
  package var inNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}

extension timespec {
  /// Times before zero are zero: the kernel refuses them.
  init(nanoseconds: Int64) {
    let time = max(0, nanoseconds)
    self.init(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
  }

  var nanoseconds: Int64 { Int64(tv_sec) * 1_000_000_000 + Int64(tv_nsec) }
}
