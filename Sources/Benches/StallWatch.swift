import Linux

/// Tells when the machine, not the kernel's TCP, held a step up: by how much later than asked a wait came back, and
/// how long passed between two steps.
package struct StallWatch {
  /// Shorter than the shortest of TCP's timers that can fire because of it: the delayed ACK's 40 ms.
  package static let limit: Int64 = 30_000_000

  private var last: Int64

  package init() { last = Clock.monotonic() }

  package mutating func beat() { last = Clock.monotonic() }

  /// Takes the time since the last step.
  package mutating func willWait() { pending = max(pending, Clock.monotonic() - last) }

  private var pending: Int64 = 0

  /// The stall that a wait and the step before it amount to, in nanoseconds, or nil where it was none.
  package mutating func didWait(until deadline: Int64, inVain: Bool) -> Int64? {
    let now = Clock.monotonic()
    if inVain { pending = max(pending, now - deadline) }
    defer {
      last = now
      pending = 0
    }
    return pending > Self.limit ? pending : nil
  }
}
