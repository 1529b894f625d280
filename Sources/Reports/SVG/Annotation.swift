import Claims

extension Picture.Row {
  /// The text below the row's arrow: the kernel's reason, and the document's segment where it differs from the kernel's;
  /// each with the name of its style.
  var annotations: [(form: String, text: String)] {
    var all: [(form: String, text: String)] = reasons.map { ("faint", $0) }
    for remark in remarks.sorted(by: { $0.mark < $1.mark }) {
      let text: String
      switch remark.mark {
      case .confirmed, .unobservable, .leftOut: continue
      case .contradicted where remark.isExtra: text = "not in the document"
      case .contradicted, .simplified, .conditional: text = "document: \(remark.expected)"
      case .undecided: text = "undecided: \(remark.expected)"
      }
      if !all.contains(where: { $0.text == text }) { all.append((remark.mark.form, text)) }
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
