import Linux
package import TCP

/// How long to wait for what may not come.
package enum Patience {
  /// What a person does not want to be told of.
  package static let unremarkable: Int64 = 1_000_000_000
  package static let slice: Int64 = 10_000_000
  /// How long to wait at a time for a timer that has so much left, in nanoseconds: a look now and then is enough while it
  /// cannot be due, and each one costs. A person who interrupts is to wait for a second, ten where it takes hours.
  package static func slice(left: Int64) -> Int64 {
    max(slice, min(left, max(1_000_000_000, min(left / 50, 10_000_000_000))))
  }

  /// The same while it is due, as the timer wheel has it for an eighth of its length: as sharp as its constant needs.
  package static func slice(ofOverdue length: Int64) -> Int64 {
    max(slice, min(length / 500, 250_000_000))
  }

  /// For what the kernel sends in the same moment, with room for its next tick.
  package static let immediate: Int64 = max(5_000_000, 2 * System.jiffy)
  /// Longer than a delayed ACK after data takes (40 ms and a tick).
  package static let settling: Int64 = 60_000_000
  /// Longer than the longest delay of an ACK (TCP_DELACK_MAX, 200 ms).
  package static let delayedAck: Int64 = 300_000_000
  /// The longest retransmission timeout (TCP_RTO_MAX, 120 s).
  package static let longest: Int64 = 120_000_000_000

  /// A socket with an armed retransmission timer is waited for until that has fired, with the timer wheel's rounding
  /// (an eighth) and two tenths of a second more; any other as long as an ACK can be delayed.
  package static func nanoseconds(for record: SocketRecord?) -> Int64 {
    guard let record, record.state != .timeWait else { return immediate }
    guard let timer = record.timer, timer.kind == .retransmission || timer.kind == .zeroWindowProbe else {
      return delayedAck
    }
    return until(timer)
  }

  /// The same for the party that is not waited for: only a timer of its own makes the wait longer.
  package static func nanoseconds(forOther record: SocketRecord?) -> Int64 {
    guard let timer = record?.timer, timer.kind == .retransmission || timer.kind == .zeroWindowProbe else {
      return 0
    }
    return until(timer)
  }

  private static func until(_ timer: KernelTimer) -> Int64 {
    let left = Int64(timer.milliseconds) * 1_000_000
    return min(left + left / 8 + 200_000_000, longest)
  }
}
