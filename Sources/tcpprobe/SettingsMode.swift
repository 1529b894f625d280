import ArgumentParser
import Running

/// The settings that a person may ask for by name.
enum SettingsMode: String, ExpressibleByArgument, CaseIterable {
  case host, kernel

  var source: SettingsSource {
    switch self {
    case .host: .host
    case .kernel: .kernel
    }
  }
}
