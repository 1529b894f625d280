import Traces

/// The number of traces that a record has, and of those that another one has, too.
package struct TraceCounts: Equatable, Sendable {
  package var recorded: Int
  package var compared: Int
}

extension Comparison {
  /// The reason why the traces of two records are not compared, in a clause; nil where they are.
  ///
  /// A trace depends on every setting, and nothing declares which one moves what. So both records must have been made under
  /// the same, and by the same version of the program: another one may run a scenario in other steps.
  package var obstacleToTraces: String? {
    if before[Environment.Name.version] != after[Environment.Name.version] {
      return "another version of tcpprobe made the later record"
    }
    if !sightChanges.isEmpty { return "the records were made under different conditions" }
    let settings = settingsInTheWay
    guard let last = settings.last else { return nil }
    if settings.count == 1 { return "\(last) differs" }
    let named = settings.count > 3 ? Array(settings.prefix(2)) : settings.dropLast()
    let rest = settings.count > 3 ? "\(settings.count - 2) more sysctls" : last
    return "\(named.joined(separator: ", ")) and \(rest) differ"
  }

  /// The names of the sysctls whose values keep the traces of two records from being compared.
  package var settingsInTheWay: [String] { differing.filter(isInTheWay).map(\.name) }

  /// Tells whether the two ran under different values of this sysctl. A default that the kernel derived from the size of the
  /// machine's memory is no obstacle, but a value that somebody set in its place is.
  private func isInTheWay(_ setting: SettingChange) -> Bool {
    guard setting.isInForce, Environment.Setting.isMachineSized(setting.name) else {
      return setting.isInForce
    }
    return [before, after].contains { environment in
      environment.settings.contains {
        $0.name == setting.name && $0.standard != nil && $0.standard != $0.value
      }
    }
  }

  /// The number of runs whose traces both records have, where they are compared.
  func comparedTraces(_ before: Record, _ after: Record) -> Int {
    guard obstacleToTraces == nil else { return 0 }
    let later = Set(after.traces.map { Run(section: $0.section, setBy: $0.trace.setBy) })
    return before.traces.count { later.contains(Run(section: $0.section, setBy: $0.trace.setBy)) }
  }

  /// Drops the runs of which only the trace differed, and does not in a later record of the same kernel: they are not the
  /// same each time.
  package mutating func dropTraces(alikeIn other: Comparison, _ record: Record) {
    func run(_ subject: Change.Subject) -> Run {
      Run(section: Record.plainName(subject.section), setBy: subject.setBy)
    }
    let differing = Set(other.changes.map { run($0.subject) })
    let ran = Set(record.traces.map { Run(section: Record.plainName($0.section), setBy: $0.trace.setBy) })
    changes.removeAll { change in
      change.isOfTrace && ran.contains(run(change.subject)) && !differing.contains(run(change.subject))
    }
  }

  /// The runs that left another trace, and whose figures are the same.
  func traceChanges(_ before: Record, _ after: Record) -> [Change] {
    guard obstacleToTraces == nil else { return [] }
    let later = Dictionary(
      after.sections.map { ($0.name, $0.traces) }, uniquingKeysWith: { first, _ in first })
    let changed = Set(changes.map { Run($0.subject) })
    return before.sections.flatMap { section -> [Change] in
      guard let others = later[section.name], section.traces != others else { return [] }
      return section.traces.compactMap { trace -> Change? in
        guard let other = others.first(where: { $0.setBy == trace.setBy }),
          let (before, after) = trace.trace.difference(from: other.trace)
        else { return nil }
        let subject = Change.Subject(section: section.name, what: Change.Subject.trace, setBy: trace.setBy)
        guard !changed.contains(Run(subject)), !changed.contains(Run(section: section.name, setBy: "")) else {
          return nil
        }
        return Change(
          subject: subject, difference: .trace(before: before, after: after), notice: .packets, settings: [])
      }
    }
  }
}

/// A run, or a section's ladder.
private struct Run: Hashable {
  var section: String
  var setBy: String

  init(section: String, setBy: String) {
    self.section = section
    self.setBy = setBy
  }

  init(_ subject: Change.Subject) { self.init(section: subject.section, setBy: subject.setBy) }
}
