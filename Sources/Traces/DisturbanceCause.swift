/// A reason for which a run says nothing, other than a step that was held up for a known time.
package enum DisturbanceCause: String, Codable, CaseIterable, Sendable {
  /// On loopback a segment met the filter that was to lose another one.
  case unmeantLoss = "unmeant loss"
  /// A timer of the kernel's sent something again before the next step was taken.
  case timer
  /// A process that was stopped and continued made the kernel begin a waiting call again.
  case repeatedCall = "repeated call"

  /// The reason in words for a person.
  package var description: String {
    switch self {
    case .unmeantLoss: "a segment was lost that the page does not lose"
    case .timer: "a kernel timer sent something again before the next step was taken"
    case .repeatedCall: "the kernel began a waiting call again after the process was stopped"
    }
  }
}

extension Event {
  /// Tells whether the machine disturbed the run here.
  package var isDisturbance: Bool {
    switch what {
    case .stall, .disturbance: true
    default: false
    }
  }
}
