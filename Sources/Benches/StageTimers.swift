package import Documents
import Linux
package import TCP
import Traces

/// What the kernel has armed for a party, and what the party does when that is due.
extension Stage {
  /// Now, as a time of the trace.
  package var now: Int64 { log.now }

  /// TCP_INFO of the party's socket; nil where no descriptor has it.
  package func info(of party: Party) throws -> Info? {
    guard let socket = ends[party].socket else { return nil }
    return try benchStep("ask for TCP_INFO of \(names[party])") {
      try readInfo(ofDescriptor: socket.value.rawValue)
    }
  }

  /// Tells whether a timer of the kernel's has sent something for this party.
  package func hasTimerSent(for party: Party) -> Bool { log.hasTimerSent(for: party, since: first) }

  /// A timer as the kernel's tables have it, and when they were asked.
  package struct ArmedTimer: Sendable {
    package var timer: KernelTimer
    /// Between these two times of the trace.
    package var began: Int64
    package var ended: Int64
  }

  /// The party's timer; nil where it has no socket or no timer.
  ///
  /// What it sends again leaves before its timer is armed anew: until then the tables have one that is due, or none.
  package func armedTimer(of party: Party) throws -> ArmedTimer? {
    // Whoever asks the socket itself waits for the kernel's timer to be done with it.
    _ = try info(of: party)
    let deadline = now + 300_000_000
    while true {
      let began = now
      guard let record = try record(of: party), record.state != .closed else { return nil }
      if let timer = record.timer, timer.milliseconds > 0 {
        return ArmedTimer(timer: timer, began: began, ended: now)
      }
      guard began < deadline else { return nil }
      Clock.sleep(nanoseconds: 1_000_000)
    }
  }

  /// Carries what moves until the party sends such a segment by itself.
  ///
  /// - Parameters:
  ///   - name: what is waited for, as a person is told.
  ///   - left: in how many nanoseconds its timer is due.
  ///   - limit: for how many nanoseconds.
  /// - Returns: the place of its event, nil where the socket is gone before or nothing came; and a time of the trace at
  ///   which it had not left yet, or the socket was still there.
  package func awaitTimer(
    of party: Party, named name: String, left: Int64, limit: Int64, _ isWanted: (Segment) -> Bool
  ) throws -> (place: Int?, after: Int64) {
    let began = now
    mayLast(limit)
    var quiet = began
    var lastSeen = began
    while true {
      let rest = began + left - now
      let slice = rest > 0 ? Patience.slice(left: rest) : Patience.slice(ofOverdue: left)
      let deadline = Clock.monotonic() + slice
      if let place = try move(until: deadline) {
        untaken[party].removeAll { $0 <= place }
        guard log.events[place].party == party, let segment = log.segment(at: place) else {
          continue
        }
        if isWanted(segment) { return (place, quiet) }
      } else {
        quiet = deadline - log.start
        let asked = now
        guard let record = try record(of: party), record.state != .closed else { return (nil, lastSeen) }
        lastSeen = asked
      }
      let passed = now - began
      if passed > limit { return (nil, lastSeen) }
      if passed > Patience.unremarkable {
        progress("waiting for \(name) of \(names[party]), \((limit - passed) / 1_000_000_000 + 1) s at most")
      }
    }
  }
}
