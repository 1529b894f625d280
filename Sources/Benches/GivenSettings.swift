import Documents
import Linux
import SystemPackage
package import Traces

/// The reason why a bench cannot be given a setting that a document names.
package struct SettingRefused: Error {
  package var reason: Reason

  init(_ reason: Reason) { self.reason = reason }
}

/// The reasons why nothing is run under a setting.
extension Reason {
  /// The setting is one of the whole machine here.
  static func foreign(_ setting: Condition) -> Reason {
    .needs("a network namespace of its own, to set \(setting)")
  }

  static func missing(_ setting: Condition) -> Reason { .notOnThisKernel("there is no \(setting.name)") }

  /// The kernel refuses the value. EINVAL says that it does not know it; anything else is this process's or the
  /// machine's.
  static func refused(_ setting: Condition, _ errno: Errno) -> Reason {
    errno == .invalidArgument
      ? .notOnThisKernel("\(setting) gives EINVAL") : .needs("the right to set \(setting): \(errno.name)")
  }
}

extension Bench {
  /// Runs `body` while both hosts have these settings (`net.ipv4.tcp_sack: 0`), and sets them back.
  ///
  /// - Throws: ``SettingRefused`` where one cannot be had.
  package func withSettings<R>(_ settings: ArraySlice<Condition>, _ body: () throws -> R) throws -> R {
    guard let setting = settings.first else { return try body() }
    guard isPrivate else { throw SettingRefused(.foreign(setting)) }
    var before: [(party: Party, value: String)] = []
    // Both parties may be one host: what was set last is set back first.
    defer {
      for (party, value) in before.reversed() {
        try? enter(party) { try Sysctl.write(setting.name, value) }
      }
    }
    for party in Party.allCases {
      guard let value = try? enter(party, { try Sysctl.read(setting.name) }) else {
        throw SettingRefused(.missing(setting))
      }
      do {
        try enter(party) { try Sysctl.write(setting.name, setting.value) }
      } catch let error as Errno {
        throw SettingRefused(.refused(setting, error))
      }
      before.append((party, value))
    }
    return try withSettings(settings.dropFirst(), body)
  }

  /// Fails where a document asks for a congestion control that this kernel would have to load a module for.
  package func check(_ conditions: [Condition]) throws {
    for condition in conditions where condition.name == "TCP_CONGESTION" {
      let name = "net.ipv4.tcp_congestion_control"
      let isKnown = try? enter(.left) { try Sysctl.isAcceptable(condition.value, for: name) }
      guard isKnown ?? true else {
        throw SettingRefused(.notOnThisKernel("\(condition): there is no such congestion control"))
      }
    }
  }
}
