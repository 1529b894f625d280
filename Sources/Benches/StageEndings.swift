package import Documents
package import Linux
import SystemPackage
import TCP
package import Traces

/// How programs end a connection without much ado, and what they are told of it.
extension Stage {
  /// close() of a program that does not look whether something is unread, with this linger on its socket.
  package func closeUnread(_ party: Party, linger: Linger = .off) throws {
    try close(party, linger: linger)
  }

  /// What a program that reads until it has to wait, or to the end, is told.
  package struct Reading: Equatable, Sendable {
    /// Octets that came.
    package var count: Int
    /// `end of stream`, an errno, or `nothing more yet`.
    package var ending: String
  }

  /// Reads, call by call, until the kernel has no more to give. The errno is an observation, not an error.
  package func read(by party: Party) throws -> Reading {
    try acceptIfWaiting(party)
    let end = ends[party]
    var count = 0
    while true {
      let outcome = try perform(.receive(nil), by: party) { () throws(Errno) in
        guard let part = try end.open().value.receive(upTo: 65_536) else { return .pending }
        end.received += part
        return .returned(value: part.count)
      }
      switch outcome {
      case .returned(0): return Reading(count: count, ending: "end of stream")
      case .returned(let value): count += value
      case .pending: return Reading(count: count, ending: "nothing more yet")
      case .failed(let errno): return Reading(count: count, ending: errno)
      }
    }
  }

  /// One call that reads so many octets at most.
  @discardableResult
  package func read(upTo count: Int, by party: Party) throws -> Outcome {
    try acceptIfWaiting(party)
    let end = ends[party]
    return try perform(.receive(count), by: party) { () throws(Errno) in
      guard let part = try end.open().value.receive(upTo: count) else { throw .wouldBlock }
      end.received += part
      return .returned(value: part.count)
    }
  }

  /// Waits until the party's socket is gone from the kernel's tables, but no longer than `limit` after
  /// `start`, which is a time of the trace. What moves meanwhile is carried.
  ///
  /// A machine that stops for a while makes no other end of it, unless it stops for more than `precision` in the
  /// very moment: then the play is void.
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
