package import Documents
import Linux
package import TCP
import Traces

/// The kernel's timers of a party, and their ends.
extension Connection {
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

    package init(timer: KernelTimer, began: Int64, ended: Int64) {
      self.timer = timer
      self.began = began
      self.ended = ended
    }

    /// The least time that the timer has gained since an earlier look: 0 at most where it went on, but for the rounding
    /// to jiffies, and more where it was set again. However long passes between the two looks, it is the same; only
    /// the time that they take themselves is missing in it.
    package func gain(since earlier: ArmedTimer) -> Duration {
      .milliseconds(timer.milliseconds - earlier.timer.milliseconds) + .nanoseconds(began - earlier.ended)
    }

    /// The time that the look took.
    package var length: Duration { .nanoseconds(ended - began) }
  }

  /// The party's timer; nil where it has no socket or no timer.
  ///
  /// A segment that is sent again leaves before its timer is armed anew: until then the tables have a timer that is due, or
  /// none.
  package func armedTimer(of party: Party) throws -> ArmedTimer? {
    // Whoever asks the socket itself waits for the kernel's timer to be done with it.
    _ = try info(of: party)
    let deadline = Clock.time(after: .milliseconds(300))
    while true {
      let began = now
      guard let record = try record(of: party), record.state != .closed else { return nil }
      if let timer = record.timer, timer.milliseconds > 0 {
        return ArmedTimer(timer: timer, began: began, ended: now)
      }
      guard Clock.monotonic() < deadline else { return nil }
      Clock.sleep(for: .milliseconds(1))
    }
  }

  /// Carries what moves until the party sends such a segment by itself.
  ///
  /// - Parameters:
  ///   - name: what is waited for, as a person is told.
  ///   - left: how long its timer has left.
  ///   - limit: for how long to wait at most.
  /// - Returns: the place of its event, nil where the socket is gone before or nothing came; and a time of the trace at
  ///   which it had not left yet, or the socket was still there.
  package func awaitTimer(
    of party: Party, named name: String, left: Duration, limit: Duration, _ isWanted: (Segment) -> Bool
  ) throws -> (place: Int?, after: Int64) {
    let began = now
    waiting.extend(by: limit)
    var quiet = began
    var lastSeen = began
    // Silence is counted in slices: a machine that stops makes none.
    var passed = Duration.zero
    while true {
      let rest = left - .nanoseconds(now - began)
      let slice = rest > .zero ? WaitLimits.slice(left: rest) : WaitLimits.slice(ofOverdue: left)
      let deadline = Clock.time(after: slice)
      if let place = try move(until: deadline) {
        path.untaken[party].removeAll { $0 <= place }
        guard log.events[place].party == party, let segment = log.segment(at: place) else {
          continue
        }
        if isWanted(segment) { return (place, quiet) }
      } else {
        passed += slice
        quiet = deadline - log.start
        let asked = now
        guard let record = try record(of: party), record.state != .closed else { return (nil, lastSeen) }
        lastSeen = asked
      }
      if passed > limit { return (nil, lastSeen) }
      if passed > WaitLimits.unremarkable {
        let seconds = (limit - passed).components.seconds + 1
        waiting.progress("waiting for \(name) of \(names[party]), \(seconds) s at most")
      }
    }
  }

  /// Waits until the party's socket is gone from the kernel's tables, but no longer than `limit` after
  /// `start`, which is a time of the trace. What moves meanwhile is carried.
  ///
  /// A machine that stops for a while makes no other end of it, unless it stops for more than `precision` in the
  /// very moment: then the run is disturbed.
  ///
  /// - Returns: the length from `start` to where it was first not to be found; nil where it outlasts the limit.
  package func awaitEnd(
    of party: Party, since start: Int64, limit: Duration, precision: Duration, named name: String
  ) throws -> Duration? {
    let wasPatient = waiting.isPatient
    waiting.isPatient = true
    defer {
      waiting.isPatient = wasPatient
      waiting.resume()
    }
    func passed() -> Duration { .nanoseconds(now - start) }
    waiting.extend(by: limit)
    var lastSeen = passed()
    while true {
      if Signals.isPending { throw Interrupted() }
      let asked = passed()
      guard let record = try record(of: party) else {
        let found = passed()
        if found - lastSeen > precision { try waiting.disturbed(because: .lookedLate(found - lastSeen)) }
        return found
      }
      lastSeen = asked
      if asked >= limit { return nil }
      // The kernel's own timer, where it has one, knows best.
      let timer = record.timer.map { Duration.milliseconds($0.milliseconds) }
      if asked > WaitLimits.unremarkable {
        let left = timer ?? limit - asked
        let seconds = left.components.seconds + (left > .zero ? 1 : 0)
        waiting.progress(
          "waiting for \(name), \(seconds) s" + (record.timer == nil ? " at most" : " left on its timer"))
      }
      // Of a sharp end nothing is lost: it is seen as soon as the precision asks for.
      let slice = min(WaitLimits.slice(left: (timer ?? .zero) / 2), max(WaitLimits.slice, precision / 4))
      _ = try move(until: Clock.time(after: slice))
    }
  }
}
