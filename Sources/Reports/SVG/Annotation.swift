import Claims

extension Picture.Row {
  /// The text below the row's arrow: the document's segment where it differs from the kernel's.
  var annotations: [(mark: Mark, text: String)] {
    var all: [(mark: Mark, text: String)] = []
    for remark in remarks.sorted(by: { $0.mark < $1.mark }) {
      let text: String
      switch remark.mark {
      case .confirmed, .unobservable, .leftOut: continue
      case .contradicted where remark.isExtra: text = "not in the document"
      case .contradicted, .simplified, .conditional: text = "document: \(remark.expected)"
      case .undecided: text = "undecided: \(remark.expected)"
      }
      if !all.contains(where: { $0.text == text }) { all.append((remark.mark, text)) }
    }
    return all
  }
}

extension Picture.Remark {
  /// True if the kernel did something that the document does not have.
  var isExtra: Bool { if case .extra = subject { true } else { false } }
}

extension Mark: Comparable {
  /// Orders marks by importance, the most important first.
  package static func < (first: Mark, second: Mark) -> Bool { first.rank < second.rank }
  private var rank: Int { Mark.allCases.firstIndex(of: self) ?? Mark.allCases.count }
}
