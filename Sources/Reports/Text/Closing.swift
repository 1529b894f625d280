/// The last words of a demonstration: paragraphs under a title, each wrapped.
package struct Closing: Equatable, Sendable {
  package var sections: [(title: String, paragraphs: [String])]

  package init(_ sections: [(title: String, paragraphs: [String])] = []) { self.sections = sections }

  package static func == (first: Closing, second: Closing) -> Bool {
    first.sections.elementsEqual(second.sections) { $0.title == $1.title && $0.paragraphs == $1.paragraphs }
  }

  /// The text behind a report of this format; nothing where a machine reads it, for the figures are in the run.
  package func rendered(as format: Format, style: Style = Style()) -> String {
    switch format {
    case .terminal: terminal(style)
    case .markdown, .mermaid:
      sections.map { section in
        "\n## \(section.title)\n" + section.paragraphs.map { "\n\($0)\n" }.joined()
      }.joined()
    default: ""
    }
  }

  private func terminal(_ style: Style) -> String {
    var lines: [Line] = []
    for section in sections {
      lines += [Line(), Line(section.title, .strong)]
      for paragraph in section.paragraphs {
        lines += wrapped(paragraph, to: style.width - 2).map { .blank(2) + Line($0) }
      }
    }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }
}
