import Documents
import TCP

/// Flags: `SYN`, `SYN=1`, `SYNACK`, and the number that stands behind one.
extension LabelReader {
  mutating func readFlag() -> Bool {
    guard let token = next, token.isWord, let flags = Self.flags(named: token.text) else { return false }
    if token.text == "ack" || token.text == "Ack" {
      // `syn-ack`, `syn, ack`
      if isGroupOpen { add(.ack) } else { hasSmallAck = true }
      place += 1
      return true
    }
    place += 1
    // SYN=1, FIN=0.
    if let sign = next, sign.isSign("=") || (sign.isSign(":") && isBit(self.token(1))), isBit(self.token(1)) {
      place += 1
      let isSet = next?.kind == .number(1)
      hasBits = true
      place += 1
      guard isSet else { return true }
    } else if flags == .syn || flags == .fin {
      readNumberBehindFlag()
    }
    add(flags)
    return true
  }

  func isBit(_ token: LabelToken?) -> Bool { token?.kind == .number(0) || token?.kind == .number(1) }

  mutating func add(_ flags: Flags) {
    if isGroupOpen, let last = groups.indices.last {
      groups[last].formUnion(flags)
    } else {
      groups.append(flags)
    }
    isGroupOpen = true
  }

  /// `SYN`, `syn`, `SYNACK`, `SYN_ACK`, `RESET`.
  static func flags(named word: String) -> Flags? {
    if let flag = Flags(name: word) { return flag }
    let isMixed = word != word.uppercased() && word != word.lowercased() && word != word.capitalizedFirst
    guard !isMixed else { return nil }
    let upper = word.uppercased()
    guard upper == word || upper.count == 6 || word.contains("_") else { return nil }
    if upper == "RESET" { return .rst }
    var parts = upper.split(separator: "_").map(String.init)
    if parts.count == 1, upper.count == 6 { parts = [String(upper.prefix(3)), String(upper.suffix(3))] }
    guard parts.count > 1 else { return nil }
    var flags: Flags = []
    for part in parts {
      guard let flag = Flags(name: part) else { return nil }
      flags.insert(flag)
    }
    return flags
  }

  /// `SYN J`, `SYN(x)`, `FIN M`: the sequence number.
  mutating func readNumberBehindFlag() {
    guard pattern.sequence == nil, let token = next else { return }
    let start = place
    let isInParentheses = token.isSign("(")
    if isInParentheses { place += 1 }
    if let number = readNumber(isNamed: false) {
      let end = next
      if isInParentheses, end?.isSign(")") == true {
        place += 1
        pattern.sequence = number
        return
      }
      if !isInParentheses, token.isSpaced, end == nil || end?.kind == .sign {
        pattern.sequence = number
        return
      }
    }
    place = start
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
