/// A token of C source text, with its place.
package struct CToken: Equatable, Sendable {
  package enum Kind: Equatable, Sendable { case identifier, number, text, punctuation }

  package var kind: Kind
  package var text: String
  /// The place of its octets in the file.
  package var range: Range<Int>
  /// Counted from 1.
  package var line: Int
  /// True if no octet stands before it in its line.
  package var beginsLine: Bool
}

extension CToken {
  /// The tokens of a text. Comments and preprocessor lines are skipped; a text in quotes is one token.
  package static func all(in source: [UInt8]) -> [CToken] {
    var scanner = CScanner(source: source)
    return scanner.tokens()
  }
}

private struct CScanner {
  let source: [UInt8]
  private var place = 0
  private var line = 1
  /// True until the first token of a line.
  private var isAtBeginning = true

  init(source: [UInt8]) { self.source = source }

  /// Operators of more than one character, the longest first.
  private static let operators = [
    "<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=", "*=",
    "/=", "%=", "&=", "|=", "^=", "##",
  ].map { Array($0.utf8) }

  mutating func tokens() -> [CToken] {
    var tokens: [CToken] = []
    while skipBlanks() { tokens.append(next()) }
    return tokens
  }

  private func octet(_ offset: Int = 0) -> UInt8 {
    place + offset < source.count ? source[place + offset] : 0
  }

  private mutating func advance() {
    if octet() == UInt8(ascii: "\n") {
      line += 1
      isAtBeginning = true
    }
    place += 1
  }

  /// False at the end of the text.
  private mutating func skipBlanks() -> Bool {
    while place < source.count {
      switch (octet(), octet(1)) {
      case (UInt8(ascii: " "), _), (UInt8(ascii: "\t"), _), (UInt8(ascii: "\r"), _), (0x0C, _),
        (UInt8(ascii: "\n"), _):
        advance()
      case (UInt8(ascii: "\\"), UInt8(ascii: "\n")):
        advance()
        advance()
      case (UInt8(ascii: "/"), UInt8(ascii: "/")):
        while place < source.count, octet() != UInt8(ascii: "\n") { advance() }
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        skipComment()
      case (UInt8(ascii: "#"), _) where isAtBeginning: skipDirective()
      default: return true
      }
    }
    return false
  }

  private mutating func skipComment() {
    place += 2
    while place < source.count, !(octet() == UInt8(ascii: "*") && octet(1) == UInt8(ascii: "/")) { advance() }
    place += 2
  }

  private mutating func skipDirective() {
    while place < source.count, octet() != UInt8(ascii: "\n") {
      if octet() == UInt8(ascii: "/"), octet(1) == UInt8(ascii: "*") {
        skipComment()
      } else {
        // A line that ends with a backslash goes on.
        if octet() == UInt8(ascii: "\\") { advance() }
        if place < source.count { advance() }
      }
      if isAtBeginning, place > 1, source[place - 1] == UInt8(ascii: "\n") {
        guard place > 2, source[place - 2] == UInt8(ascii: "\\") else { return }
        isAtBeginning = false
      }
    }
  }

  private mutating func next() -> CToken {
    let (first, firstLine) = (place, line)
    let beginsLine = first == 0 || source[first - 1] == UInt8(ascii: "\n")
    let kind = consume()
    isAtBeginning = false
    place = min(place, source.count)
    return CToken(
      kind: kind, text: String(decoding: source[first..<place], as: UTF8.self), range: first..<place,
      line: firstLine, beginsLine: beginsLine)
  }

  private mutating func consume() -> CToken.Kind {
    let octet = octet()
    if Self.isLetter(octet) || Self.isDigit(octet) {
      while Self.isLetter(self.octet()) || Self.isDigit(self.octet()) { place += 1 }
      return Self.isDigit(octet) ? .number : .identifier
    }
    if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "'") {
      place += 1
      while place < source.count, self.octet() != octet {
        if self.octet() == UInt8(ascii: "\\") { advance() }
        advance()
      }
      place += 1
      return .text
    }
    let rest = source[place...]
    place += Self.operators.first { rest.starts(with: $0) }?.count ?? 1
    return .punctuation
  }

  private static func isDigit(_ octet: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet }

  private static func isLetter(_ octet: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= octet | 0x20 || octet == UInt8(ascii: "_")
  }
}
