package import Benches

/// The TCP sysctls that a record is made under.
package enum SettingsSource {
  /// This machine's, copied into the private namespaces.
  case host
  /// The kernel's defaults.
  case kernel
  /// These, of another record or of an experiment.
  case pinned(HostSettings)

  var values: HostSettings {
    switch self {
    case .host: .here()
    case .kernel: HostSettings()
    case .pinned(let settings): settings
    }
  }

  /// The name of it in a record.
  package var name: String {
    switch self {
    case .host: "host"
    case .kernel: "default"
    case .pinned: "recorded"
    }
  }
}
