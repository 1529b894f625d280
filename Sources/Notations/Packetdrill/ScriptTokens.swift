/// A word or sign of a packetdrill script.
struct ScriptToken: Equatable {
  var kind: Kind
  /// The token as it stands in the file.
  var text: String
  /// The line that it begins in, counted from 1.
  var line: Int
  /// True if nothing but spaces stands before it in its line.
  var isFirst: Bool
  /// Its place in the file, in octets.
  var range: Range<Int>

  enum Kind: Equatable {
    case word
    case integer(Int)
    case hexadecimal(Int)
    /// A number with a point; its value is read where it is needed.
    case decimal
    case string([UInt8])
    /// The text between back quotes.
    case shell(String)
    /// The text between %{ and }%.
    case code(String)
    /// `--name`
    case option(String)
    case address
    case ellipsis
    case sign(Character)
    /// Something that no token begins with, or that has no end; what was expected.
    case fault(expected: String)
  }
}

/// Cuts a script into tokens. The longest token that fits is taken, as packetdrill's own scanner does.
struct ScriptScanner {
  private let octets: [UInt8]
  private var place = 0
  private var line = 1
  private var isFirst = true
  private(set) var tokens: [ScriptToken] = []

  static func tokens(of text: String) -> [ScriptToken] {
    var scanner = ScriptScanner(octets: Array(text.utf8))
    scanner.scan()
    return scanner.tokens
  }

  private init(octets: [UInt8]) { self.octets = octets }

  private subscript(offset: Int) -> UInt8? { octets.indices.contains(offset) ? octets[offset] : nil }

  private func begins(with text: StaticString, at start: Int) -> Bool {
    let wanted = Array("\(text)".utf8)
    return start + wanted.count <= octets.count
      && octets[start..<(start + wanted.count)].elementsEqual(wanted)
  }

