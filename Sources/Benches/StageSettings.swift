package import Documents
package import Linux
import SystemPackage
import TCP
package import Traces

/// What scenarios change and ask that is no call of a ladder.
extension Stage {
  /// Sets an option on this party's socket.
  package func setOption(of party: Party, _ change: (borrowing Socket) throws -> Void) throws {
    guard let socket = ends[party].socket else { return }
    try set(change, on: socket, of: party)
  }

  /// Sets options of a socket of the party's, and tells of those that have another value then.
  func set(_ change: (borrowing Socket) throws -> Void, on socket: Box<Socket>, of party: Party)
    throws(BenchError)
  {
    let before = circumstances == nil ? [:] : socket.value.optionValues()
    try benchStep("set an option of \(names[party])") { try change(socket.value) }
    guard let circumstances else { return }
    for (name, value) in socket.value.optionValues().sorted(by: { $0.key < $1.key })
    where before[name] != value {
      circumstances(Condition(name, value))
    }
  }

  /// The errno that the kernel has for this party's program, by name; nil where there is none.
  package func failure(of party: Party) throws -> String? {
    guard let socket = ends[party].socket else { return nil }
    return try benchStep("ask for the error of \(names[party])") { try socket.value.pendingError()?.name }
  }

  /// Loses every pure ACK that this party sends from here on; on loopback everything that reaches the other.
  package func loseAll(from party: Party) throws {
    if bench.holdsPackets {
      rules.append { segment, sender in sender == party && segment.isPureAck ? .drop : nil }
    } else if let socket = ends[party.other].socket {
      try benchStep("lose what \(names[party]) sends") { try bench.setLoss(true, at: socket.value) }
    }
  }

  /// Ends ``loseAll(from:)`` on loopback.
  package func loseNothing(from party: Party) throws {
    guard !bench.holdsPackets, let socket = ends[party.other].socket else { return }
    try benchStep("lose nothing more that \(names[party]) sends") {
      try bench.setLoss(false, at: socket.value)
    }
  }

  /// Takes a port for this party, at which nobody listens.
  package func reserve(_ party: Party) throws { ends[party].socket = try bound(ends[party]) }

  /// Runs `body` while this setting of the party's namespace has another value, and sets it back.
  ///
  /// Where the namespace is not the bench's own nothing is changed: the figure of this name is then undecided, as where
  /// the kernel has no such setting or lets nobody change it there.
  package func withSetting(
    _ setting: String, _ value: String, at party: Party, measuring figure: Figure, _ body: () throws -> Void
  ) throws {
    let condition = Condition(setting, value)
    guard bench.isPrivate else {
      return leaveUndecided(figure, .foreign(condition))
    }
    guard let before = try? bench.enter(party, { try Sysctl.read(setting) }) else {
      return leaveUndecided(figure, .missing(condition))
    }
    do {
      try bench.enter(party) { try Sysctl.write(setting, value) }
    } catch let error as Errno {
      return leaveUndecided(figure, .refused(condition, error))
    }
    defer { try? bench.enter(party) { try Sysctl.write(setting, before) } }
    circumstances?(Condition(condition.shortName, value))
    try body()
  }

  private func leaveUndecided(_ figure: Figure, _ reason: Reason) {
    log.record(.measurement(figure: Measurement(figure.name, .undecided(reason))))
  }
}
