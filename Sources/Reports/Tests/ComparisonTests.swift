import Traces
import Claims
import Documents
package import Records

extension TestReport {
  /// Each behaviour of the earlier record as a test, which passes where the later one has the same. It fails where the
  /// exit status does.
  ///
  /// - Parameter files: where the two records are from; nil for one that was just made, and is kept nowhere.
  package init(_ comparison: Comparison, files: (before: String?, after: String?)) {
    var suites: [Suite] = []
    func add(_ section: String, _ name: String, _ outcome: Outcome) {
      let place =
        suites.firstIndex { $0.name == section }
        ?? {
          suites.append(Suite(name: section, cases: []))
          return suites.count - 1
        }()
      suites[place].cases.append(Case(name: name, outcome: outcome))
    }
    let names = (before: files.before ?? "before", after: files.after ?? "now")
    for change in comparison.changes {
      add(change.subject.section, change.subject.name, comparison.outcome(of: change, names: names))
    }
    for subject in comparison.unchanged { add(subject.section, subject.name, .passed) }
    for skip in comparison.skips {
      add(skip.subject.section, skip.subject.name, .skipped(reason: skip.reason.description))
    }
    for setting in comparison.settings {
      add("settings", setting.name, comparison.outcome(of: setting, names: names))
    }
    self.init(
      name: names.before,
      properties: facts("before", comparison.before, files.before)
        + facts("now", comparison.after, files.after)
        + comparison.sightChanges.map {
          Property("different: \($0.name)", "\($0.before) before, \($0.after) now")
        }, suites: suites)
  }
}

/// The properties of a record, above its tests.
private func facts(_ name: String, _ environment: Environment, _ file: String?) -> [TestReport.Property] {
  let record = RecordName(of: environment, file: file)
  let parts: [(String, String?)] = [
    ("", "Linux \(environment.kernel)"), (" file", record.file), (" label", record.label),
    (" host", record.host),
  ]
  return parts.compactMap { part, value in value.map { TestReport.Property(name + part, $0) } }
}

extension Comparison {
  fileprivate func outcome(of change: Change, names: (before: String, after: String)) -> TestReport.Outcome {
    let (before, after) = change.values
    let kind = ChangeKind(change.notice)
    if let told = excuse(change.accepted, kind, before, after) { return told }
    var details = [
      "behaviour: \(change.subject.name)",
      "condition: \(change.subject.setBy.isEmpty ? "by default" : change.subject.setBy)",
      "where:     \(names.before), section \(change.subject.section)", "noticed:   \(change.notice.readers)",
      "before:    \(before)", "now:       \(after)",
    ]
    if case .ladder(let first, let second, _) = change.difference {
      details += ["in \(names.before):"] + lines(of: first) + ["in \(names.after):"] + lines(of: second)
    }
    details += change.settings.map {
      "setting:   \($0.name): \($0.values.before) before, \($0.values.after) now"
    }
    if let observer = change.observer { details.append("seen by:   \(observer)") }
    if let known = change.known { details.append("known:     \(known)") }
    return .failed(kind: kind.rawValue, message: "\(before) before, \(after) now", details: details)
  }

  fileprivate func outcome(of setting: SettingChange, names: (before: String, after: String))
    -> TestReport.Outcome
  {
    let (before, after) = setting.values
    if let told = excuse(setting.accepted, .settings, before, after) { return told }
    let details = [
      "setting:   \(setting.name)", "where:     \(names.before), Settings", "before:    \(before)",
      "now:       \(after)", "meaning:   \(setting.kind.meaning)", setting.known.map { "known:     \($0)" },
    ]
    return .failed(
      kind: ChangeKind.settings.rawValue, message: "\(before) before, \(after) now",
      details: details.compactMap { $0 })
  }

  /// The outcome of a change that is no failure; nil where it is one.
  private func excuse(_ accepted: String?, _ kind: ChangeKind, _ before: String, _ after: String)
    -> TestReport.Outcome?
  {
    if let accepted { return .skipped(reason: "accepted: \(accepted)") }
    guard !failsOn.contains(kind) else { return nil }
    return .skipped(
      reason: "changed, but --fail-on does not include \(kind.rawValue): \(before) before, \(after) now")
  }

  private func lines(of ladder: Ladder) -> [String] {
    ladder.rungs.map { rung in
      "  "
        + Party.allCases.filter { !rung.cells[$0].description.isEmpty }
        .map { "\(ladder.parties[$0]) \(rung.cells[$0].description)" }.joined(separator: ", ")
    }
  }
}
