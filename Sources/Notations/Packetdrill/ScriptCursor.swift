import Documents

/// Something in a script that cannot be read: where, what, and what was expected.
struct ScriptFault: Error, Equatable {
  var line: Int
  var text: String
  var expected: String

  var unread: Page.Unread {
    Page.Unread(line: line, text: text, kind: .other("expected \(expected)"))
  }
}

/// A place among the tokens of a script.
struct ScriptCursor {
  let tokens: [ScriptToken]
  /// The text in place of some words of the script: constants that its runner defines.
  var definitions: [String: String]
  private(set) var place = 0

  init(_ tokens: [ScriptToken], definitions: [String: String] = [:]) {
    self.tokens = tokens
    self.definitions = definitions
  }

  var current: ScriptToken? { place < tokens.count ? tokens[place] : nil }
  var next: ScriptToken? { place + 1 < tokens.count ? tokens[place + 1] : nil }
  var isAtEnd: Bool { current == nil }

  /// The token that was taken last.
  var previous: ScriptToken? { place > 0 ? tokens[place - 1] : nil }

  mutating func advance() { if place < tokens.count { place += 1 } }

  func fault(_ expected: String) -> ScriptFault {
    if let current {
      if case .fault(let better) = current.kind {
        return ScriptFault(line: current.line, text: short(current.text), expected: better)
      }
      return ScriptFault(line: current.line, text: short(current.text), expected: expected)
    }
    return ScriptFault(line: tokens.last?.line ?? 1, text: "the end of the file", expected: expected)
  }

  private func short(_ text: String) -> String {
    let line = text.split(separator: "\n", omittingEmptySubsequences: true).first.map(String.init) ?? text
    return line.count > 60 ? line.prefix(57) + "..." : line
  }

  func isSign(_ sign: Character) -> Bool { current?.kind == .sign(sign) }
  func isWord(_ word: String) -> Bool { current?.kind == .word && current?.text == word }

  mutating func take(sign: Character) -> Bool {
    guard isSign(sign) else { return false }
    advance()
    return true
  }

  mutating func take(word: String) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }

  mutating func expect(_ sign: Character, _ expected: String? = nil) throws(ScriptFault) {
    guard take(sign: sign) else { throw fault(expected ?? "\(sign)") }
  }

  mutating func word(_ expected: String) throws(ScriptFault) -> String {
    guard let current, current.kind == .word else { throw fault(expected) }
    advance()
    return current.text
  }

  /// A whole number in this range, written in any way.
  mutating func integer(_ range: ClosedRange<Int>, _ expected: String) throws(ScriptFault) -> Int {
    switch definedValue {
    case .integer(let value)?, .hexadecimal(let value)?:
      guard range.contains(value) else {
        throw fault("\(expected) from \(range.lowerBound) to \(range.upperBound)")
      }
      advance()
      return value
    default: throw fault(expected)
    }
  }

  /// The current token's kind, or that of what is defined for its word.
  var definedValue: ScriptToken.Kind? {
    guard let current else { return nil }
    guard current.kind == .word, let text = definitions[current.text] else { return current.kind }
    let tokens = ScriptScanner.tokens(of: text)
    return tokens.count == 1 ? tokens[0].kind : .word
  }

  /// The current token's text, or what is defined for its word.
  var definedText: String? { current.map { definitions[$0.text] ?? $0.text } }

  /// Goes on to the beginning of the next event: a time or a command at the beginning of a line.
  mutating func skipToNextEvent() {
    advance()
    while let current {
      if current.isFirst, isAtEvent { return }
      advance()
    }
  }

  /// Tells whether the current token can begin an event.
  var isAtEvent: Bool {
    switch current?.kind {
    case .sign("+")?, .sign("*")?, .decimal?, .integer?, .shell?: true
    default: false
    }
  }
}
