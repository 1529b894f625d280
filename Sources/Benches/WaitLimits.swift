import Linux
package import TCP

/// The lengths of waits for what may not come.
package enum WaitLimits {
  /// A wait below this shows no progress.
  package static let unremarkable = Duration.seconds(1)
  package static let slice = Duration.milliseconds(10)
  /// The length of one wait for a timer that has so much left: a look now and then is enough while it cannot be due,
  /// and each one costs. A person who interrupts is to wait for a second, ten where it takes hours.
  package static func slice(left: Duration) -> Duration {
    max(slice, min(left, max(.seconds(1), min(left / 50, .seconds(10)))))
  }

  /// The same while it is due, as the timer wheel has it for an eighth of its length: as sharp as its constant needs.
  package static func slice(ofOverdue length: Duration) -> Duration {
    max(slice, min(length / 500, .milliseconds(250)))
  }

  /// Enough for what the kernel sends in the same moment, with room for its next tick.
  package static let immediate = max(Duration.milliseconds(5), .nanoseconds(2 * System.jiffy))
  /// Longer than a delayed ACK after data takes (40 ms and a tick).
  package static let settling = Duration.milliseconds(60)
  /// Longer than the longest delay of an ACK (TCP_DELACK_MAX, 200 ms).
  package static let delayedAck = Duration.milliseconds(300)
  /// The longest retransmission timeout (TCP_RTO_MAX, 120 s).
  package static let longest = Duration.seconds(120)

  /// The length from which on a party's silence means something. A socket with an armed retransmission timer is waited
  /// for until that has fired, with the timer wheel's rounding (an eighth) and two tenths of a second more; any other as
  /// long as an ACK can be delayed.
  package static func silence(of record: SocketRecord?) -> Duration {
    guard let record, record.state != .timeWait else { return immediate }
    guard let timer = record.timer, timer.kind == .retransmission || timer.kind == .zeroWindowProbe else {
      return delayedAck
    }
    return until(timer)
  }

  /// The same for the party that is not waited for: only a timer of its own makes the wait longer.
  package static func silence(ofOther record: SocketRecord?) -> Duration {
    guard let timer = record?.timer, timer.kind == .retransmission || timer.kind == .zeroWindowProbe else {
      return .zero
    }
    return until(timer)
  }

  private static func until(_ timer: KernelTimer) -> Duration {
    let left = Duration.milliseconds(timer.milliseconds)
    return min(left + left / 8 + .milliseconds(200), longest)
  }
}
