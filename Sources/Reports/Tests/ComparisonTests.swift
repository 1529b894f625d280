package import Records

extension TestReport {
  /// Each behaviour of the earlier record as a test, which passes where the later one has the same.
  package init(_ comparison: Comparison, name: String) {
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
    for change in comparison.changes { add(change.subject.section, change.subject.name, Outcome(change)) }
    for subject in comparison.unchanged { add(subject.section, subject.name, .passed) }
    for skip in comparison.skips {
      add(skip.subject.section, skip.subject.name, .skipped(reason: skip.reason))
    }
    for setting in comparison.settings { add("settings", setting.name, Outcome(setting)) }
    self.init(
      name: name,
      properties: [
        Property("before", "Linux \(comparison.before.kernel)"),
        Property("now", "Linux \(comparison.after.kernel)"),
      ], suites: suites)
  }
}

extension TestReport.Outcome {
  fileprivate init(_ change: Change) {
    let (before, after) = change.values
    if let reason = change.accepted {
      self = .skipped(reason: "accepted: \(reason)")
    } else {
      let details = [
        "before: \(before)", "now: \(after)", change.observer.map { "seen: \($0)" }, change.known,
      ]
      self = .failed(
        kind: change.notice.title, message: "\(before) before, \(after) now",
        details: details.compactMap { $0 })
    }
  }

  fileprivate init(_ setting: SettingChange) {
    let (before, after) = setting.values
    if let reason = setting.accepted {
      self = .skipped(reason: "accepted: \(reason)")
    } else {
      self = .failed(
        kind: "configuration", message: "\(before) before, \(after) now",
        details: [setting.kind.meaning, setting.known].compactMap { $0 })
    }
  }
}
