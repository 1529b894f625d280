import Traces

extension SettingChange {
  /// The sysctls that two environments have otherwise, those included that a kernel makes of its machine's memory.
  static func all(
    _ before: Environment, _ after: Environment, by catalogue: Catalogue
  ) -> [SettingChange] {
    // A record without settings, as an earlier form was, has nothing to compare.
    guard !before.settings.isEmpty, !after.settings.isEmpty else { return [] }
    let later = Dictionary(after.settings.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let earlier = Set(before.settings.map(\.name))
    var changes: [SettingChange] = []
    for setting in before.settings {
      let now = later[setting.name]
      if let kind = kind(setting, now) {
        var change = SettingChange(name: setting.name, kind: kind)
        change.isInForce = setting.value != now?.value
        changes.append(change)
      }
    }
    for setting in after.settings
    where !earlier.contains(setting.name) && setting.standard != nil {
      changes.append(SettingChange(name: setting.name, kind: .came(value: setting.value)))
    }
    for index in changes.indices {
      changes[index].known = catalogue.known(ofSetting: changes[index].name)?
        .told(of: before.kernelVersion, after.kernelVersion)
    }
    return changes
  }

  private static func kind(_ before: Environment.Setting, _ after: Environment.Setting?) -> Kind? {
    // What is the whole machine's cannot be seen from every namespace.
    guard let after else { return before.standard == nil ? nil : .went(value: before.value) }
    if let old = before.standard, let new = after.standard, old != new {
      return .anotherDefault(before: old, after: new)
    }
    return before.value == after.value ? nil : .anotherValue(before: before.value, after: after.value)
  }
}
