package import Documents
package import Traces

/// All figures that a facts table can name, each with the conditions that it is measured under and with the value that
/// a page gives as an example.
package struct FigureList: Sendable {
  package var entries: [Entry]
  /// The scenarios that measure them, in order.
  package let scenarios: [Declaration]

  package struct Entry: Sendable {
    package var name: String
    package var scenario: ScenarioName
    /// As "set by" has them.
    package var conditions: [String]
    /// Those that are only met where every timer is waited out.
    package var longConditions: [String]
    /// The settings and options of its runs beside their conditions.
    package var given: [String]
    /// A value as a page writes it; nil where none of the pages names the figure.
    package var example: String?
  }

  /// - Parameter pages: pages to take the examples from.
  package init(of catalogue: Catalogue, examplesFrom pages: [Page]) {
    let examples = Dictionary(
      pages.flatMap(\.facts).flatMap(\.rows).map { ($0.what.folded, $0.value) },
      uniquingKeysWith: { first, _ in first })
    scenarios = catalogue.scenarios
    entries = catalogue.scenarios.flatMap { scenario in
      scenario.figures.map { figure in
        let usual = scenario.conditions(of: figure, everyTimer: false)
        return Entry(
          name: figure.name, scenario: scenario.name, conditions: usual.map(\.setBy),
          longConditions: scenario.conditions(of: figure).filter { !usual.contains($0) }.map(\.setBy),
          given: scenario.given(for: figure).map(\.description), example: examples[figure.name.folded])
      }
    }
  }
}
