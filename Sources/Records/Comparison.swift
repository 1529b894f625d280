import Documents
import TCP
package import Traces

/// Two records side by side.
package struct Comparison: Equatable, Sendable {
  package var before: Environment
  package var after: Environment
  /// The differences in where they were made and what was watched there.
  package var sightChanges: [SightChange]
  let catalogue: Catalogue
  private let circumstances: Set<Circumstance>
  /// The most consequential first.
  package var changes: [Change] = []
  /// The sysctls that differ, but for those that a kernel makes of its machine's memory.
  package var settings: [SettingChange]
  /// All sysctls that differ: a change may be due to any of them.
  let differing: [SettingChange]
  package var skips: [Skip] = []
  /// The subjects that only the later record has: a figure that the earlier program did not know, or could not take.
  package var additions: [Change.Subject] = []
  package var unchanged: [Change.Subject] = []
  /// The number of runs whose traces the earlier record has, and of those that are compared with the later one's.
  package private(set) var traceCounts = TraceCounts(recorded: 0, compared: 0)
  /// True if both address families are compared.
  package internal(set) var hasBothFamilies = false
  /// The kinds of change that count for the exit status.
  package var failsOn = Set<ChangeKind>.all
  /// The number of behaviours that are the same; one that is the same on both families counts in each.
  package var same: Int { unchanged.count }

  /// - Parameter catalogue: what is declared of the figures.
  package init(_ before: Record, _ after: Record, by catalogue: Catalogue) {
    let (before, after) = Comparison.inCommon(before, after)
    self.init(
      present: before.inPresentWords(of: catalogue), after.inPresentWords(of: catalogue), by: catalogue)
  }

  /// Compares records that are in present words.
  init(present before: Record, _ after: Record, by catalogue: Catalogue) {
    self.catalogue = catalogue
    self.before = before.environment
    self.after = after.environment
    let (first, second) = (Sight(before.environment), Sight(after.environment))
    sightChanges = first.changes(to: second)
    circumstances = first.circumstances(unlike: second)
    differing = SettingChange.all(before.environment, after.environment, by: catalogue)
    settings = differing.filter { !Environment.Setting.isMachineSized($0.name) }
    let alike = alikeSections(before, after)
    let (earlier, later) = (Behaviours(before, without: alike), Behaviours(after, without: alike))
    unchanged = before.sections.filter { alike.contains($0.name) }.flatMap(\.measured)
    for subject in earlier.order { compare(subject, earlier.values[subject], later.values[subject]) }
    changes += hangs()
    additions = later.order.filter { subject in
      guard case .value = later.values[subject] else { return false }
      if case .value = earlier.values[subject] { return false }
      return true
    }
    let observers = Dictionary(
      after.sections.filter { !alike.contains($0.name) }.flatMap { section in
        section.rows.map {
          (Change.Subject(section: section.name, what: $0.what, setBy: $0.setBy), $0.observer)
        }
      }, uniquingKeysWith: { first, _ in first })
    for index in changes.indices { changes[index].observer = observers[changes[index].subject] ?? nil }
    changes += traceChanges(before, after)
    traceCounts = TraceCounts(recorded: before.traceCount, compared: comparedTraces(before, after))
    tellFamilies(before.families)
    // In the order of the record, where it matters as much.
    changes = changes.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element)
  }

  /// The names of sections that say the same: of many records most are.
  private func alikeSections(_ before: Record, _ after: Record) -> Set<String> {
    let seeSegments = Sight(before.environment).seesSegments && Sight(after.environment).seesSegments
    let later = Dictionary(grouping: after.sections, by: \.name)
    let earlier = Dictionary(grouping: before.sections, by: \.name)
    return Set(
      before.sections.filter { section in
        earlier[section.name]?.count == 1 && later[section.name] == [section]
          && (section.ladder == nil || seeSegments)
      }.map(\.name))
  }

  /// The sysctls that an experiment can turn back: both records were made under a value of them, and not the same one.
  package var turnable: [SettingChange] {
    differing.filter { setting in
      switch setting.kind {
      case .anotherDefault, .anotherValue: setting.isInForce
      case .came, .went: false
      }
    }
  }

  /// The number of differences that nobody has accepted.
  package var openCount: Int {
    changes.count { $0.accepted == nil } + settings.count { $0.accepted == nil }
  }

  /// True if something differs that nobody has accepted.
  package var hasChanges: Bool { openCount > 0 }

  /// True if no run stayed disturbed. One that the machine disturbed says nothing, and must not pass for "nothing
  /// changed".
  package var isDecided: Bool {
    same + changes.count > 0
      && !skips.contains(where: \.reason.isDisturbance)
  }

  private mutating func compare(_ subject: Change.Subject, _ before: Behaviour?, _ after: Behaviour?) {
    guard let before else { return }
    // Without a value before there is no loss now; a value that only the later record has is an addition.
    switch before {
    case .missing, .lack: return
    case .value, .ladder: break
    }
    switch after {
    case nil: skips.append(skip(of: subject))
    case .missing(let reason)?: skips.append(Skip(subject: subject, reason: reason))
    case let after?:
      if case .ladder = before,
        let blind = [self.before, self.after].first(where: { !Sight($0).seesSegments })
      {
        let reason = "segments were not visible for the \(blind == self.before ? "earlier" : "later") record"
        return skips.append(Skip(subject: subject, reason: .other(reason)))
      }
      let difference = before.difference(from: after, inStates: !circumstances.contains(.states))
      guard let difference else { return unchanged.append(subject) }
      if let reason = obstacle(to: subject) {
        return skips.append(Skip(subject: subject, reason: .needs(reason)))
      }
      changes.append(change(of: subject, difference))
    }
  }

  /// The reason why the later record has nothing of it.
  private func skip(of subject: Change.Subject) -> Skip {
    let (earlier, later) = (self.before, self.after)
    func isChosen(_ environment: Environment) -> Bool {
      environment.only.map { $0.contains { catalogue.isSection(subject.section, namedBy: $0) } } ?? true
    }
    if subject.section == KernelMessages.section {
      return Skip(
        subject: subject, reason: .other("only tcpprobe kernels sees what a kernel writes to its log"))
    }
    if isChosen(earlier), !isChosen(later) { return Skip(subject: subject, reason: .leftOut(by: .only)) }
    let variant = subject.scenario(in: catalogue)
    if variant?.conditions.contains(.waitedOut) ?? false {
      return Skip(subject: subject, reason: .other("takes minutes or hours: only --all-timers waits so long"))
    }
    if later.isQuick, !earlier.isQuick, let variant,
      variant.scenario.wait(under: variant.conditions) > 2
    {
      return Skip(subject: subject, reason: .leftOut(by: .quick))
    }
    return Skip(subject: subject, reason: .other("this version of tcpprobe does not measure it"))
  }

  /// The reason why a difference in this figure says nothing about the kernel; nil where it does.
  private func obstacle(to subject: Change.Subject) -> String? {
    guard let figure = subject.figure(in: catalogue) else { return nil }
    let unlike = Circumstance.allCases.filter(figure.circumstances.intersection(circumstances).contains)
    return unlike.first.map { "\($0.inWords) to be the same" }
  }

  private func change(of subject: Change.Subject, _ difference: Change.Difference) -> Change {
    let figure = subject.figure(in: catalogue)
    return Change(
      subject: subject, difference: difference,
      notice: figure?.noticed
        ?? (subject.isSegmentOfMachine
          ? .packets : difference.notice(inStates: !circumstances.contains(.states))),
      settings: bearing(on: [subject], ladders: difference.ladders),
      known: figure?.known?.told(of: before.kernelVersion, after.kernelVersion))
  }

  /// The sysctls that differ and are declared to bear on one of these.
  private func bearing(on subjects: [Change.Subject], ladders: [Ladder] = []) -> [SettingChange] {
    differing.filter { setting in
      setting.isInForce && subjects.contains { $0.isMoved(by: setting.name, in: catalogue, ladders: ladders) }
    }
  }

  /// Runs that came to their end before, and now never did. Each is one change, however many figures it would have left:
  /// these are skipped. What would hang there would hang in a program, too.
  private func hangs() -> [Change] {
    let hung = skips.filter { if case .timedOut = $0.reason { true } else { false } }
    var variants: [Change.Subject] = []
    for variant in hung.map(\.subject.variant) where !variants.contains(variant) { variants.append(variant) }
    return variants.map { variant in
      let lost = hung.filter { $0.subject.variant == variant }
      return Change(
        subject: variant,
        difference: .figure(before: .words("ends"), after: .words("hangs (\(lost[0].reason))")),
        notice: .programs,
        settings: bearing(on: lost.map(\.subject)))
    }
  }
}

