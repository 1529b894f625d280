import Documents

/// A key of `tcpprobe live`, as a terminal or a file of keys gives it.
enum LiveKey: Equatable {
  case character(Character)
  case up, down, left, right, pageUp, pageDown, home, end, escape

  /// The keys in what a terminal has sent. What is no key of a person is left out.
  static func typed(_ octets: [UInt8]) -> [LiveKey] {
    var keys: [LiveKey] = []
    var rest = octets[...]
    while let octet = rest.popFirst() {
      switch octet {
      case 0x1B:
        // CSI or SS3, perhaps with parameters, and a final octet (ECMA-48 5.4).
        guard rest.first == UInt8(ascii: "[") || rest.first == UInt8(ascii: "O") else {
          keys.append(.escape)
          continue
        }
        rest.removeFirst()
        let parameters = rest.prefix { $0 < 0x40 }
        rest = rest.dropFirst(parameters.count)
        let number = Int(String(decoding: parameters.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self))
        if let final = rest.popFirst(), let key = key(final, number) { keys.append(key) }
      case 0x0A, 0x0D: keys.append(.character("d"))
      case 0x20..<0x7F: keys.append(.character(Character(UnicodeScalar(octet))))
      default: break
      }
    }
    return keys
  }

  /// The key of a control sequence; nil where none is meant here.
  private static func key(_ final: UInt8, _ parameter: Int?) -> LiveKey? {
    switch (final, parameter) {
    case (UInt8(ascii: "A"), _): .up
    case (UInt8(ascii: "B"), _): .down
    case (UInt8(ascii: "C"), _): .right
    case (UInt8(ascii: "D"), _): .left
    case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), 1), (UInt8(ascii: "~"), 7): .home
    case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), 4), (UInt8(ascii: "~"), 8): .end
    case (UInt8(ascii: "~"), 5): .pageUp
    case (UInt8(ascii: "~"), 6): .pageDown
    default: nil
    }
  }

  /// The keys of a file: each character is one. Ends of lines and what stands behind `#` are none; `_` is the space key,
  /// which a file may hide at the end of a line.
  static func written(_ text: String) -> [(key: LiveKey, line: Int)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
      line.prefix { $0 != "#" }.filter { $0 != "\r" && $0 != "\t" }.map {
        (key: LiveKey.character($0 == "_" ? " " : $0), line: index + 1)
      }
    }
  }
}

extension LiveKey: CustomStringConvertible {
  var description: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .up: "up"
    case .down: "down"
    case .left: "left"
    case .right: "right"
    case .pageUp: "PageUp"
    case .pageDown: "PageDown"
    case .home: "Home"
    case .end: "End"
    case .escape: "escape"
    }
  }
}
