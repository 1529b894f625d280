import Claims

extension Picture.Row {
  /// What is written below the row's arrow: the document's word where it is another one than the kernel's.
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
  /// Whether the kernel did something that the document does not have.
  var isExtra: Bool { if case .extra = subject { true } else { false } }
}

extension Mark: Comparable {
  /// What is worth a look first comes first.
  package static func < (first: Mark, second: Mark) -> Bool { first.rank < second.rank }
  private var rank: Int { Mark.allCases.firstIndex(of: self) ?? Mark.allCases.count }
}