extension Change {
  /// Code before configuration: only the one is news. What a call returns and the state of a socket before anything else
  /// that the same reader notices.
  fileprivate var rank: Int {
    notice.rawValue * 8 + (isOfTrace ? 4 : 0) + (settings.isEmpty ? 0 : 2) + (isOfOutcome ? 0 : 1)
  }
}

extension Change.Difference {
  fileprivate var ladders: [Ladder] {
    if case .ladder(let before, let after, _) = self { [before, after] } else { [] }
  }

  /// The readers who notice that a ladder differs: programs where it ends otherwise, else only who captures segments.
  ///
  /// - Parameter comparesStates: whether states were seen as closely in both.
  fileprivate func notice(inStates comparesStates: Bool) -> Figure.Notice {
    if case .trace = self { return .packets }
    guard case .ladder(let before, let after, _) = self else { return .programs }
    guard comparesStates else { return .packets }
    return before.states == after.states ? .packets : .programs
  }
}

extension Change.Subject {
  /// The scenario and the conditions that it was measured under; nil for a ladder, and for what this program knows nothing
  /// of.
  fileprivate func scenario(
    in catalogue: Catalogue
  ) -> (scenario: Declaration, conditions: [Condition])? {
    guard let scenario = catalogue[ScenarioName(rawValue: Record.plainName(section))] else { return nil }
    return scenario.conditions(everyTimer: true).first { $0.setBy == setBy }.map { (scenario, $0) }
  }

  /// The run in which it was observed.
  fileprivate var variant: Change.Subject {
    Change.Subject(
      section: section, what: what.map { _ in Change.Subject.wholeRun(of: section) }, setBy: setBy)
  }
}
