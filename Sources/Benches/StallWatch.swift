import Linux

/// Tells when the machine, not the kernel's TCP, held a step up: by how much later than asked a wait came back, and
/// how long passed between two steps.
package struct StallWatch {
  /// Shorter than the shortest of TCP's timers that can fire because of it: the delayed ACK's 40 ms.
  package static let limit = Duration.milliseconds(30)

  /// A step that takes longer than this may add up to a timer's length with others.
  package static let slow = Duration.milliseconds(10)

  private var last: Int64
  private var ended = Duration.zero
  /// The longest step so far.
  package var longest: Duration { max(ended, pending) }

  package init() { last = Clock.monotonic() }

  /// A step is done; what it took counts.
  package mutating func beat() {
    let now = Clock.monotonic()
    pending = max(pending, .nanoseconds(now - last))
    last = now
  }

  /// A wait begins: what came before it counts, the wait itself does not.
  package mutating func willWait() { beat() }

  private var pending = Duration.zero

  /// The stall that a wait and the step before it amount to, or nil where it was none.
  package mutating func didWait(until deadline: Int64) -> Duration? {
    let now = Clock.monotonic()
    // A wait that came back too late was held up, whether or not a segment was there.
    pending = max(pending, .nanoseconds(now - deadline))
    ended = max(ended, pending)
    defer {
      last = now
      pending = .zero
    }
    return pending > Self.limit ? pending : nil
  }
}
