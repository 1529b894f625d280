package import Documents
package import Traces

/// A script beside what its runs have shown.
package struct ScriptJudgement: Equatable, Sendable {
  package var script: Script
  package var runs: [ScriptTrace]
  package var decision: ScriptDecision

  package init(script: Script, runs: [ScriptTrace], decision: ScriptDecision) {
    self.script = script
    self.runs = runs
    self.decision = decision
  }

  /// The run that a report shows; nil where there was none.
  package var shown: ScriptTrace? {
    if case .contradicted(let run, _) = decision { return runs[run] }
    return runs.last
  }

  /// The first difference; nil where there is none.
  package var difference: ScriptDifference? {
    if case .contradicted(_, let difference) = decision { return difference }
    return nil
  }

  /// The line that the verdict is about: of the first difference, or of what was not read; else the first event's.
  package var line: Int {
    if let difference { return script.events[difference.event].line }
    return script.unread.first?.line ?? script.events.first?.line ?? 1
  }

  package var verdict: Verdict {
    switch decision {
    case .confirmed:
      return Verdict(.confirmed, expected: "\(script.events.count) events", seen: "the same")
    case .contradicted(_, let difference):
      return Verdict(
        .contradicted, expected: difference.expected, seen: difference.seen,
        reason: difference.parts.isEmpty ? nil : "different: " + difference.parts.joined(separator: ", "))
    case .undecided(let reason):
      return Verdict(.undecided, expected: "\(script.events.count) events", seen: "", reason: "\(reason)")
    }
  }
}

/// Scripts that were run, with the machine: all that a report shows.
package struct ScriptAssessment: Sendable {
  package var version: String
  package var command: String
  package var machine: Machine
  package var judgements: [ScriptJudgement]

  package init(version: String, command: String, machine: Machine, judgements: [ScriptJudgement]) {
    self.version = version
    self.command = command
    self.machine = machine
    self.judgements = judgements
  }

  package var hasDifferences: Bool { judgements.contains { $0.difference != nil } }
  package var isDecided: Bool {
    judgements.allSatisfy { if case .undecided = $0.decision { false } else { true } }
  }
}
