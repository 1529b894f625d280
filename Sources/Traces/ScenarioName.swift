/// The name of a scenario, as records have it: `half-close`.
package struct ScenarioName: RawRepresentable, Codable, Hashable, Sendable, ExpressibleByStringLiteral {
  package var rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package init(stringLiteral name: String) { self.init(rawValue: name) }
}
