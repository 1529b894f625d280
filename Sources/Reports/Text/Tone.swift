/// The role of a piece of text; its appearance is decided in one place.
package enum Tone: Equatable, Sendable {
  case plain, strong, faint, good, bad, soft, accent

  /// The parameter of Select Graphic Rendition (ECMA-48 8.3.117), or nil where nothing changes.
  fileprivate var rendition: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .faint: "2"
    case .good: "32"
    case .bad: "31"
    case .soft: "33"
    case .accent: "36"
    }
  }
}

extension Line {
  /// The line as it goes to the terminal, without blanks at its end.
  package func painted(color: Bool) -> String {
    var text = ""
    var blanks = ""
    for span in spans {
      let body = span.text.trimmingBlanksAtEnd
      if !body.isEmpty {
        text += blanks
        blanks = ""
        if color, let rendition = span.tone.rendition {
          text += "\u{1B}[\(rendition)m\(body)\u{1B}[0m"
        } else {
          text += body
        }
      }
      blanks += span.text.dropFirst(body.count)
    }
    return text
  }
}

extension String {
  fileprivate var trimmingBlanksAtEnd: Substring {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return text
  }
}
