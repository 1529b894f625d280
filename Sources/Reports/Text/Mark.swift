package import Claims

/// How a verdict is shown: its kind, and apart from it what a document only simplifies.
package enum Mark: String, CaseIterable, Sendable {
  // In the order in which they are worth a look: the first is shown where there is room for one.
  case contradicted, undecided, simplified, conditional, unobservable, confirmed

  var tone: Tone {
    switch self {
    case .confirmed: .good
    case .contradicted: .bad
    case .simplified, .conditional, .undecided: .soft
    case .unobservable: .faint
    }
  }
}

extension Verdict {
  package var mark: Mark {
    switch kind {
    case .confirmed: .confirmed
    case .contradicted: isSimplified ? .simplified : .contradicted
    case .conditional: .conditional
    case .unobservable: .unobservable
    case .undecided: .undecided
    }
  }
}

extension Sequence<Mark> {
  /// The one that is worth a look first, or nil.
  package var foremost: Mark? {
    let all = Set(self)
    return Mark.allCases.first { all.contains($0) }
  }
}
