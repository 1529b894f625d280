import Documents
import Traces

/// Puts a row of a facts table beside what the scenarios measured.
struct FactJudge {
  let run: Run

  /// The row's verdict in each play that measured it; empty where none did.
  func judge(_ fact: Fact) -> [(trace: Int, verdict: Verdict)] {
    run.traces.indices.compactMap { index in
      guard let verdict = judge(fact, in: run.traces[index], index: index) else { return nil }
      return (index, verdict)
    }
  }

  private func judge(_ fact: Fact, in trace: Trace, index: Int) -> Verdict? {
    for event in trace.events {
      guard case .measurement(let measurement) = event.what, measurement.name.isFolded(fact.what) else { continue }
      if let reason = measurement.undecided {
        return Verdict(.undecided, expected: fact.value, seen: "", reason: reason)
      }
      return Verdict(
        measurement.value.isFolded(fact.value) ? .confirmed : .contradicted, expected: fact.value,
        seen: measurement.value, reason: measurement.source,
        evidence: measurement.events.isEmpty ? [] : [.init(trace: index, events: measurement.events)])
    }
    guard let scenario = PlayList.scenario(measuring: fact.what), trace.play.subject == .scenario(id: scenario),
      let obstacle = trace.obstacle
    else { return nil }
    return Verdict(.undecided, expected: fact.value, seen: "", reason: obstacle)
  }
}

extension String {
  /// The same words, however they are spaced and capitalized.
  fileprivate func isFolded(_ other: String) -> Bool {
    func fold(_ text: String) -> [Substring] { text.lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" }) }
    return fold(self) == fold(other)
  }
}
