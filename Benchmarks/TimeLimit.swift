import Linux

/// The time that one benchmark takes at most, from its beginning.
struct TimeLimit {
  static let seconds: Int64 = 60
  private let began = Clock.monotonic()

  /// The end of it, on the monotonic clock in nanoseconds.
  var deadline: Int64 { began + Self.seconds * 1_000_000_000 }
  /// The end of the time in which what is to be measured may be made; the rest is for measuring it.
  var preparation: Int64 { began + Self.seconds / 2 * 1_000_000_000 }
  /// The time that is over, in nanoseconds.
  var elapsed: Int64 { Clock.monotonic() - began }

  /// Tells whether something that takes this long, in nanoseconds, would end in time.
  func allows(_ time: Int64) -> Bool { Clock.monotonic() + time < deadline }
}

/// The reason why something could not be measured.
struct NotMeasured: Error, CustomStringConvertible { var description: String }
