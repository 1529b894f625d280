import Linux

/// TCP settings of a network namespace, by their names (`net.ipv4.tcp_sack`).
///
/// A new namespace has the kernel's defaults, whatever somebody has set on the machine: what is run in one says
/// nothing of how this machine's own connections fare, unless it is given the machine's settings.
package struct HostSettings: Equatable, Sendable {
  package var values: [String: String]

  package init(_ values: [String: String] = [:]) { self.values = values }

  /// Those of the calling thread's namespace.
  package static func here() -> HostSettings {
    let names = (try? Sysctl.names(in: "net.ipv4"))?.filter { $0.hasPrefix("net.ipv4.tcp_") } ?? []
    var settings = HostSettings()
    for name in names + others where !own.contains(name) {
      // Some may only be written.
      if let value = try? Sysctl.read(name) { settings.values[name] = value.replacing("\t", with: " ") }
    }
    return settings
  }

  /// The settings that a namespace of this kernel begins with.
  package static func standard() throws -> HostSettings { try Namespace.make().enter { here() } }

  private static let others = [
    "net.core.somaxconn", "net.ipv4.ip_default_ttl", "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_no_pmtu_disc",
    "net.ipv6.bindv6only",
  ]

  /// The settings that a bench needs as it makes them, a secret, and lists of what there is.
  private static let own: Set = [
    "net.ipv4.tcp_allowed_congestion_control", "net.ipv4.tcp_available_congestion_control",
    "net.ipv4.tcp_available_ulp", "net.ipv4.tcp_child_ehash_entries", "net.ipv4.tcp_ehash_entries",
    "net.ipv4.tcp_fastopen_key",
  ]

  /// Those of these settings that hosts which were given them do not have, each with the reason.
  ///
  /// - Parameters:
  ///   - bench: whose hosts were made under these settings.
  ///   - machine: the settings of the machine's own namespace.
  package func missing(on bench: any Bench, machine: HostSettings) throws -> [(name: String, reason: String)]
  {
    let here = try bench.enter(.left) { HostSettings.here().values }
    return try values.sorted { $0.key < $1.key }.compactMap { name, value in
      guard let now = here[name] else {
        guard let now = machine.values[name] else { return (name, "this kernel has no such setting") }
        return now == value ? nil : (name, "it is the whole machine's: \(now) in place of \(value)")
      }
      if now == value { return nil }
      let isAcceptable = try bench.enter(.left) { try Sysctl.isAcceptable(value, for: name) }
      return (name, isAcceptable ? "the kernel refuses \(value)" : "\(value) is no value for it here")
    }
  }

  /// Gives them to the calling thread's namespace, where it has them, has them otherwise, and lets them be changed.
  func apply() {
    let now = HostSettings.here().values
    for (name, value) in values where now[name] != nil && now[name] != value {
      try? Sysctl.write(name, value)
    }
  }
}
