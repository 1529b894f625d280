import ArgumentParser
import Running

/// The settings that a person may ask for by name.
enum SettingsMode: String, ExpressibleByArgument, CaseIterable {
  case host
  case standard = "default"

  var source: SettingsSource {
    switch self {
    case .host: .host
    case .standard: .kernel
    }
  }

  /// The mode that a record names; records of older programs call the kernel's defaults `kernel`.
  init?(recorded name: String) {
    self.init(rawValue: name == "kernel" ? SettingsMode.standard.rawValue : name)
  }
}
