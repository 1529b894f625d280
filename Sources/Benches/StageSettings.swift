package import Documents
package import Linux
import SystemPackage
import TCP
import Traces

/// What scenarios change and ask that is no call of a ladder.
extension Stage {
  /// Sets an option on this party's socket.
  package func setOption(of party: Party, _ change: (borrowing Socket) throws -> Void) throws {
    guard let socket = ends[party].socket else { return }
    try benchStep("set an option of \(names[party])") { try change(socket.value) }
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
  /// Where the namespace is not the bench's own nothing is changed: the figure of this name is then undecided.
  package func withSetting(
    _ setting: String, _ value: String, at party: Party, measuring name: String, _ body: () throws -> Void
  ) throws {
    guard bench.isPrivate else {
      recorder.record(
        .measurement(
          figure: Measurement(
            name: name, value: "", source: "",
            undecided: "\(setting) is the machine's here, not ours to change")))
      return
    }
    let before = try benchStep("read \(setting)") { try bench.enter(party) { try Sysctl.read(setting) } }
    try benchStep("set \(setting)") { try bench.enter(party) { try Sysctl.write(setting, value) } }
    defer { try? bench.enter(party) { try Sysctl.write(setting, before) } }
    try body()
  }
}
