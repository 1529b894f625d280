import Benches
import Linux
import TCP

/// A timer as the kernel armed it, in nanoseconds, within bounds: so much was left of it when it was looked at, and it
/// was not armed before a known time.
struct Arming {
  var low: Int64
  var high: Int64

  /// - Parameter since: the earliest time of the trace at which it may have been armed.
  init(_ armed: Connection.ArmedTimer, since: Int64) {
    low = Int64(armed.timer.milliseconds) * 1_000_000
    // The tables round to milliseconds, /proc/net/tcp to its ticks, and what has begun of a jiffy is not counted.
    high = low + max(0, armed.ended - since) + max(2 * System.jiffy, 10_000_000)
  }

  /// The constant that the timer was set to, as far as the bounds leave only one; else nil.
  ///
  /// - Parameter timeout: what the socket's timers are multiples of; nil where they are constants.
  func constant(of timeout: RetransmissionTimeout?) -> Int64? {
    if isLate { return nil }
    if let timeout {
      let doublings = (0..<16).filter { bounds.contains(timeout.armed << $0) }
      if doublings.count > 1 { return nil }
      if let doublings = doublings.first { return timeout.floor << doublings }
    }
    for unit in [1_000_000_000, 100_000_000, 10_000_000] as [Int64] {
      let first = (low + unit - 1) / unit * unit
      guard bounds.contains(first) else { continue }
      return bounds.contains(first + unit) ? nil : first
    }
    return (low + 5_000_000) / 10_000_000 * 10_000_000
  }

  /// Tells whether the look came so late that the timer may be a longer one, which a limit cut: that is no multiple.
  private var isLate: Bool { high - low > low / 3 + 20_000_000 }

  private var bounds: ClosedRange<Int64> { low - 1_000_000...high }
}

/// The retransmission timeout of a socket that has seen a round trip: `RTT + floor`, rounded up to a jiffy.
struct RetransmissionTimeout {
  /// The length that the kernel arms, and the smoothed round-trip time that is in it, in nanoseconds.
  var armed: Int64
  var roundTrip: Int64
  /// The length beyond the round trip; no jiffy is longer than 10 ms, and no kernel's floor finer.
  var floor: Int64 { (armed - roundTrip) / 10_000_000 * 10_000_000 }

  init?(_ info: Info?) {
    guard let timeout = info?[.rto], let roundTrip = info?[.rtt], timeout > 0 else { return nil }
    armed = Int64(timeout) * 1000
    self.roundTrip = Int64(roundTrip) * 1000
    guard floor > 0 else { return nil }
  }
}

/// A length of time without noughts: `200 ms`, `1 s`, `1.6 s`.
func length(_ nanoseconds: Int64) -> String {
  let milliseconds = nanoseconds / 1_000_000
  if milliseconds < 1000 { return "\(milliseconds) ms" }
  var digits = String(1000 + milliseconds % 1000).dropFirst()
  while digits.last == "0" { digits.removeLast() }
  return "\(milliseconds / 1000)" + (digits.isEmpty ? "" : ".\(digits)") + " s"
}
