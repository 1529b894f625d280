extension Picture.Remark {
  /// What is said below a rung: nothing where it is confirmed, both values where they differ.
  func paragraphs(glyphs: Glyphs) -> [Paragraph] {
    let values = seen.isEmpty ? expected : "\(expected) \(glyphs.becomes) \(seen)"
    switch mark {
    case .confirmed:
      return []
    case .simplified:
      // Who simplifies for learners is not wrong: one quiet line.
      return [Paragraph(reason ?? values, .soft, label: "simplified: ")]
    case .contradicted, .conditional:
      let why = reason.map { [Paragraph($0, .faint)] } ?? []
      return Paragraph.both(expected: expected, seen: seen, mark: mark) + why
    case .undecided, .unobservable:
      return [Paragraph(reason ?? values, .faint, label: "\(mark.rawValue): ")]
    }
  }
}
