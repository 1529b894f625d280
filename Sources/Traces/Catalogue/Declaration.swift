/// The declaration of a scenario beside its body: the conditions that it is run under, its figures, and who would
/// notice another answer.
package struct Declaration: Equatable, Sendable {
  package var name: ScenarioName = ""
  /// The names that it had in earlier versions.
  package var formerly: [ScenarioName]
  /// Under each of these it is run once, so that what is true under one of them only shows.
  package var conditions: [[Condition]]
  package var figures: [Figure]
  /// The time that a run waits for the kernel at least, in seconds; 0 below two seconds.
  package var wait: Int
  /// True if a record has it. What measures a crowd or a machine's size is no behaviour.
  package var isRecorded: Bool
  /// Tells whether its runs are drawn in a page: not if they have many sockets or next to no segments.
  package var isDrawn: Bool
  /// Tells whether its sockets are watched one by one: not where they are thousands.
  package var isObserved: Bool
  /// The variants that are run beside those only where every timer is waited out: they take minutes or hours.
  package var long: [LongVariant]
  /// The settings and options of its runs beside their conditions.
  package var given: [Given]
  /// The needs of its runs; where one is not met, none of their figures is measured.
  package var needs: [Need]
  /// The runs whose segments hang on how fast a step is; nil where none do. Their traces are kept only in virtual time,
  /// where each step always takes the same time.
  package var timed: Timed?

  /// - Parameter settings: the sysctls that bear on each of the figures, beside those that a figure names itself.
  package init(
    _ figures: [Figure], under conditions: [[Condition]] = [[]], formerly: [ScenarioName] = [],
    settings: [Influence] = [], wait: Int = 0,
    long: [LongVariant] = [], given: [Given] = [], isRecorded: Bool = true, isDrawn: Bool = true,
    isObserved: Bool = true, needs: [Need] = [], timed: Timed? = nil
  ) {
    self.formerly = formerly
    self.conditions = conditions
    self.figures = figures.map { figure in
      var figure = figure
      figure.settings += settings
      return figure
    }
    self.wait = wait
    self.long = long
    self.given = given
    self.isRecorded = isRecorded
    self.isDrawn = isDrawn
    self.isObserved = isObserved
    self.needs = needs
    self.timed = timed
  }
}

extension Declaration {
  /// A run that nothing shortens, and how many seconds it takes under the defaults.
  package struct LongVariant: Equatable, Sendable {
    package var conditions: [Condition]
    package var wait: Int

    package init(_ conditions: [Condition] = [], wait: Int) {
      self.conditions = conditions + [.waitedOut]
      self.wait = wait
    }
  }

  /// Runs whose segments hang on how fast a step is.
  package struct Timed: Equatable, Sendable {
    package var variants: Figure.Variants
    /// The part of the kernel that goes by the clock or by random numbers, in a clause.
    package var reason: String

    /// True if it goes by random numbers of the kernel's instead, which are others in each boot.
    package var isChance: Bool

    package init(_ reason: String, in variants: Figure.Variants = .all, isChance: Bool = false) {
      self.reason = reason
      self.variants = variants
      self.isChance = isChance
    }
  }

  /// A feature that runs need of their bench.
  package struct Need: Equatable, Sendable {
    package enum Kind: Sendable {
      /// tcpprobe carries each segment: it can be held, lost, changed, made up.
      case wire
      /// Segments can be seen.
      case segments
      /// The network namespaces are tcpprobe's own.
      case namespace
      /// Its sockets are of IPv6.
      case ipv6
    }

    package var kind: Kind
    /// The runs that need it.
    package var variants: Figure.Variants

    package static let wire = Need(kind: .wire, variants: .all)
    package static let segments = Need(kind: .segments, variants: .all)
    package static let namespace = Need(kind: .namespace, variants: .all)
    package static let ipv6 = Need(kind: .ipv6, variants: .all)

    package static func wire(in variants: Figure.Variants) -> Need { Need(kind: .wire, variants: variants) }

    /// The reason why there is no value where it is missing.
    package var reason: Reason {
      switch kind {
      case .wire: .needs("the wire, where tcpprobe carries each segment: --on wire")
      case .segments: .needs("segments to be seen")
      case .namespace: .needs("a network namespace of its own")
      case .ipv6: .needs("a socket of IPv6: --family ipv6")
      }
    }
  }

  /// A setting of a run that is none of its conditions, for without it the figure could not be measured: a socket
  /// option, a sysctl, the length of the path. A reader of the figure is told.
  package struct Given: Equatable, Sendable {
    package var condition: Condition
    /// The runs that set it.
    package var variants: Figure.Variants

    package init(_ name: String, _ value: String, in variants: Figure.Variants = .all) {
      self.init(Condition(name, value), in: variants)
    }

    package init(_ condition: Condition, in variants: Figure.Variants = .all) {
      self.condition = condition
      self.variants = variants
    }
  }

  /// The settings and options of a run under these conditions beside them.
  package func given(under conditions: [Condition]) -> [Condition] {
    given.filter { $0.variants.includes(conditions) }.map(\.condition)
  }

  /// The settings and options, beside their conditions, of the runs that leave this figure.
  package func given(for figure: Figure) -> [Condition] {
    var all: [Condition] = []
    for condition in conditions(of: figure).flatMap(given(under:)) where !all.contains(condition) {
      all.append(condition)
    }
    return all
  }

  /// The conditions of all its runs.
  package func conditions(everyTimer isEvery: Bool) -> [[Condition]] {
    conditions + (isEvery ? long.map(\.conditions) : [])
  }

  /// The figure that has or had this name, or nil.
  package func figure(_ name: String) -> Figure? {
    let key = Figure.key(of: name)
    return figures.first { $0.names.contains { Figure.key(of: $0) == key } }
  }

  /// The time that a run under these conditions waits for the kernel at least, in seconds.
  package func wait(under conditions: [Condition]) -> Int {
    long.first { $0.conditions == conditions }?.wait ?? wait
  }
}

extension Declaration {
  /// The conditions of the runs that leave this figure.
  package func conditions(of figure: Figure, everyTimer isEvery: Bool = true) -> [[Condition]] {
    conditions(everyTimer: isEvery).filter(figure.variants.includes)
  }
}
