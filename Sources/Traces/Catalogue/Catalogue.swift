package import Documents
import TCP

/// All scenarios as they are declared, and what is known of sysctls: a value that whoever judges or compares is given.
package struct Catalogue: Equatable, Sendable {
  /// In the order of a record.
  package let scenarios: [Declaration]
  private let settings: [String: Known]
  private let places: [ScenarioName: Int]
  /// The places of the scenarios by the names, as ``Figure/key(of:)`` has them, that their figures have or had.
  private let measuring: [String: Int]
  /// The figures whose names or values have other words than in earlier versions, by the same.
  private let reworded: [String: Figure]
  /// The names of the other figures. Most records have no others, and many records are read.
  private let unchanged: Set<String>

  /// - Parameter settings: what is known of how kernels differ in a sysctl, by the last part of its name.
  package init(_ scenarios: [Declaration], settings: [String: Known] = [:]) {
    self.scenarios = scenarios
    self.settings = settings
    let numbered = scenarios.enumerated()
    places = Dictionary(
      numbered.flatMap { place, one in ([one.name] + one.formerly).map { ($0, place) } },
      uniquingKeysWith: { first, _ in first })
    measuring = Dictionary(
      numbered.flatMap { place, one in
        one.figures.flatMap(\.names).map { (Figure.key(of: $0), place) }
      }, uniquingKeysWith: { first, _ in first })
    let reworded = Dictionary(
      scenarios.flatMap(\.figures).filter { !$0.formerly.isEmpty || !$0.formerWords.isEmpty }
        .flatMap { figure in figure.names.map { (Figure.key(of: $0), figure) } },
      uniquingKeysWith: { first, _ in first })
    self.reworded = reworded
    unchanged = Set(
      scenarios.flatMap(\.figures).map(\.name).filter { reworded[Figure.key(of: $0)] == nil })
  }

  /// Tells whether the name of a record's section, or one that its scenario had, contains this text in any case.
  package func isSection(_ name: String, namedBy text: String) -> Bool {
    let former = self[ScenarioName(rawValue: name)]?.formerly.map(\.rawValue) ?? []
    return ([name] + former).contains { $0.contains(folded: text) }
  }

  /// The scenario that has or had this name, or nil.
  package subscript(name: ScenarioName) -> Declaration? { places[name].map { scenarios[$0] } }

  /// The scenario that measures what a facts table names so, or nil where none does.
  package func scenario(measuring what: String) -> Declaration? {
    measuring[Figure.key(of: what)].map { scenarios[$0] }
  }

  /// The figure that has or had this name, or nil.
  package func figure(_ name: String) -> Figure? { scenario(measuring: name)?.figure(name) }

  /// The figures that a sentence of a page may state.
  package var spokenFigures: SpokenFigures {
    SpokenFigures(
      scenarios.flatMap { scenario in
        scenario.figures.compactMap { figure in
          figure.saidAs.map { (figure.names, $0, scenario.sysctls(tellingOf: figure)) }
        }
      }
    ) { text, kind in
      switch kind {
      case .duration: Duration(written: text) != nil
      case .errno: if case .errno = Value(reading: String(text)) { true } else { false }
      }
    }
  }

  private func reworded(_ name: String) -> Figure? {
    unchanged.contains(name) ? nil : reworded[Figure.key(of: name)]
  }

  /// Tells whether the figure of this name, or its values, had other words in earlier versions.
  package func isReworded(_ name: String) -> Bool { reworded(name) != nil }

  /// The present name of a scenario; the name itself where none had it.
  package func presentName(_ name: ScenarioName) -> ScenarioName { self[name]?.name ?? name }

  /// The present name of a figure; the name itself where no figure had it.
  package func presentName(_ name: String) -> String { reworded(name)?.name ?? name }

  /// The text of a figure's value in present words.
  ///
  /// - Parameter name: a name that the figure has or had.
  package func presentText(_ value: String, of name: String) -> String {
    reworded(name)?.present(value) ?? value
  }

  /// A figure's value in present words.
  package func present(_ value: Value, of name: String) -> Value {
    guard let figure = reworded(name), !figure.formerWords.isEmpty else { return value }
    return Value(reading: figure.present(value.description))
  }

  /// The known differences of kernels in a sysctl (`net.ipv4.tcp_syn_linear_timeouts`), or nil.
  package func known(ofSetting name: String) -> Known? {
    settings[String(name.split(separator: ".").last ?? "")]
  }

  /// Tells whether the steps of this run are drawn: not those of a scenario whose figures say all of it.
  package func isDrawn(_ subject: Variant.Subject) -> Bool {
    guard case .scenario(let name) = subject else { return true }
    return self[name]?.isDrawn ?? true
  }

  /// The reason why nothing is run for a name that no scenario measures, with what its writer may have meant.
  package func unknown(_ name: String) -> String {
    let names = scenarios.flatMap { $0.figures.flatMap { [$0.name] + $0.alsoCalled } }
    let hint =
      Nearest.question(about: name, among: names) ?? "tcpprobe list --figures names what can be measured"
    return "no scenario measures \(name): \(hint)"
  }
}

extension Declaration {
  /// The sysctls of which its runs can tell whether they set this figure: each is changed by a run that changes nothing
  /// else.
  fileprivate func sysctls(tellingOf figure: Figure) -> Set<String> {
    let changed = conditions(of: figure, everyTimer: false).filter { $0.count == 1 && $0[0].isSetting }
    return Set(changed.map { $0[0].shortName })
  }
}
