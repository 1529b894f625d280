package import Claims

/// The sign of a verdict: its kind, and apart from it what a document only simplifies.
package enum Mark: String, CaseIterable, Sendable {
  // In the order in which they are worth a look: the first is shown where there is room for one.
  case contradicted, undecided, simplified, conditional, unobservable, confirmed
  case leftOut = "left out"

  /// The verdict as a person reads it; ``rawValue`` is what machines read.
  package var words: String { self == .simplified ? "correct but incomplete" : rawValue }

  /// The class that pages and drawings style it by.
  var form: String { rawValue.replacing(" ", with: "-") }

  /// Tells whether nothing was seen that the document could be compared with.
  package var isOpen: Bool {
    switch self {
    case .undecided, .unobservable, .leftOut: true
    case .confirmed, .contradicted, .simplified, .conditional: false
    }
  }

  var tone: Tone {
    switch self {
    case .confirmed: .good
    case .contradicted: .bad
    case .simplified, .conditional, .undecided: .soft
    case .unobservable, .leftOut: .faint
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
    case .leftOut: .leftOut
    }
  }
}

extension Sequence<Mark> {
  /// The verdict on a page of these claims. A claim that cannot be seen, or that was left out, takes nothing from the
  /// others.
  package var ofPage: Mark {
    filter { ![.unobservable, .leftOut].contains($0) }.foremost ?? foremost ?? .undecided
  }

  /// The one that is worth a look first, or nil.
  package var foremost: Mark? {
    let all = Set(self)
    return Mark.allCases.first { all.contains($0) }
  }
}
