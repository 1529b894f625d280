import Documents
import Linux
import Traces

/// The parts that a run's other connections have in it.
package enum SiblingEvents {
  /// They are the run's own events. Where each attempt was disturbed the last one stays, and disturbs the run.
  case kept
  /// They join the run's events where an attempt was not disturbed; else nothing of them is left.
  case keptUndisturbed
  /// They are forgotten. What its body measures counts where an attempt was not disturbed.
  case forgottenUndisturbed
  /// They are forgotten, however the one attempt went.
  case forgotten
}

extension Connection {
  /// Makes another connection with the same options between the same parties. It lasts as long as what is given back.
  ///
  /// - Parameters:
  ///   - onNewHosts: whether it has hosts of its own, for what a kernel would remember of a host or of the path to it.
  ///   - toSameListener: whether it goes to the listener of this connection, over the same path; else it has ports of its
  ///     own.
  ///   - log: where its events are recorded; in this run's log, where it is left out.
  package func sibling(onNewHosts: Bool = false, toSameListener: Bool = false, log: Log? = nil) throws
    -> Connection
  {
    let bench =
      onNewHosts ? try self.bench.kind.bench(self.bench.family, settings: self.bench.settings) : self.bench
    let observers = onNewHosts ? Observers(on: bench, without: self.observers.left) : self.observers
    let other = try Connection(
      on: bench, observers: observers, names: names, opener: opener, log: log ?? self.log)
    other.waiting.progress = waiting.progress
    other.waiting.isPatient = waiting.isPatient
    other.waiting.heedsTimers = waiting.heedsTimers
    other.waiting.endsWhenDisturbed = waiting.endsWhenDisturbed
    other.circumstances = circumstances
    other.beforeListen = beforeListen
    other.beforeConnect = beforeConnect
    other.beforeBind = beforeBind
    other.reusesAddresses = reusesAddresses
    if toSameListener {
      let listener = ends[opener.other].tuple.local
      other.ends[opener.other].tuple.local = listener
      other.ends[opener].tuple.remote = listener
      other.path.rules = path.rules
    }
    return other
  }

  /// Makes another connection as a part of this run, runs `body` with it, and resets it. Where the machine disturbed it,
  /// it alone is run again: a run of many connections would hardly ever go undisturbed as a whole.
  ///
  /// - Returns: whether an attempt was not disturbed.
  @discardableResult
  package func sibling(
    onNewHosts: Bool = false, events: SiblingEvents = .kept, _ body: (Connection) throws -> Void
  ) throws -> Bool {
    // However long it takes, nothing of this connection is held up by it.
    defer { waiting.resume() }
    let place = events == .kept ? log.nextPlace : 0
    let end = Clock.time(after: Runner.persistence)
    for attempt in 1... {
      let isLast =
        events == .forgotten || attempt >= Runner.tries && Clock.monotonic() >= end
      let other = try sibling(onNewHosts: onNewHosts, log: events == .kept ? log : Log())
      if isLast { other.waiting.endsWhenDisturbed = false }
      do {
        try body(other)
        try other.heedTimers()
      } catch is Disturbed where other.waiting.endsWhenDisturbed {}
      let isDisturbed = other.log.isDisturbed(since: place)
      if !isDisturbed, events == .keptUndisturbed { log.adopt(other.log) }
      if !isDisturbed || isLast { return !isDisturbed }
      log.wasRunInPart = true
      if events == .kept { log.forget(from: place) }
    }
    return false
  }

  /// Gives a patient run up that the machine has held up, where it is asked for and a timer has sent something.
  private func heedTimers() throws {
    guard waiting.heedsTimers, waiting.wasHeldUp, Party.allCases.contains(where: hasTimerSent) else { return }
    try waiting.disturbed(because: .resent)
  }
}
