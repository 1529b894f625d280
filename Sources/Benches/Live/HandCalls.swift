package import Documents
import Linux
import SystemPackage
package import TCP
import Traces

/// Calls, timers and what comes from outside, by hand.
extension Hand {
  /// Makes the call as the program of this party would, whatever the kernel says to it.
  func make(_ call: Call, by party: Party) throws -> Outcome {
    let end = connection.ends[party]
    switch call {
    case .connect: return try connect(party)
    case .receive(let count):
      try connection.acceptIfWaiting(party)
      return try connection.perform(call, by: party) { () throws(Errno) in
        guard let part = try end.open().value.receive(upTo: count ?? 65_536) else { throw .wouldBlock }
        end.received += part
        return .returned(value: part.count)
      }
    case .close:
      // A program that listens has no other socket before a connection is there.
      try connection.closeUnread(party)
      return connection.lastOutcome
    case .listen, .accept, .send, .shutdown, .abort: return try connection.call(call, by: party)
    }
  }

  private func connect(_ party: Party) throws -> Outcome {
    let end = connection.ends[party]
    if let socket = end.socket {
      let remote = end.tuple.remote
      return try connection.perform(.connect, by: party) { () throws(Errno) in
        switch try socket.value.connect(to: remote) {
        case .done: return .returned(value: 0)
        case .inProgress: return .pending
        }
      }
    }
    // A port that one socket listens at is not another's.
    if end.listener != nil { try connection.stopListening(party) }
    try connection.connect(party)
    guard end.wasClosed else { return connection.lastOutcome }
    if case .failed = connection.lastOutcome {
      end.socket = nil
    } else {
      // Another connection at the same port; the program at the other end goes on taking connections.
      for end in [end, connection.ends[party.other]] {
        end.wasClosed = false
        end.received = []
      }
    }
    return connection.lastOutcome
  }

  /// Notes the outcome of a connect() that has ended in the background, as its program learns it.
  ///
  /// - Returns: nil where none has.
  @discardableResult
  func endConnect(of party: Party) throws -> Outcome? {
    guard case (.connect, .pending)? = lastCall(of: party) else { return nil }
    let state = try connection.record(of: party)?.state
    if state == .synSent || state == .synReceived { return nil }
    let outcome: Outcome =
      if let errno = try connection.failure(of: party) { .failed(errno: errno) } else { .returned(value: 0) }
    let log = connection.log
    let place = log.events.lastIndex {
      if $0.party == party, case .call(.connect, _, _) = $0.what { true } else { false }
    }
    if let place, case .call(let call, _, let ended) = log.events[place].what {
      log.amend(place, .call(call: call, outcome: outcome, ended: ended))
    }
    return outcome
  }

  /// The timer that fires next, of either party, with what is left of it.
  package func nextTimer() throws -> (party: Party, timer: KernelTimer)? {
    let sockets = try sockets()
    return Party.allCases.compactMap { party in sockets[party]?.timer.map { (party, $0) } }
      .min { $0.1.milliseconds < $1.1.milliseconds }
  }

  /// Tells whether ``TimerCourse/frozen`` makes the next timer longer than it is by default: retransmission, but for that
  /// of a SYN, and the timer of an orphan in FIN_WAIT_2.
  package func nextTimerIsStretched() throws -> Bool {
    guard let (party, timer) = try nextTimer() else { return false }
    let state = try states()[party]
    return state == .finWait2 || timer.kind == .retransmission && state != .synSent && state != .synReceived
  }

  /// The end of a wait for a timer.
  enum TimerWait {
    case came, brokenOff
    case notPossible(reason: String)
  }

  /// Waits until a timer has sent something or ended a state.
  func awaitTimer(while goesOn: () throws -> Bool) throws -> TimerWait {
    guard let first = try nextTimer() else {
      return .notPossible(reason: "no timer is armed at either end")
    }
    let left = Duration.milliseconds(first.timer.milliseconds)
    // The timer wheel is late by an eighth at most.
    let deadline = Clock.time(after: left + left / 8 + .seconds(2))
    while Clock.monotonic() < deadline {
      if try takeIn() { return .came }
      guard try goesOn() else { return .brokenOff }
      if Signals.isPending { throw Interrupted() }
      Clock.sleep(for: .milliseconds(20))
    }
    // The machine may have stalled in the last pause.
    return try takeIn() ? .came : .notPossible(reason: "the timer has sent nothing")
  }

  func forgeReset(from party: Party) throws -> String? {
    if let last = connection.log.lastSegment(of: party.other),
      connection.log.segment(at: last)?.flags.contains(.rst) == true
    {
      return "\(beginning.names[party.other]) has sent an RST itself: its connection is gone"
    }
    guard let segment = connection.log.fittingReset(to: party.other) else {
      return "\(beginning.names[party.other]) has sent nothing yet, so no number of an RST would fit"
    }
    try connection.path.forge(segment, from: party)
    return nil
  }

  func reboot(_ party: Party) throws -> String? {
    guard hasDescriptor(party) else {
      return "\(beginning.names[party]) has no connection that it could lose"
    }
    try PlanRun(on: connection).reboot(party)
    return nil
  }
}

extension Log {
  /// The RST that the party takes for one of the other's: at exactly the number that it expects next (RFC 9293 section
  /// 3.10.7), or in SYN_SENT with an acknowledgment of its SYN. Nil where nothing has left the party yet.
  package func fittingReset(to receiver: Party) -> Segment? {
    guard let last = lastSegment(of: receiver), let segment = segment(at: last) else { return nil }
    if let expected = segment.acknowledged { return Segment(flags: .rst, sequence: expected) }
    return Segment(flags: [.rst, .ack], sequence: SequenceNumber(0), acknowledgment: segment.end)
  }
}
