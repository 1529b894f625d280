package import Records

extension Comparison {
  /// The result, in a sentence. It counts behaviours: one that was run on both address families counts twice, whether it
  /// has changed or not, so that the counts add up to those of the record.
  package var summary: String {
    let (openSettings, acceptedSettings) = (
      settings.filter { $0.accepted == nil }, settings.filter { $0.accepted != nil }
    )
    let isComplete = failsOn == .all && skips.isEmpty && additions.isEmpty
    if changes.isEmpty, acceptedSettings.isEmpty, isComplete, same > 1 {
      let told = settings.isEmpty ? "no changes" : "\(counted(settings.count, "setting")) changed"
      return "\(told); all \(counted(same, "behaviour")) are the same\(familyNote)"
    }
    let accepted = counts(of: changes.filter { $0.accepted != nil }, acceptedSettings)
    var parts = counts(of: changes.filter { $0.accepted == nil }, openSettings).map { "\($0) changed" }
    if parts.isEmpty { parts.append(accepted.isEmpty ? "no changes" : "no unaccepted changes") }
    if failsOn != .all {
      let kinds = jsonKinds(failsOn).joined(separator: ",")
      let count = behaviourCount(of: changes.filter(isFailure)) + settings.count(where: isFailure)
      parts.append("\(counted(count, "failure")) for --fail-on \(kinds)")
    }
    if !accepted.isEmpty { parts.append("\(inWords(accepted)) accepted") }
    parts.append("\(grouped(same)) the same")
    if !skips.isEmpty { parts.append("\(grouped(skips.count)) not compared") }
    if !additions.isEmpty { parts.append("\(grouped(additions.count)) only in the later record") }
    return parts.joined(separator: ", ") + familyNote
  }

  private var familyNote: String { hasBothFamilies ? Self.familyNote : "" }

  /// The rule for counting, where there is more than one way.
  package static let familyNote = " (IPv4 and IPv6 counted separately)"

  /// The numbers of these: of behaviours, of runs that hang now, of traces in runs whose figures are the same, of settings.
  private func counts(of changes: [Change], _ settings: [SettingChange]) -> [String] {
    let behaviours = changes.filter { !$0.isHang && !$0.isOfTrace }
    let all = [
      (behaviourCount(of: behaviours), "behaviour"), (behaviourCount(of: changes.filter(\.isHang)), "run"),
      (behaviourCount(of: changes.filter(\.isOfTrace)), "trace"), (settings.count, "setting"),
    ]
    return all.filter { $0.0 > 0 }.map { counted($0, $1) }
  }
}

/// `a, b and c`.
func inWords(_ parts: [String]) -> String {
  let others = parts.dropLast().joined(separator: ", ")
  return others.isEmpty ? parts.last ?? "" : "\(others) and \(parts[parts.count - 1])"
}
