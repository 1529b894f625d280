import Claims

extension SettingChange {
  /// The sysctls that two environments have otherwise. What a kernel makes of its machine's memory is none of them.
  static func all(_ before: Environment, _ after: Environment) -> [SettingChange] {
    // A record without settings, as an earlier form was, has nothing to compare.
    guard !before.settings.isEmpty, !after.settings.isEmpty else { return [] }
    let later = Dictionary(after.settings.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let earlier = Set(before.settings.map(\.name))
    var changes: [SettingChange] = []
    for setting in before.settings where !setting.isMachineSized {
      if let kind = kind(setting, later[setting.name]) { changes.append(SettingChange(setting.name, kind)) }
    }
    for setting in after.settings
    where !earlier.contains(setting.name) && !setting.isMachineSized && setting.standard != nil {
      changes.append(SettingChange(setting.name, .came(value: setting.value)))
    }
    return changes
  }

  private init(_ name: String, _ kind: Kind) {
    self.init(name: name, kind: kind, known: Catalogue.known(ofSetting: name))
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
