package import Documents

/// All that was done and seen in one run of a script: a step for each event that was begun, in the script's order.
package struct ScriptTrace: Equatable, Sendable {
  package var steps: [Step]
  /// Nil where the run came to its end, or to the first difference.
  package var reason: Reason?
  /// The greatest time by which the machine held a step up.
  package var stall: Duration
  /// The number of packets that came out of the kernel and were not seen.
  package var lost: Int

  /// Tells whether the machine spoiled the run, so that a difference in it says nothing.
  package var isDisturbed: Bool { stall >= ScriptDecision.disturbance || lost > 0 }

  package init(steps: [Step] = [], reason: Reason? = nil, stall: Duration = .zero, lost: Int = 0) {
    self.steps = steps
    self.reason = reason
    self.stall = stall
    self.lost = lost
  }

  package struct Step: Equatable, Sendable {
    /// The place of the event in the script.
    package var event: Int
    /// The time at which it happened, since the beginning of the script.
    package var time: Duration
    package var seen: Seen
    /// By how much it came before or after the bounds of the script's time: less than zero for before.
    package var deviation: Duration

    package init(event: Int, time: Duration, seen: Seen, deviation: Duration = .zero) {
      self.event = event
      self.time = time
      self.seen = seen
      self.deviation = deviation
    }
  }

  package enum Seen: Equatable, Sendable {
    /// It was done, and there is nothing to compare.
    case done
    /// The segments that the kernel sent where the script has one; empty where nothing was sent in time.
    case segments([ScriptSegment])
    case returned(Return)
    /// The call had not returned when it had to.
    case waiting
    /// The values of names in statements, by name.
    case values([String: Int])
    /// The growth of counters, by name.
    case counters([String: Int])
  }

  /// The end of a call.
  package struct Return: Equatable, Sendable {
    package var result: Int
    /// The symbol of the error; nil where there was none.
    package var error: String?
    /// The arguments as they were after the call.
    package var arguments: [ScriptValue]

    package init(result: Int, error: String? = nil, arguments: [ScriptValue]) {
      self.result = result
      self.error = error
      self.arguments = arguments
    }
  }
}
