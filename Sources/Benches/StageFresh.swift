import Documents
import Linux
import TCP
import Traces

extension Stage {
  /// Plays a connection of its own between the same hosts, on ports of its own; it is reset when it goes. What was seen
  /// of it becomes part of this one's record.
  ///
  /// Where the machine stalled it is played again, and only it: a scenario that measures many things one by one would
  /// otherwise never get through on a busy machine.
  ///
  /// - Returns: false where the machine stalled each time; then nothing of it is in the record.
  package func playFresh(_ body: (Stage) throws -> Void) throws -> Bool {
    defer { waiting.resume() }
    let end = Clock.time(after: Player.persistence)
    var tries = 0
    while tries < Player.tries || Clock.monotonic() < end {
      tries += 1
      let stage = try Stage(on: bench, observers: observers, names: names, opener: opener)
      stage.waiting.progress = waiting.progress
      stage.circumstances = circumstances
      stage.waiting.endsWhenDisturbed = waiting.endsWhenDisturbed
      do { try body(stage) } catch is Disturbed { continue }
      if stage.log.isDisturbed() { continue }
      log.adopt(stage.log)
      return true
    }
    return false
  }
}
