package import Benches
package import Records
package import Scenarios

extension RecordRun {
  /// The longest wait of an experiment, in seconds: TIME_WAIT is not waited for once more.
  fileprivate static let longestTrial = 10

  /// The number of times that a run is made again of which only the trace differs.
  fileprivate static let confirmations = 2

  /// Makes the runs again of which only the trace differs, and drops a difference that does not come again. A figure is the
  /// same in each run by its scenario's own care; of a trace nobody has seen to that line by line.
  ///
  /// - Parameter after: the record that this run made just now, on a bench like this one.
  package func confirmTraces(
    _ comparison: inout Comparison, before: Record, after: Record, on bench: any Bench,
    progress: @escaping @Sendable (RunsProgress) -> Void = { _ in }
  ) throws {
    for _ in 0..<Self.confirmations {
      let open = comparison.changes.filter(\.isOfTrace).map { Record.plainName($0.subject.section) }
      guard !open.isEmpty else { return }
      var run = self
      run.tell = { _ in }
      run.isWanted = Set(open).contains
      run.longestWait = min(run.longestWait, Self.longestTrial)
      let again = try run.record(on: bench, and: after.families?.dropFirst().first, progress: progress).record
      comparison.dropTraces(alikeIn: Comparison(before, again, by: Scenarios.catalogue), again)
    }
  }

  /// Finds out by experiment what the changes between two records are due to: what changed is run again with sysctls
  /// turned back to the earlier record's values. A change that is gone then is due to them, one that stays is due to
  /// the kernel's code.
  ///
  /// Where more than one sysctl could be the reason, each is turned back alone. What no experiment reached (its runs
  /// take long, or the earlier value cannot be set here) keeps the declared attribution.
  ///
  /// - Parameter after: the record that this run made just now, on a bench like this one.
  package func settle(
    _ comparison: inout Comparison, before: Record, after: Record, on bench: any Bench,
    progress: @escaping @Sendable (RunsProgress) -> Void = { _ in }
  ) throws {
    guard bench.isPrivate, !comparison.turnable.isEmpty, !comparison.changes.isEmpty else { return }
    let trials = Trials(run: self, before: before, after: after, bench: bench, progress: progress)
    let all = try trials.turnBack(comparison.turnable, about: comparison.changes.map(\.subject))
    var open: [Int] = []
    for (index, change) in comparison.changes.enumerated() {
      let isReachable = change.settings.allSatisfy(all.turned.contains)
      if all.changed.contains(change.subject), isReachable {
        comparison.changes[index].attribute(to: [])
      } else if all.restored.contains(change.subject) {
        let likely = change.settings.isEmpty ? all.turned : change.settings
        if likely.count == 1 { comparison.changes[index].attribute(to: likely) } else { open.append(index) }
      }
    }
    guard !open.isEmpty else { return }
    var reasons: [Int: [SettingChange]] = [:]
    for setting in all.turned {
      let trial = try trials.turnBack([setting], about: open.map { comparison.changes[$0].subject })
      for index in open where trial.restored.contains(comparison.changes[index].subject) {
        reasons[index, default: []].append(setting)
      }
    }
    // What none of them restores alone takes all of them together.
    for index in open { comparison.changes[index].attribute(to: reasons[index] ?? all.turned) }
  }
}

/// Runs of what changed, with sysctls turned back.
private struct Trials {
  let run: RecordRun
  let before: Record
  let after: Record
  let bench: any Bench
  let progress: @Sendable (RunsProgress) -> Void

  struct Outcome {
    /// The sysctls that could be turned back.
    var turned: [SettingChange]
    /// The figures that are as before then.
    var restored: Set<Change.Subject>
    /// The figures that still differ.
    var changed: Set<Change.Subject>
  }

  func turnBack(_ settings: [SettingChange], about subjects: [Change.Subject]) throws -> Outcome {
    var values = Dictionary(
      after.environment.settings.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    for setting in settings { values[setting.name] = before.environment.value(of: setting.name) }
    var run = run
    run.tell = { _ in }
    run.settings = .pinned(HostSettings(values))
    run.isWanted = Set(subjects.map(\.section).map(Record.plainName)).contains
    run.longestWait = min(run.longestWait, RecordRun.longestTrial)
    let record = try run.record(
      on: bench, and: after.families?.dropFirst().first, progress: progress
    ).record
    let comparison = Comparison(before, record, by: Scenarios.catalogue)
    return Outcome(
      turned: settings.filter { setting in
        record.environment.value(of: setting.name) == before.environment.value(of: setting.name)
      }, restored: Set(comparison.unchanged), changed: Set(comparison.changes.map(\.subject)))
  }
}
