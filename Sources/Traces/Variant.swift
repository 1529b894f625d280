package import TCP

/// A ladder or a scenario, where and under which conditions it is run: enough to run it again.
package struct Variant: Codable, Hashable, Sendable {
  package var subject: Subject
  package var bench: BenchKind
  package var family: Family
  /// The differences from the ordinary run; empty for that.
  package var conditions: [Condition]

  package init(subject: Subject, bench: BenchKind, family: Family, conditions: [Condition] = []) {
    self.subject = subject
    self.bench = bench
    self.family = family
    self.conditions = conditions
  }

  package enum Subject: Codable, Hashable, Sendable {
    /// A table of a page, by the page's name and the table's number in it.
    case ladder(page: String, table: Int)
    case scenario(id: ScenarioName)
  }
}

/// The place where connections are made and watched.
package enum BenchKind: String, Codable, CaseIterable, Sendable {
  /// Both parties on one loopback interface, in real time.
  case loopback
  /// Two hosts with a TUN device each; the probe carries every packet.
  case wire
}
