import FoundationEssentials
package import Records

extension Comparison {
  /// What changed, for programs.
  package func jsonReport() -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let report = JSONComparison(
      before: before.kernel, now: after.kernel, same: same, changes: changes.map(JSONChange.init),
      settings: settings.map(JSONSetting.init),
      skipped: skips.map {
        JSONSkip(name: $0.subject.name, reason: $0.reason, leftOutBy: $0.omission?.rawValue)
      })
    // Text and numbers can always be written.
    guard let data = try? encoder.encode(report) else { preconditionFailure("a comparison is always JSON") }
    return jsonText(data) + "\n"
  }
}

private struct JSONComparison: Encodable {
  var before: String
  var now: String
  var same: Int
  var changes: [JSONChange]
  var settings: [JSONSetting]
  var skipped: [JSONSkip]
}

private struct JSONChange: Encodable {
  var section: String
  var name: String
  var before: String
  var now: String
  var notice: String
  var settings: [String]
  var known: String?
  var seen: String?
  var accepted: String?

  init(_ change: Change) {
    section = change.subject.section
    name = change.subject.name
    (before, now) = change.values
    notice = "\(change.notice)"
    settings = change.settings.map(\.name)
    known = change.known
    seen = change.observer
    accepted = change.accepted
  }
}

private struct JSONSetting: Encodable {
  var name: String
  var before: String
  var now: String
  var meaning: String
  var accepted: String?

  init(_ setting: SettingChange) {
    name = setting.name
    (before, now) = setting.values
    meaning = setting.kind.meaning
    accepted = setting.accepted
  }
}

private struct JSONSkip: Encodable {
  var name: String
  var reason: String
  /// The option by which a person left it out.
  var leftOutBy: String?
}
