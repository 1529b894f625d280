package import Traces

/// The kinds of difference between two records, by who notices it.
package enum ChangeKind: String, CaseIterable, Sendable {
  case programs, operators, packets, settings

  package init(_ notice: Figure.Notice) {
    self =
      switch notice {
      case .programs: .programs
      case .operators: .operators
      case .packets: .packets
      }
  }
}

extension ChangeKind {
  /// The place in an order of consequence.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Set<ChangeKind> {
  package static let all = Set(ChangeKind.allCases)
}

extension Comparison {
  /// Tells whether this change is one that the person asked to be told of by the exit status.
  package func isFailure(_ change: Change) -> Bool {
    change.accepted == nil && failsOn.contains(ChangeKind(change.notice))
  }

  package func isFailure(_ setting: SettingChange) -> Bool {
    setting.accepted == nil && failsOn.contains(.settings)
  }

  /// The number of differences that the exit status tells of.
  package var failureCount: Int { changes.count(where: isFailure) + settings.count(where: isFailure) }
}

extension KernelTable {
  /// Tells whether something of these kinds is not the same in all records.
  package func hasFailures(on kinds: Set<ChangeKind>) -> Bool {
    rows.contains { !$0.isSame && kinds.contains($0.kind) }
  }
}
