package import Documents
import Linux
import SystemPackage
package import TCP
import Traces

/// Waits for segments, and for the end of what is on its way.
extension Connection {
  /// Waits for the party's next segment that this pattern is compared with, and takes it.
  ///
  /// - Returns: the place of its event, or nil where the party stays silent for longer than its armed timer gives
  ///   it; then a silence is recorded.
  @discardableResult
  package func expect(_ party: Party, _ pattern: SegmentPattern) throws -> Int? {
    try awaitSegment(of: party, named: "\(pattern)") { pattern.isCompared(with: $0) }
  }

  /// The party's segment of this kind, where it has left already; nothing is waited for.
  package func departed(_ party: Party, _ pattern: SegmentPattern) throws -> Int? {
    while try move(until: Clock.monotonic()) != nil {
      let taken = path.take(from: party) { place in
        log.segment(at: place).map { pattern.isCompared(with: $0) } ?? false
      }
      if let taken { return taken }
    }
    return nil
  }

  /// Carries what has left by now; nothing is waited for.
  package func carryDeparted() throws { while try move(until: Clock.monotonic()) != nil {} }

  /// Waits until the party sends something again that it has sent before. The segment is not taken.
  package func awaitResend(of party: Party) throws {
    let sent = Set(log.segments(of: party, since: first).compactMap { log.segment(at: $0)?.sequence })
    let place = try awaitSegment(of: party, named: "a retransmission") {
      $0.sequenceLength > 0 && sent.contains($0.sequence)
    }
    if let place { path.untaken[party].insert(place, at: 0) }
  }

  /// Waits as ``expect(_:_:)`` does, for what no pattern can say: the party's next segment that is wanted is taken,
  /// and those before it are passed over.
  ///
  /// - Parameter name: what is waited for, as a person is told.
  @discardableResult
  package func awaitSegment(
    of party: Party, named name: String, _ isWanted: (Segment) -> Bool
  ) throws -> Int? {
    try awaitDeparture(of: party, named: name) { place in
      log.segment(at: place).map(isWanted) ?? false
    }
  }

  /// The same for what is to be told by the place of a segment's event.
  func awaitDeparture(
    of party: Party, named name: String, _ isWanted: (Int) throws -> Bool
  ) throws -> Int? {
    guard seesSegments else {
      try awaitEffect()
      return nil
    }
    var quiet = Duration.zero
    // What the other sends again may be what this one answers; after two attempts it is not.
    var attempts = 2
    // What it sends by a timer of its own instead, as the probes of a window that stays 0, could go on for minutes.
    var others = 4
    var total = Duration.zero
    var patience = try patience(with: party, orOther: true)
    while true {
      if let place = try path.take(from: party, isWanted) { return place }
      if quiet >= patience {
        // A segment leaves before its timer is armed anew: a look in between has found none.
        if others > 0, patience <= WaitLimits.delayedAck {
          let more = try self.patience(with: party, orOther: attempts > 0)
          if more > WaitLimits.delayedAck {
            patience = quiet + more
            continue
          }
        }
        let silence = others > 0 ? quiet : total
        log.record(.silence(awaited: name, nanoseconds: silence.inNanoseconds), party: party)
        return nil
      }
      if quiet > WaitLimits.unremarkable {
        let seconds = (patience - quiet).components.seconds + 1
        waiting.progress("waiting for \(name) of \(names[party]), \(seconds) s at most")
      }
      // In slices: a machine that stops for a while makes one slice long, and not the silence.
      let slice = min(patience - quiet, WaitLimits.slice)
      if let place = try move(until: Clock.time(after: slice)) {
        if log.events[place].party == party.other {
          attempts -= 1
        } else if quiet >= WaitLimits.settling {
          others -= 1
        }
        quiet = .zero
        patience = others > 0 ? try self.patience(with: party, orOther: attempts > 0) : .zero
      } else {
        quiet += slice
        total += slice
      }
    }
  }

  /// The length from which on the party's silence means something.
  private func patience(with party: Party, orOther countsOther: Bool) throws -> Duration {
    let own = WaitLimits.silence(of: try record(of: party))
    return countsOther ? max(own, WaitLimits.silence(ofOther: try record(of: party.other))) : own
  }

  /// The party's socket as the kernel's tables have it now, or nil where it is gone. Nothing is recorded.
  package func record(of party: Party) throws -> SocketRecord? {
    for case let observer as SockDiagObserver in observers.running {
      return try observerStep(observer.kind) { () throws(Errno) in try observer.find(ends[party]) }
    }
    for case let observer as ProcObserver in observers.running {
      return try observerStep(observer.kind) { () throws(Errno) in try observer.find(ends[party]) }
    }
    // "Not to be seen" must never be taken for "gone".
    throw CannotRun(reason: .needs("sock_diag or /proc/net/tcp: neither can be read here"))
  }

  /// Waits until nothing is unacknowledged at either end any more, where segments cannot be seen.
  private func awaitEffect() throws {
    let deadline = Clock.time(after: WaitLimits.delayedAck)
    while Clock.monotonic() < deadline {
      var unacknowledged = 0
      for party in Party.allCases {
        // A listener's queue is its backlog.
        if let record = try record(of: party), record.state != .listen { unacknowledged += record.sendQueue }
      }
      if unacknowledged == 0 { break }
      Clock.sleep(for: .milliseconds(1))
    }
    try look()
  }

  /// Lets everything move that is on its way, until nothing more can come before a timer fires.
  package func settle() throws {
    guard seesSegments else { return try awaitEffect() }
    try move(untilQuietFor: {
      let owed = Party.allCases.contains { log.owesAck($0, since: first) }
      return owed ? WaitLimits.settling : WaitLimits.immediate
    })
  }

  /// Lets everything move until nothing has for so long, which may change with what moves.
  ///
  /// - Parameter moved: is told the place of each segment that has left.
  func move(untilQuietFor patience: () -> Duration, moved: (Int) -> Void = { _ in }) throws {
    var quiet = Duration.zero
    while true {
      let left = patience() - quiet
      guard left > .zero else { return }
      let slice = min(left, WaitLimits.slice)
      if let place = try move(until: Clock.time(after: slice)) {
        moved(place)
        quiet = .zero
      } else {
        quiet += slice
      }
    }
  }

  /// Carries what moves for so long, whether or not anybody owes an ACK.
  package func carry(for length: Duration) throws {
    let deadline = Clock.time(after: length)
    while Clock.monotonic() < deadline {
      _ = try move(until: min(deadline, Clock.time(after: WaitLimits.slice)))
    }
  }
}
