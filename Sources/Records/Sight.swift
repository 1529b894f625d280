package import Traces

/// The place where a record was made, and what could be seen there. Nothing is known of what nobody saw: two records
/// are compared only in what both could see.
package struct Sight: Equatable, Sendable {
  /// The record's own words on each; nil where it says nothing, as records of older programs do.
  private var bench: String?
  private var family: String?
  private var privileges: String?
  private var observers: [String]?

  package init(_ environment: Environment) {
    bench = environment[Environment.Name.bench]
    family = environment[Environment.Name.family]
    privileges = environment[Environment.Name.privileges]
    observers = environment[Environment.Name.observers].map { text in
      text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
  }

  /// Tells whether segments could be seen.
  package var seesSegments: Bool {
    observers.map { seen in
      [.wire, .capture].contains { (kind: ObserverKind) in seen.contains(kind.rawValue) }
    }
      ?? true
  }

  /// The observers that tell the state of a socket.
  private var stateObservers: Set<String>? {
    observers.map { Set($0).intersection([ObserverKind.stateTracepoint, .sockDiag, .proc].map(\.rawValue)) }
  }

  /// The circumstances that the two do not have alike, as far as both are known.
  package func circumstances(unlike other: Sight) -> Set<Circumstance> {
    func differ<T: Equatable>(_ value: KeyPath<Sight, T?>) -> Bool {
      guard let own = self[keyPath: value], let others = other[keyPath: value] else { return false }
      return own != others
    }
    var circumstances: Set<Circumstance> = []
    if differ(\.bench) { circumstances.formUnion([.bench, .states]) }
    if differ(\.family) { circumstances.insert(.family) }
    if differ(\.privileges) { circumstances.insert(.privileges) }
    if differ(\.stateObservers) { circumstances.insert(.states) }
    if seesSegments != other.seesSegments { circumstances.insert(.segments) }
    return circumstances
  }

  /// The facts for a person, each with what the record says of it.
  private static let facts: [(name: String, value: @Sendable (Sight) -> String?)] = [
    (Environment.Name.bench, \.bench), (Environment.Name.family, \.family),
    (Environment.Name.privileges, \.privileges), (Environment.Name.observers, \.observerList),
  ]

  /// The facts that not all of these have alike, as far as they are known.
  static func unlike(_ sights: [Sight]) -> [(name: String, values: [String?])] {
    facts.map { fact in (fact.name, sights.map(fact.value)) }
      .filter { Set($0.values.compactMap { $0 }).count > 1 }
  }

  /// The same for a person: what each of the two says of where it was made and of what was watched there.
  package func changes(to other: Sight) -> [SightChange] {
    Sight.unlike([self, other]).compactMap { name, values in
      guard let before = values[0], let after = values[1] else { return nil }
      return SightChange(name: name, before: before, after: after)
    }
  }

  private var observerList: String? { observers.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } }
}

/// Something about where two records were made, or what was watched there, that they do not have alike.
package struct SightChange: Equatable, Sendable {
  package var name: String
  package var before: String
  package var after: String
}
