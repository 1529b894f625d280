/// A text in one tone, perhaps behind a quiet label that its further lines are indented by.
package struct Paragraph: Equatable, Sendable {
  package var label: String
  package var text: String
  package var tone: Tone

  package init(_ text: String, _ tone: Tone = .plain, label: String = "") {
    self.label = label
    self.text = text
    self.tone = tone
  }

  package var width: Int { label.displayWidth + text.displayWidth }

  package func lines(in columns: Int) -> [Line] {
    let indent = label.displayWidth
    return wrapped(text, to: max(1, columns - indent)).enumerated().map { index, part in
      (index == 0 ? Line(label, .faint) : .blank(indent)) + Line(part, tone)
    }
  }
}

extension Paragraph {
  /// The document's value and the kernel's, one above the other.
  static func both(expected: String, seen: String, mark: Mark) -> [Paragraph] {
    // What was seen under several conditions stands in a line for each.
    let outcomes = mark == .conditional ? seen.replacing("), ", with: ")\n") : seen
    return [Paragraph(expected, label: "document "), Paragraph(outcomes, mark.tone, label: "kernel   ")]
  }
}
