import Documents
import Traces

/// Something about the watching itself that a reader should know.
struct Finding: Equatable {
  var text: String
  var explanation: String?

  /// The disagreements of observers, each kind once, and the disturbed runs.
  static func all(of run: Run) -> [Finding] {
    var findings: [(finding: Finding, count: Int)] = []
    for trace in run.traces {
      for disagreement in trace.disagreements {
        let finding = Finding(disagreement)
        if let known = findings.firstIndex(where: { $0.finding == finding }) {
          findings[known].count += 1
        } else {
          findings.append((finding, 1))
        }
      }
    }
    var all: [Finding] = []
    for (finding, count) in findings {
      let text = finding.text + (count > 1 ? " (\(count) times)" : "")
      // What has one cause is one finding.
      if let cause = finding.explanation, let known = all.firstIndex(where: { $0.explanation == cause }) {
        all[known].text += "\n" + text
      } else {
        all.append(Finding(text: text, explanation: finding.explanation))
      }
    }
    let disturbances = run.traces.reduce(0) { $0 + $1.disturbances }
    if disturbances > 0 {
      all.append(
        Finding(
          text: counted(disturbances, "run") + (disturbances == 1 ? " was" : " were")
            + " repeated, because the machine stalled",
          explanation: "the machine stalled so long that a kernel timer may have expired because of it"))
    }
    return all
  }

  private init(text: String, explanation: String?) {
    self.text = text
    self.explanation = explanation
  }

  /// The same two observers in either order say the same.
  private init(_ disagreement: Disagreement) {
    let sides = [disagreement.first, disagreement.second].map {
      "\($0.observer.rawValue) reports \($0.state.rawValue)"
    }
    self.init(text: sides.sorted().joined(separator: ", "), explanation: disagreement.explanation)
  }
}
