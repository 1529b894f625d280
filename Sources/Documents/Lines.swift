/// Text taken apart by octets: a page may be long, and everything that Markdown means is ASCII.

/// The lines of a text, without what ends them: LF, CR LF or CR. A byte order mark is left out.
package func lines(of text: String) -> [Substring] {
  var lines: [Substring] = []
  let octets = text.utf8
  var start = octets.startIndex
  if octets.starts(with: [0xEF, 0xBB, 0xBF]) { start = octets.index(start, offsetBy: 3) }
  var place = start
  while place < octets.endIndex {
    let octet = octets[place]
    let after = octets.index(after: place)
    if octet == .lineFeed || octet == .carriageReturn {
      lines.append(text[start..<place])
      let isPair = octet == .carriageReturn && after < octets.endIndex && octets[after] == .lineFeed
      start = isPair ? octets.index(after: after) : after
      place = start
    } else {
      place = after
    }
  }
  if start < octets.endIndex { lines.append(text[start...]) }
  return lines
}

extension Substring {
  /// Without the blanks and tabs at both ends.
  package var trimmed: Substring {
    guard let first = utf8.firstIndex(where: { !$0.isBlank }),
      let last = utf8.lastIndex(where: { !$0.isBlank })
    else { return self[endIndex...] }
    return Substring(utf8[first...last])
  }

  package var isBlank: Bool { utf8.allSatisfy(\.isBlank) }
}

extension UInt8 {
  package static let lineFeed = UInt8(ascii: "\n")
  package static let carriageReturn = UInt8(ascii: "\r")

  package var isBlank: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == .carriageReturn
  }
  package var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
  package var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
}

/// Blocks bring no line feeds of their own to where they are joined.
package func trimmed(_ block: String) -> String {
  var text = block[...]
  while text.last?.isNewline == true { text.removeLast() }
  return String(text)
}
