package import Documents
package import Linux
import SystemPackage
package import TCP
import Traces

/// A socket that was brought into a situation, for a scenario to do with it what it likes.
package final class Subject {
  package let party: Party
  /// Nil once its program has closed it.
  package private(set) var socket: Box<Socket>?

  init(_ party: Party, _ socket: Box<Socket>) {
    self.party = party
    self.socket = socket
  }

  func release() { socket = nil }
}

extension Stage {
  /// Plays one more connection between the same hosts as a part of this play: what happens is recorded here, and its
  /// sockets go when it is over. Where the machine stalled it alone is played again, for a play of many would hardly
  /// ever be let through as a whole.
  ///
  /// - Parameter onNewHosts: whether it has hosts of its own, which are gone when it is over: for what a kernel would
  ///   remember of a host or of the path to it.
  package func another(onNewHosts: Bool = false, _ body: (Stage) throws -> Void) throws {
    let place = log.nextPlace
    let end = Clock.time(after: Player.persistence)
    for attempt in 1... {
      let isLast = attempt >= Player.tries && Clock.monotonic() >= end
      let bench =
        onNewHosts ? try self.bench.kind.bench(self.bench.family, settings: self.bench.settings) : self.bench
      let observers = onNewHosts ? Observers(on: bench, without: self.observers.left) : self.observers
      let stage = try Stage(on: bench, observers: observers, names: names, opener: opener, log: log)
      stage.waiting.progress = waiting.progress
      stage.circumstances = circumstances
      stage.waiting.isPatient = waiting.isPatient
      stage.waiting.heedsTimers = waiting.heedsTimers
      stage.waiting.endsWhenDisturbed = waiting.endsWhenDisturbed && !isLast
      stage.beforeListen = beforeListen
      stage.beforeConnect = beforeConnect
      stage.beforeBind = beforeBind
      stage.reusesAddresses = reusesAddresses
      do {
        try body(stage)
        if waiting.heedsTimers, stage.waiting.wasHeldUp,
          Party.allCases.contains(where: stage.hasTimerSent)
        {
          try stage.waiting.disturbed(because: .resent())
        }
      } catch is Disturbed where stage.waiting.endsWhenDisturbed {}
      guard log.isDisturbed(since: place), !isLast else { break }
      log.forget(from: place)
    }
    waiting.resume()
  }

  /// One more connection of this play, to the listener of this stage. It lasts as long as what is given back.
  package func client() throws -> Stage {
    let stage = try Stage(on: bench, observers: observers, names: names, opener: opener, log: log)
    let listener = ends[opener.other].tuple.local
    stage.ends[opener.other].tuple.local = listener
    stage.ends[opener].tuple.remote = listener
    stage.rules = rules
    stage.waiting.isPatient = waiting.isPatient
    stage.waiting.endsWhenDisturbed = waiting.endsWhenDisturbed
    return stage
  }

  /// close() by the subject's program, whatever is unread; of a listener, too.
  package func close(_ subject: Subject, linger: Linger = .off) throws {
    let end = ends[subject.party]
    let isListener = end.socket == nil
    try perform(.close, by: subject.party) { () throws(Errno) in
      try subject.socket?.value.set(.linger, to: linger)
      if isListener { end.listener = nil } else { end.socket = nil }
      end.wasClosed = true
      subject.release()
      return .returned(value: 0)
    }
  }

  /// The state of the subject as its own descriptor has it, or where that is gone or has none, as the tables do.
  package func state(of subject: Subject) throws -> State {
    if let socket = subject.socket {
      let state = try benchStep("ask for TCP_INFO") {
        try readInfo(ofDescriptor: socket.value.rawValue).state
      }
      if let state, state != .closed { return state }
    }
    return try record(of: subject.party)?.state ?? .closed
  }

  /// The party's end of the connection is gone without a word, as with a machine that lost its power.
  package func vanish(_ party: Party) throws {
    let end = ends[party]
    try benchStep("let \(names[party]) vanish") { try end.socket?.value.fallSilent() }
    end.socket = nil
    end.wasClosed = true
  }

  /// Lets an ICMP error arrive at the party whose segment stands at this place, as if the other party's host, or a
  /// router before it, had sent it.
  package func complain(_ error: ICMP, about place: Int) throws {
    guard case .segment(let segment, let bytes) = log.events[place].what,
      let party = log.events[place].party
    else { return }
    let tuple = ends[party].tuple
    let about = Packet(source: tuple.remote, destination: tuple.local, segment: segment)
    let message = error.bytes(
      about: Array(bytes.array.prefix(100)), from: tuple.remote.address, to: tuple.local.address)
    try benchStep("carry an ICMP error") {
      // The packet says only where to.
      try bench.deliver(Departure(packet: about, bytes: message, time: Clock.monotonic()))
    }
    try look()
  }
}
