package import Records
import Traces

extension Comparison {
  /// The changes, for programs.
  ///
  /// - Parameter files: where the two records are from; nil for one that was just made, and is kept nowhere.
  package func jsonReport(files: (before: String?, after: String?)) -> String {
    jsonText(JSONComparison(self, files: files)) + "\n"
  }
}

private struct JSONComparison: Encodable {
  var schema = 1
  var kind = JSONKind.comparison
  var before: JSONRecord
  var now: JSONRecord
  var failOn: [String]
  var outcome: JSONOutcome

  private enum Key: String, CodingKey { case schema, kind, before, now, failOn }

  init(_ comparison: Comparison, files: (before: String?, after: String?)) {
    before = JSONRecord(comparison.before, file: files.before)
    now = JSONRecord(comparison.after, file: files.after)
    failOn = jsonKinds(comparison.failsOn)
    outcome = JSONOutcome(comparison)
  }

  /// The two records and how they compare stand side by side.
  func encode(to encoder: any Encoder) throws {
    try outcome.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(kind, forKey: .kind)
    try container.encode(before, forKey: .before)
    try container.encode(now, forKey: .now)
    try container.encode(failOn, forKey: .failOn)
  }
}

/// Kinds of change, in their order.
func jsonKinds(_ kinds: Set<ChangeKind>) -> [String] {
  ChangeKind.allCases.filter(kinds.contains).map(\.rawValue)
}

/// The outcome of a comparison of two records.
struct JSONOutcome: Encodable {
  var circumstances: [JSONCircumstance]
  var failures: Int
  var same: Int
  var changes: [JSONChange]
  var settings: [JSONSetting]
  var skipped: [JSONSkip]
  var additions: [String]
  var traces: JSONTraces

  struct JSONTraces: Encodable {
    var recorded: Int
    var compared: Int
    /// The reason why none is compared; nil where they are.
    var obstacle: String?
  }

  init(_ comparison: Comparison) {
    circumstances = comparison.sightChanges.map(JSONCircumstance.init)
    failures = comparison.failureCount
    same = comparison.same
    changes = comparison.changes.map { JSONChange($0, isFailure: comparison.isFailure($0)) }
    settings = comparison.settings.map { JSONSetting($0, isFailure: comparison.isFailure($0)) }
    skipped = comparison.skips.map(JSONSkip.init)
    additions = comparison.additions.map(\.name)
    traces = JSONTraces(
      recorded: comparison.traceCounts.recorded, compared: comparison.traceCounts.compared,
      obstacle: comparison.obstacleToTraces)
  }
}

struct JSONCircumstance: Encodable {
  var name: String
  var before: String
  var now: String

  init(_ change: SightChange) {
    name = change.name
    before = change.before
    now = change.after
  }
}

struct JSONChange: Encodable {
  var section: String
  var what: String?
  var setBy: String
  var name: String
  var before: String
  var now: String
  /// Both values with their kinds, numbers and units; nil for a ladder.
  var values: JSONTyped?
  /// The kind of difference: programs, operators or packets.
  var notice: String
  var settings: [JSONValues]
  /// The way in which `settings` was found; nil where nothing bears on it, and no experiment was made.
  var attributedBy: Attribution?
  var known: String?
  var seen: String?
  /// The only family that it is on, of records of both.
  var family: String?
  var accepted: String?
  var fails: Bool

  struct JSONValues: Encodable {
    var name: String
    var before: String
    var now: String
  }

  struct JSONTyped: Encodable {
    var before: Value
    var now: Value
  }

  enum Attribution: String, Encodable {
    /// The change was run again with sysctls turned back.
    case experiment
    /// The figure's scenario names the sysctls that bear on it.
    case declaration
  }

  init(_ change: Change, isFailure: Bool) {
    attributedBy = change.isTried ? .experiment : change.settings.isEmpty ? nil : .declaration
    section = change.subject.section
    what = change.subject.what
    setBy = change.subject.setBy
    name = change.subject.name
    (before, now) = change.values
    if case .figure(let before, let now) = change.difference { values = JSONTyped(before: before, now: now) }
    notice = ChangeKind(change.notice).rawValue
    settings = change.settings.map {
      JSONValues(name: $0.name, before: $0.values.before, now: $0.values.after)
    }
    known = change.known
    seen = change.observer
    family = change.family?.rawValue
    accepted = change.accepted
    fails = isFailure
  }
}

struct JSONSetting: Encodable {
  var name: String
  var before: String
  var now: String
  var meaning: String
  var known: String?
  var accepted: String?
  var fails: Bool

  init(_ setting: SettingChange, isFailure: Bool) {
    name = setting.name
    (before, now) = setting.values
    meaning = setting.kind.meaning
    known = setting.known
    accepted = setting.accepted
    fails = isFailure
  }
}

struct JSONSkip: Encodable {
  var section: String
  var name: String
  var reason: String
  /// The option by which a person left it out.
  var leftOutBy: String?

  init(_ skip: Skip) {
    section = skip.subject.section
    name = skip.subject.name
    reason = skip.reason.description
    if case .leftOut(let omission) = skip.reason { leftOutBy = omission.rawValue }
  }
}
