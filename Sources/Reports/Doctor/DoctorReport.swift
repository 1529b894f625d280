package import TCP
package import Traces

/// What works on a machine: its benches, and the observers of the best of them.
package struct DoctorReport {
  package var machine: Machine
  /// The processors that are switched on.
  package var processors: Int
  package var benches: [Bench] = []
  /// In the order of ``ObserverKind``; empty where nothing can be run at all.
  package var observers: [Observer] = []

  /// A bench in one address family.
  package struct Bench {
    package var kind: BenchKind
    package var family: Family
    /// The reason why it cannot run; nil where it is ready.
    package var obstacle: Obstacle?
    /// What it cannot do, a sentence each.
    package var limits: [String]

    package init(kind: BenchKind, family: Family, obstacle: Obstacle? = nil, limits: [String] = []) {
      self.kind = kind
      self.family = family
      self.obstacle = obstacle
      self.limits = limits
    }
  }

  /// The reason why something cannot run.
  package struct Obstacle {
    /// The step that failed; nil where the reason says it.
    package var step: String?
    package var reason: String
    /// The remedy for a person; nil where none is known.
    package var remedy: String?

    package init(step: String? = nil, reason: String, remedy: String?) {
      self.step = step
      self.reason = reason
      self.remedy = remedy
    }

    var text: String { (step.map { "\($0): " } ?? "") + reason }
  }

  /// An observer, as the best bench has it.
  package struct Observer {
    package var kind: ObserverKind
    /// The reason why it cannot run; nil where it is ready.
    package var obstacle: Obstacle?
    /// The observer that sees the same, so that this one is not needed; nil where it is missed.
    package var replacedBy: ObserverKind?
    /// The part of its evidence that this kernel does not have; nil where there is none.
    package var limit: String?

    package init(
      kind: ObserverKind, obstacle: Obstacle? = nil, replacedBy: ObserverKind? = nil, limit: String? = nil
    ) {
      self.kind = kind
      self.obstacle = obstacle
      self.replacedBy = replacedBy
      self.limit = limit
    }
  }

  package init(machine: Machine, processors: Int) {
    self.machine = machine
    self.processors = processors
  }

  /// Tells whether at least one bench is ready.
  package var hasBench: Bool { benches.contains { $0.obstacle == nil } }
}
