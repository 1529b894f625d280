package import Documents

/// A named value that a scenario measures.
package struct Figure: Equatable, Sendable {
  /// The name, as facts tables have it.
  package var name: String
  /// The names that it had in earlier versions.
  package var formerly: [String]
  /// Other names that people have for it, which a page may use.
  package var alsoCalled: [String]
  /// The kind of value that a sentence may give it; nil where only a facts table is read: the meaning of its value hangs on
  /// more than its name, or its names have other meanings.
  package var saidAs: SpokenFigures.Kind?
  package var noticed: Notice
  /// The runs of its scenario that leave it.
  package var variants: Variants
  /// The sysctls that bear on it: where one of them has another value, so may the figure.
  package var settings: [Influence]
  /// The known differences of kernels in it, or nil.
  package var known: Known?
  /// The circumstances that must be alike where it is compared, or a difference says nothing about the kernel.
  package var circumstances: Set<Circumstance>
  /// The words of its values in earlier versions, with those that have taken their place.
  package var formerWords: [String: String]

  package init(
    _ name: String, formerly: [String] = [], alsoCalled: [String] = [],
    saidAs: SpokenFigures.Kind? = nil, _ noticed: Notice,
    in variants: Variants = .all,
    settings: [Influence] = [],
    known: Known? = nil,
    circumstances: Set<Circumstance> = [], formerWords: [String: String] = [:]
  ) {
    self.name = name
    self.formerly = formerly
    self.alsoCalled = alsoCalled
    self.saidAs = saidAs
    self.noticed = noticed
    self.variants = variants
    self.settings = settings
    self.known = known
    self.circumstances = circumstances
    self.formerWords = formerWords
  }

  /// Its name, those that it had, and those that people have for it.
  package var names: [String] { [name] + formerly + alsoCalled }

  /// A figure's name as it is looked for: in any case, and as RFC 9293 writes states (TIME-WAIT).
  package static func key(of name: String) -> String { SpokenFigures.key(of: name) }

  /// The text of a value in present words.
  package func present(_ value: String) -> String {
    formerWords.reduce(value) { $0.replacing($1.key, with: $1.value) }
  }

  /// Some of a scenario's runs, by their conditions.
  package enum Variants: Equatable, Sendable {
    case all
    /// The run without a condition.
    case byDefault
    /// All but that.
    case conditional
    /// Those under at least one of these.
    case underAny([Condition])
    /// Those under none of these.
    case underNone([Condition])

    package func includes(_ conditions: [Condition]) -> Bool {
      switch self {
      case .all: true
      case .byDefault: conditions.isEmpty
      case .conditional: !conditions.isEmpty
      case .underAny(let wanted): conditions.contains { wanted.contains($0) }
      case .underNone(let unwanted): !conditions.contains { unwanted.contains($0) }
      }
    }
  }

  /// The readers who first notice that a kernel gives another answer, the most consequential first.
  package enum Notice: Int, Comparable, CaseIterable, Sendable {
    /// An errno, a reset, a hang, lost data.
    case programs
    /// Timers, ports, memory.
    case operators
    /// Only what a capture shows.
    case packets

    package static func < (first: Notice, second: Notice) -> Bool { first.rawValue < second.rawValue }
  }
}
