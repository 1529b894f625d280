extension Picture.Remark {
  /// The lines below a rung: nothing where it is confirmed, both values where they differ.
  func paragraphs(glyphs: Glyphs) -> [Paragraph] {
    let values = seen.isEmpty ? expected : "\(expected) \(glyphs.becomes) \(seen)"
    switch mark {
    case .confirmed:
      return []
    case .simplified:
      // Who simplifies for learners is not wrong: one quiet line.
      return [Paragraph(reason ?? values, .soft, label: "\(mark.words): ")]
    case .contradicted, .conditional:
      // One above the other the two say themselves where they differ.
      return Paragraph.both(expected: expected, seen: seen, mark: mark)
    case .undecided, .unobservable, .leftOut:
      return [Paragraph(reason ?? values, .faint, label: "\(mark.rawValue): ")]
    }
  }
}
