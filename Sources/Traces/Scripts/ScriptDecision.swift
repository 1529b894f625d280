package import Documents

/// The outcome of all runs of one script: what they say together.
///
/// The machine can be slow in any run, so that a segment comes late or a timer ends before what the script sends. A run in
/// which everything was as the script says decides at once; a difference must come again in runs that the machine let
/// through.
package enum ScriptDecision: Equatable, Sendable {
  case confirmed
  /// The place of the run that shows the difference best, and the difference.
  case contradicted(run: Int, ScriptDifference)
  case undecided(Reason)

  /// The time from which on a step that the machine held up makes the run a disturbed one.
  package static let disturbance = Duration.milliseconds(4)
  /// The number of runs that must show the same difference, and the number for a difference of time alone.
  static let alike = 2
  static let alikeInTime = 4
  /// The number for an assertion about a time that the kernel has measured in ticks of its clock.
  static let alikeInTicks = 8
  /// The number of runs after which no more are made.
  package static let most = 12

  /// The outcome of these runs; nil where another run is needed.
  ///
  /// - Parameter isOnClock: true if the script is held to the clock: then one undisturbed run decides on times.
  package init?(of runs: [ScriptTrace], script: Script, isOnClock: Bool = false) {
    if let reason = runs.lazy.compactMap(\.reason).first {
      self = .undecided(reason)
      return
    }
    var seen: [(run: Int, difference: ScriptDifference)] = []
    for (place, run) in runs.enumerated() {
      // Something else may be among the packets that were not seen.
      if run.lost > 0 { continue }
      do throws(MissingValue) {
        guard let difference = try script.difference(from: run) else {
          self = .confirmed
          return
        }
        if !run.isDisturbed { seen.append((place, difference)) }
      } catch {
        self = .undecided(.other("\(error)"))
        return
      }
    }
    for (run, difference) in seen {
      let alike = seen.count {
        ($0.difference.event, $0.difference.kind, $0.difference.parts)
          == (difference.event, difference.kind, difference.parts)
      }
      let wanted =
        switch difference.kind {
        case .late, .early: isOnClock ? 1 : Self.alikeInTime
        case .assertion where difference.parts.contains(where: CodeNames.isTime): Self.alikeInTicks
        default: Self.alike
        }
      guard alike >= wanted else { continue }
      self = .contradicted(run: run, difference)
      return
    }
    guard runs.count >= Self.most else { return nil }
    self = .undecided(
      .disturbed(
        seen.isEmpty
          ? "the machine held up each of \(runs.count) runs, or lost packets in it"
          : "no difference came often enough in \(runs.count) runs"))
  }
}
