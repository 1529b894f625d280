package import TCP

/// A sysctl that bears on something that a record holds. An experiment showed each: `trust sysctls` turns every sysctl
/// and fails where something moves that does not declare it.
package struct Influence: Equatable, Sendable, ExpressibleByStringLiteral {
  /// The last part of its name, or as much of it as makes it unique: `tcp_sack`, `ipv6.bindv6only`.
  package var sysctl: String
  /// It bears only on variants that have this condition; on all, where it is nil.
  package var condition: Condition?

  package init(_ sysctl: String, under condition: Condition? = nil) {
    self.sysctl = sysctl
    self.condition = condition
  }

  package init(stringLiteral sysctl: String) { self.init(sysctl) }

  /// Tells whether this is the sysctl of that full name.
  package func isOf(_ name: String) -> Bool { name.hasSuffix("." + sysctl) }

  /// A sysctl that bears on ladders, which pages draw: on those in which a party passes through one of these states.
  package struct OnLadders: Equatable, Sendable {
    package var sysctl: Influence
    package var states: Set<State>
  }

  package static let onLadders = [
    OnLadders(sysctl: "tcp_ecn", states: [.synSent]),
    OnLadders(sysctl: "tcp_syncookies", states: [.synSent]),
    OnLadders(sysctl: "tcp_max_tw_buckets", states: [.finWait2, .timeWait]),
  ]
}
