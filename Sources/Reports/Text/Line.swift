import Documents

/// A line of a report: pieces of text in a tone each, measured in columns before any escape code is in them.
package struct Line: Equatable, Sendable {
  package private(set) var spans: [Span] = []

  package struct Span: Equatable, Sendable {
    package var text: String
    package var tone: Tone
  }

  package init() {}

  /// Control characters become visible: a document's text must not steer the terminal.
  package init(_ text: some StringProtocol, _ tone: Tone = .plain) {
    guard !text.isEmpty else { return }
    spans = [Span(text: text.visibleLine, tone: tone)]
  }

  package var width: Int { spans.reduce(0) { $0 + $1.text.displayWidth } }
  package var isEmpty: Bool { spans.isEmpty }

  package static func + (first: Line, second: Line) -> Line {
    var line = first
    line.spans += second.spans
    return line
  }

  package static func += (first: inout Line, second: Line) { first = first + second }

  package static func blank(_ columns: Int) -> Line { Line(String(repeating: " ", count: max(0, columns))) }

  /// Filled up with blanks behind it.
  package func padded(to columns: Int) -> Line { self + .blank(columns - width) }

  /// Filled up with blanks in front of it.
  package func rightAligned(in columns: Int) -> Line { .blank(columns - width) + self }

  /// No wider than this: what is too much gives way to `mark`.
  package func clipped(to columns: Int, mark: String) -> Line {
    guard width > columns else { return self }
    var rest = columns - mark.displayWidth
    var line = Line()
    for span in spans {
      var text = ""
      for character in span.text {
        rest -= character.displayWidth
        guard rest >= 0 else { return line + Line(text + mark, span.tone) }
        text.append(character)
      }
      line += Line(text, span.tone)
    }
    return line
  }
}