  private mutating func scan() {
    while let octet = self[place] {
      switch octet {
      case UInt8(ascii: "\n"):
        (line, isFirst) = (line + 1, true)
        place += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): place += 1
      case UInt8(ascii: "/") where begins(with: "//", at: place):
        while let next = self[place], next != UInt8(ascii: "\n") { place += 1 }
      case UInt8(ascii: "/") where begins(with: "/*", at: place): comment()
      case UInt8(ascii: "%") where begins(with: "%{", at: place):
        enclosed(to: end(of: "}%", from: place + 2), closing: 2, expected: "}% after the code") { .code($0) }
      case UInt8(ascii: "`"):
        enclosed(to: endOfQuote(UInt8(ascii: "`")), closing: 1, expected: "a closing back quote") {
          .shell($0)
        }
      case UInt8(ascii: "\""):
        enclosed(to: endOfQuote(UInt8(ascii: "\"")), closing: 1, expected: "a closing quotation mark") {
          unescaped($0).map { .string($0) } ?? .fault(expected: "a string of escapes such as \\x1f")
        }
      default: plain(octet)
      }
    }
  }

  private mutating func comment() {
    let close = end(of: "*/", from: place + 2) ?? octets.count
    line += octets[place..<close].count { $0 == UInt8(ascii: "\n") }
    place = close
  }

  /// The place behind the next of these two signs.
  private func end(of sign: StaticString, from start: Int) -> Int? {
    var place = start
    while place < octets.count {
      if begins(with: sign, at: place) { return place + 2 }
      place += 1
    }
    return nil
  }

  /// The place behind the quotation mark that closes the one here.
  private func endOfQuote(_ mark: UInt8) -> Int? {
    var next = place + 1
    while let octet = self[next] {
      if octet == mark { return next + 1 }
      next += octet == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private mutating func enclosed(
    to end: Int?, closing: Int, expected: String, _ kind: (String) -> ScriptToken.Kind
  ) {
    guard let end else {
      append(.fault(expected: expected), to: octets.count)
      return
    }
    let inner = String(decoding: octets[(place + closing)..<(end - closing)], as: UTF8.self)
    append(kind(inner), to: end)
  }

  private mutating func plain(_ octet: UInt8) {
    if begins(with: "...", at: place) { return append(.ellipsis, to: place + 3) }
    if begins(with: "--", at: place), let next = self[place + 2], isWord(next) {
      let end = endOfWord(from: place + 2)
      return append(.option(text(place + 2, end)), to: end)
    }
    let number = endOfNumber()
    let word = endOfWord(from: place)
    let address = endOfAddress()
    if let address, address >= max(number?.end ?? 0, word) { return append(.address, to: address) }
    if let number, number.end >= word {
      if number.isDecimal { return append(.decimal, to: number.end) }
      let value = Int(text(place, number.end))
      return append(value.map { .integer($0) } ?? .fault(expected: "a smaller number"), to: number.end)
    }
    if word > place {
      let text = text(place, word)
      if text.hasPrefix("0x"), text.count > 2, text.dropFirst(2).allSatisfy(\.isHexDigit) {
        let value = Int(text.dropFirst(2), radix: 16)
        return append(value.map { .hexadecimal($0) } ?? .fault(expected: "a smaller number"), to: word)
      }
      return append(.word, to: word)
    }
    // A character of several octets stays one token.
    var end = place + 1
    while let next = self[end], next & 0xC0 == 0x80 { end += 1 }
    let sign = text(place, end)
    append(sign.count == 1 ? .sign(Character(sign)) : .fault(expected: "a sign of ASCII"), to: end)
  }

  private func text(_ start: Int, _ end: Int) -> String {
    String(decoding: octets[start..<end], as: UTF8.self)
  }

  private mutating func append(_ kind: ScriptToken.Kind, to end: Int) {
    let range = place..<end
    tokens.append(
      ScriptToken(kind: kind, text: text(place, end), line: line, isFirst: isFirst, range: range))
    line += octets[range].count { $0 == UInt8(ascii: "\n") }
    isFirst = false
    place = end
  }

  private func isDigit(_ octet: UInt8?) -> Bool {
    octet.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? false
  }

  private func isHexDigit(_ octet: UInt8) -> Bool {
    isDigit(octet) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= octet | 0x20
  }

  private func isWord(_ octet: UInt8) -> Bool {
    isDigit(octet) || octet == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= octet
      || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= octet
  }

  private func endOfWord(from start: Int) -> Int {
    var end = start
    while let octet = self[end], isWord(octet) { end += 1 }
    return end
  }

  private func endOfDigits(from start: Int) -> Int {
    var end = start
    while isDigit(self[end]) { end += 1 }
    return end
  }

  private func endOfNumber() -> (end: Int, isDecimal: Bool)? {
    let start = self[place] == UInt8(ascii: "-") ? place + 1 : place
    let whole = endOfDigits(from: start)
    if self[whole] == UInt8(ascii: "."), isDigit(self[whole + 1]) {
      return (endOfDigits(from: whole + 1), true)
    }
    return whole > start ? (whole, false) : nil
  }

  /// The end of an IPv4 address, or of an IPv6 address with a double colon or eight groups: `1:1001` is none.
  private func endOfAddress() -> Int? {
    var (end, parts) = (endOfDigits(from: place), 1)
    while end > place, self[end] == UInt8(ascii: "."), isDigit(self[end + 1]), parts < 4 {
      end = endOfDigits(from: end + 1)
      parts += 1
    }
    if parts == 4 { return end }
    end = place
    // No address is longer than 39 octets.
    var colons = 0
    while end < place + 40, let octet = self[end], octet == UInt8(ascii: ":") || isHexDigit(octet) {
      colons = octet == UInt8(ascii: ":") ? colons + 1 : 0
      // A row of them is not looked through from each of them.
      if colons == 3 { return nil }
      end += 1
    }
    guard end > place + 2 else { return nil }
    let groups = text(place, end).split(separator: ":", omittingEmptySubsequences: false)
    guard groups.allSatisfy({ $0.count <= 4 }) else { return nil }
    let empty = groups.dropFirst().dropLast().count { $0.isEmpty }
    return groups.count == 8 && empty == 0 || empty == 1 && groups.count <= 8 ? end : nil
  }
}

/// The octets of a string with escapes as C has them: `\x1f`, `\n`, `\\`.
private func unescaped(_ text: String) -> [UInt8]? {
  var octets: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let octet = rest.popFirst() {
    guard octet == UInt8(ascii: "\\") else {
      octets.append(octet)
      continue
    }
    switch rest.popFirst() {
    case UInt8(ascii: "x"):
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
      octets.append(value)
      rest = rest.dropFirst(2)
    case UInt8(ascii: "n"): octets.append(10)
    case UInt8(ascii: "t"): octets.append(9)
    case UInt8(ascii: "0"): octets.append(0)
    case let other?: octets.append(other)
    case nil: return nil
    }
  }
  return octets
}
