/// Text that leaves for a person: on a terminal, in a report, in a message. Names of files and processes, pages and
/// records may hold anything.
extension StringProtocol {
  /// The text with a sign (U+FFFD) in the place of each character that would steer a terminal or a reader's eye instead
  /// of being seen (see ``Unicode/Scalar/isVisible``). Line feeds and tabs stay.
  package var visible: String {
    // Nearly every text is plain, and a report may be long.
    let isPlain = utf8.allSatisfy { 0x20..<0x7F ~= $0 || $0 == 0x0A || $0 == 0x09 }
    if isPlain { return String(self) }
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      text.append(scalar.isVisible || scalar == "\n" || scalar == "\t" ? scalar : "\u{FFFD}")
    }
    return String(text)
  }

  /// The same in one line.
  package var visibleLine: String {
    visible.replacing("\n", with: " ").replacing("\t", with: " ")
  }
}

extension Unicode.Scalar {
  /// Tells whether it is no control character (C0, DEL, C1), ends no line, and changes no direction of writing.
  package var isVisible: Bool {
    if value < 0x7F { return value >= 0x20 }
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return false
    default: return !properties.isBidiControl
    }
  }
}
