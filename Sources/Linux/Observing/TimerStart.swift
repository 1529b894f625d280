package import TCP

/// The kernel armed one of TCP's timers (tracepoint `timer:timer_start`).
///
/// It names the timer, not the connection. Retransmission timer, loss probe and zero-window probe are one timer.
/// How to find the connection:
/// - the timers of a full socket lie within it: ask ``lies(inSocket:)`` of each ``StateChange/socket``;
/// - a minisocket (``TimerFunction/timeWait``, ``TimerFunction/request``) has no state change of its own: it is
///   that of the connection that this thread served at that time.
///
/// A timer that is armed again and stays in the same bucket of the timer wheel is not reported again.
package struct TimerStart: Hashable, Codable, Sendable {
  package var function: TimerFunction
  /// The kernel's address of the timer; used again at once.
  package var timer: UInt64
  /// Jiffies until it is due; one is as long as the resolution of CLOCK_MONOTONIC_COARSE.
  package var jiffies: Int64
  /// Nanoseconds of CLOCK_MONOTONIC.
  package var time: Int64
  /// The thread that ran: who called, or whoever was interrupted.
  package var tid: Int32

  package static let tracepoint = "timer:timer_start"

  /// The arming that this sample holds, or nil where it is not one of these functions.
  package init?(_ sample: Tracepoint.Sample, format: TracepointFormat, addresses: TimerAddresses) {
    let raw = sample.raw[...]
    guard let function = format.number("function", in: raw).flatMap({ addresses[$0] }),
      let timer = format.number("timer", in: raw), let expires = format.number("expires", in: raw),
      let now = format.number("now", in: raw)
    else { return nil }
    self.function = function
    self.timer = timer
    jiffies = Int64(bitPattern: expires &- now)
    time = sample.time
    tid = sample.tid
  }

  /// Tells whether this is a timer of the full socket that the kernel has at this address (``StateChange/socket``).
  package func lies(inSocket socket: UInt64) -> Bool {
    // They lie in the front part, inet_connection_sock, of some 1400 octets (on 6.18 at 448 to 1144). The whole
    // has more than 2100, and the next socket begins where it ends.
    timer >= socket && timer - socket < 2048
  }
}
