/// Text that leaves for a person: on a terminal, in a report, in a message. Names of files and processes, pages and
/// records may hold anything.
extension StringProtocol {
  /// The text with a sign (U+FFFD) in the place of each character that would steer a terminal or a reader's eye instead
  /// of being seen (see ``Unicode/Scalar/isVisible``). Line feeds and tabs stay.
  package var visible: String {
    // Nearly every text is visible, and a report may be long.
    if isVisible { return String(self) }
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      text.append(scalar.isVisible || scalar == "\n" || scalar == "\t" ? scalar : "\u{FFFD}")
    }
    return String(text)
  }

  /// Tells whether no character of it would be replaced.
  package var isVisible: Bool {
    var octets = utf8[...]
    // What is not ASCII is looked at by itself, between two stretches that are.
    while let place = octets.firstIndex(where: { !(0x20..<0x7F ~= $0 || $0 == 0x0A || $0 == 0x09) }) {
      let scalar = unicodeScalars[place]
      guard scalar.isVisible else { return false }
      octets = octets[unicodeScalars.index(after: place)...]
    }
    return true
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
