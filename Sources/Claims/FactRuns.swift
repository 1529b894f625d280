import Documents
import TCP
import Traces

/// The runs of a scenario that a row of a facts table is about.
enum FactRuns: Equatable {
  /// All that the scenario declares: the row names no condition.
  case all
  /// Those under these conditions.
  case under([[Condition]])
  /// None: the row names a condition that the scenario cannot be run under, for this reason.
  case none(reason: String)
}

extension Fact {
  /// The runs of this scenario that the row is about, by what it says in "set by".
  func variants(of scenario: Declaration) -> FactRuns {
    if let exact = scenario.conditions(everyTimer: true).first(where: { $0.setBy.isFolded(setBy) }) {
      return .under([exact])
    }
    guard let named = [Condition](setBy: setBy) else {
      return setBy.mayNameCondition
        ? .none(reason: "\"\(setBy)\" is not understood: expected NAME: VALUE, as tcp_fin_timeout: 30") : .all
    }
    var own: [Condition] = []
    var ofHosts: [Condition] = []
    let given = scenario.figure(what).map(scenario.given(for:)) ?? scenario.given.map(\.condition)
    for condition in named {
      let same = given.filter { $0.name.isFolded(condition.shortName) }
      if let set = same.first {
        // Some of its runs may set it otherwise, or one run one after the other.
        if same.contains(where: { $0.value.isFolded(condition.value) }) { continue }
        if !scenario.conditions.joined().contains(where: { $0.name.isFolded(condition.shortName) }) {
          return .none(reason: "the figure is measured with \(set)")
        }
      }
      let known = scenario.conditions.joined().filter { $0.name.isFolded(condition.shortName) }
      if let parameter = known.first, parameter.isParameter {
        if let objection = Self.objection(to: condition.value, of: parameter.name) {
          return .none(reason: objection)
        }
        own.append(Condition(parameter.name, condition.value))
      } else if let same = known.first(where: { $0.value.isFolded(condition.value) }) {
        own.append(same)
      } else if !known.isEmpty {
        let values = Set(known.map(\.description)).sorted().joined(separator: "; ")
        return .none(reason: "the scenario runs only under: \(values)")
      } else if condition.isSetting {
        ofHosts.append(condition.ofHosts)
      } else if condition.isParameter {
        return .none(reason: "the scenario does not set it" + scenario.hint(for: condition))
      } else {
        return .all
      }
    }
    return .under(scenario.plainest(own, leaving: scenario.figure(what)).map { $0 + ofHosts })
  }

  /// The reason why a scenario is not run under this value; nil where it is.
  private static func objection(to value: String, of name: String) -> String? {
    if name == "TCP_CONGESTION" { return nil }
    guard let number = Int(value) else { return "expected a number" }
    guard let range = ranges[name], !range.contains(number) else { return nil }
    return
      "expected \(range.lowerBound) to \(range.upperBound): the kernel refuses other values, or they take minutes"
  }

  /// The values that the kernel takes; of those that are waited out, only what takes less than two minutes: each step
  /// more takes twice as long.
  private static let ranges: [String: ClosedRange<Int>] = [
    "tcp_retries2": 0...8, "tcp_orphan_retries": 0...8, "tcp_syn_retries": 1...6, "TCP_SYNCNT": 1...6,
    "tcp_synack_retries": 0...5, "TCP_USER_TIMEOUT": 0...60_000, "TCP_KEEPIDLE": 1...32767,
    "TCP_KEEPINTVL": 1...32767, "TCP_KEEPCNT": 1...127, "TCP_MAXSEG": 88...32767,
  ]

  /// Tells whether the row is about this run.
  func isMeant(for variant: Variant, in catalogue: Catalogue) -> Bool {
    guard case .scenario(let name) = variant.subject, let scenario = catalogue[name] else { return false }
    switch variants(of: scenario) {
    case .all: return !scenario.isForeign(variant.conditions)
    case .under(let all): return all.contains { Set($0) == Set(variant.conditions) }
    case .none: return false
    }
  }
}

extension Declaration {
  /// The conditions of the runs that have these parameters and values, and nothing else that may be left out.
  ///
  /// A condition that is no parameter (`first FIN by: close()`) is taken from the declaration, where a row does not
  /// name it; a setting of the hosts, for which there is nothing of the scenario's own, comes on top of its plainest
  /// runs.
  fileprivate func plainest(_ own: [Condition], leaving figure: Figure?) -> [[Condition]] {
    let left = figure.map { conditions(of: $0, everyTimer: false) } ?? conditions
    let bases = left.isEmpty ? conditions : left
    let fewest = bases.map(\.count).min() ?? 0
    if own.isEmpty { return bases.filter { $0.count == fewest } }
    var all: [[Condition]] = []
    for base in bases where own.allSatisfy({ mine in base.contains { $0.name == mine.name } }) {
      let rest = base.filter { theirs in !theirs.isParameter && !own.contains { $0.name == theirs.name } }
      if !all.contains(rest + own) { all.append(rest + own) }
    }
    return all.isEmpty ? [own] : all
  }

  /// Tells whether conditions are not declared, but those of another row of a page.
  fileprivate func isForeign(_ ran: [Condition]) -> Bool {
    ran.contains(where: \.isParameter) && !conditions(everyTimer: true).contains { Set($0) == Set(ran) }
  }

  /// A question that names what it sets under nearly the same name.
  fileprivate func hint(for condition: Condition) -> String {
    let names = Set(conditions.joined().map(\.name)).union(figures.flatMap { $0.settings.map(\.sysctl) })
      .sorted()
    return Nearest.question(about: condition.shortName, among: names).map { "; \($0)" } ?? ""
  }
}
