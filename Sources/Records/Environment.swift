import TCP

/// The conditions of a record other than the kernel's code. A difference in them may explain a difference in behaviour.
package struct Environment: Equatable, Sendable {
  /// Names and values, in the order in which they are written: the release, HZ, where it was made.
  package var facts: [Fact]
  package var settings: [Setting]

  package init(facts: [Fact] = [], settings: [Setting] = []) {
    self.facts = facts
    self.settings = settings
  }

  package struct Fact: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A sysctl of the namespaces in which the record was made.
  package struct Setting: Equatable, Sendable {
    package var name: String
    package var value: String
    /// The value in a new namespace; nil if a namespace has no value of its own.
    package var standard: String?

    package init(_ name: String, _ value: String, standard: String?) {
      self.name = name
      self.value = value
      self.standard = standard
    }

    /// Tells whether the kernel derives the default from the size of the machine's memory.
    package var isMachineSized: Bool { Setting.isMachineSized(name) }

    static func isMachineSized(_ name: String) -> Bool { machineSized.contains(name) }

    private static let machineSized: Set = [
      "net.ipv4.tcp_max_orphans", "net.ipv4.tcp_max_syn_backlog", "net.ipv4.tcp_max_tw_buckets",
      "net.ipv4.tcp_mem", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem", "net.ipv4.tcp_ehash_entries",
    ]
  }

  /// The value of the fact of this name, or nil.
  package subscript(_ name: String) -> String? { facts.first { $0.name == name }?.value }

  /// The value of this sysctl, or nil.
  package func value(of setting: String) -> String? { settings.first { $0.name == setting }?.value }

  /// Tells whether each step takes the same time in each run.
  package var isInVirtualTime: Bool { self[Name.clock] == Self.virtual }
  package static let virtual = "virtual time"

  /// Tells whether nothing was waited for that takes longer than 2 s.
  package var isQuick: Bool { self[Name.isQuick] == "yes" }

  /// The texts of which a section's name has one, where only such sections were run; nil for all.
  var only: [String]? { self[Name.only].map { $0.split(separator: Name.separator).map(String.init) } }

  /// The kernel in a few words.
  package var kernel: String { self[Name.release] ?? "an unknown kernel" }

  /// The kernel's version alone: `6.1.192`, also where a distribution's release says `6.1.0-56`.
  package var kernelVersion: String {
    KernelOrder.version(release: kernel, build: self[Name.build] ?? "")
  }

  /// The names of the facts.
  package enum Name {
    package static let release = "kernel release"
    /// The text of `uname -v`: the release of a distribution may not contain the version of its kernel.
    package static let build = "kernel build"
    package static let architecture = "architecture"
    package static let hertz = "HZ"
    package static let version = "tcpprobe"
    /// The record's name, as its maker chose it, and the machine's name. Neither is behaviour.
    package static let label = "label"
    package static let host = "host"
    package static let bench = "bench"
    package static let family = "address family"
    /// The program's privileges; records of older programs do not say.
    package static let privileges = "privileges"
    package static let settings = "settings"
    package static let congestionControl = "default congestion control"
    package static let observers = "observers"
    package static let missing = "missing observers"
    package static let isQuick = "quick"
    package static let isEveryTimer = "every timer"
    /// The texts that --only was given.
    package static let only = "only"
    /// The separator between the texts of one fact.
    package static let separator = "; "
    /// The clock that the record was made by, where it is not the machine's own.
    package static let clock = "clock"
    package static let disturbances = "disturbed runs"
    /// The reason why a run was on loopback that would have been on the wire.
    package static let noWire = "reason for loopback"
    /// The names that older programs gave to facts.
    static let former = ["plays begun anew": disturbances, "why not on the wire": noWire]
  }
}
