import Documents
import TCP
import Traces

/// The sysctls that bear on something that two records tell of.
extension Change.Subject {
  /// The figure as it is declared; nil for a ladder.
  func figure(in catalogue: Catalogue) -> Figure? {
    section == KernelMessages.section ? KernelMessages.figure : what.flatMap { catalogue.figure($0) }
  }

  /// Tells whether this sysctl (`net.ipv4.tcp_sack`) is declared to bear on it, and the variant that it was measured
  /// under leaves it as it is. Both records were made under the value that a variant fixes.
  ///
  /// - Parameter ladders: the records' ladders, where it is one.
  func isMoved(by name: String, in catalogue: Catalogue, ladders: [Ladder] = []) -> Bool {
    guard what != nil else {
      let states = Set(ladders.flatMap(\.states))
      return Influence.onLadders.contains { $0.sysctl.isOf(name) && !$0.states.isDisjoint(with: states) }
    }
    guard let figure = figure(in: catalogue),
      !conditions.contains(where: { Influence(stringLiteral: $0.shortName).isOf(name) })
    else { return false }
    return figure.settings.contains { influence in
      influence.isOf(name) && influence.condition.map(conditions.contains) ?? true
    }
  }

  /// The conditions of the variant that it was measured under.
  private var conditions: [Condition] { [Condition](setBy: setBy) ?? [] }
}
