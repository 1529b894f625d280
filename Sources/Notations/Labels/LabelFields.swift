import Documents
import TCP

/// Sequence numbers, acknowledgment numbers and lengths, by the names that people have for them.
extension LabelReader {
  enum Field { case sequence, acknowledgment, length, other }

  static let lengths: Set = ["len", "length", "size"]
  static let others: Set = [
    "win", "window", "wnd", "rwnd", "mss", "wscale", "ws", "sack_perm", "sackok", "tsval", "tsecr", "val",
    "ecr", "ttl", "id",
    "port", "mtu", "ts",
  ]

  /// Words that begin the next field, and so are no number.
  static let fieldNames = lengths.union(others).union(["seq", "ack", "data"])

  func fieldHere() -> Field? {
    guard let token = next else { return nil }
    let word = token.text.lowercased()
    switch token.kind {
    case .word:
      if word == "data", self.token(1)?.isSign("=") == true || self.token(1)?.text.lowercased() == "len" {
        return .length
      }
      if Self.lengths.contains(word) { return .length }
      if Self.others.contains(word) { return .other }
      if Words.acknowledgment.areIn(word) { return .acknowledgment }
      if Words.sequence.areIn(word) { return .sequence }
      return nil
    case .foreign:
      if Words.acknowledgment.areIn(word) { return .acknowledgment }
      return Words.sequence.areIn(word) ? .sequence : nil
    case .number, .sign: return nil
    }
  }

  static let fieldNouns: Set = [
    "number", "no", "num", "nr", "#", "번호", "番号", "号", "號", "is", "为", "は", "len", ".",
  ]

  mutating func readField() -> Bool {
    guard let field = fieldHere() else { return false }
    let start = place
    let name = tokens[place]
    place += 1
    while let token = next, Self.fieldNouns.contains(token.text.lowercased()), place - start < 4 {
      place += 1
    }
    let isNamed = next?.isSign("=") == true || next?.isSign(":") == true
    if isNamed { place += 1 }
    if field == .length || field == .other { return readCount(field, isNamed, start) }
    if field == .acknowledgment, isNamed, next?.isSign("-") == true, token(1)?.kind != .word {
      place += 1
      acknowledgments.append((.absent, false))
      return true
    }
    let isParenthesized = !isNamed && next?.isSign("(") == true
    if isParenthesized { place += 1 }
    let numberPlace = place
    guard let number = readNumber(isNamed: isNamed), !isParenthesized || next?.isSign(")") == true else {
      // `ACK` without a number is a flag; `seq` without one is a word.
      let isUnread = isNamed && numberPlace < tokens.count && tokens[numberPlace].kind != .sign
      if isUnread, !(tokens[numberPlace - 1].isSign(":") && Self.flags(named: name.text) != nil) {
        let end = min(numberPlace + 3, tokens.count) - 1
        label.unread =
          label.unread ?? text.lowercased(name.range.lowerBound..<tokens[end].range.upperBound)
        place = numberPlace
        return true
      }
      place = start
      if field == .acknowledgment, Self.flags(named: name.text) != nil { return false }
      place += 1
      return true
    }
    if field == .sequence {
      if let known = pattern.sequence, known != number {
        label.unread = label.unread ?? "two sequence numbers"
      }
      pattern.sequence = number
    } else {
      acknowledgments.append((.number(number), name.text == "ACK" && isNamed && number == .literal(1)))
      // `ACK J+1` and `ACK, ack=…` alike say that the flag is set.
      if name.text == "ACK", !isNamed { add(.ack) }
    }
    return true
  }

  mutating func readCount(_ field: Field, _ isNamed: Bool, _ start: Int) -> Bool {
    guard case .number(let count)? = next?.kind else {
      place = start
      guard field == .length, tokens[start].text.lowercased() == "data" else {
        place += 1
        label.others += 1
        return true
      }
      return false
    }
    place += 1
    if field == .length { setLength(count) }
    return true
  }

  /// `1000`, `x`, `x + 1`, `client_isn+1`, `ISN(C)`, `100+1`.
  ///
  /// - Parameter isNamed: true if the name of a field and `=` stand before it. Then any word is a name.
  mutating func readNumber(isNamed: Bool) -> SegmentPattern.Number? {
    guard let token = next else { return nil }
    switch token.kind {
    case .number(let value):
      if let glued = self.token(1), !glued.isSpaced, glued.isWord { return nil }
      place += 1
      var total = value
      if let distance = readDistance() {
        total = distance < 0 ? total &- UInt64(-distance) : total + UInt64(distance)
        if next?.isSign("=") == true, case .number(let sum)? = self.token(1)?.kind {
          total = sum
          place += 2
        }
      }
      guard total <= UInt32.max else {
        label.unread = label.unread ?? token.text
        return nil
      }
      return .literal(UInt32(total))
    case .word, .foreign:
      guard Flags(name: token.text) == nil, State(name: token.text) == nil,
        !Self.fieldNames.contains(token.text.lowercased())
      else { return nil }
      // Of other scripts only a Greek letter is a name.
      if token.kind == .foreign, token.text.unicodeScalars.contains(where: { !(0x370...0x3FF ~= $0.value) }) {
        return nil
      }
      let isShort = token.text.filter(\.isLetter).count == 1
      let lower = token.text.lowercased()
      guard isNamed || isShort || token.text.contains("_") || lower.hasPrefix("isn") || lower.hasSuffix("isn")
      else {
        return nil
      }
      var name = token.text
      let start = place
      place += 1
      if lower == "isn", next?.isSign("(") == true, let owner = self.token(1), owner.isWord,
        self.token(2)?.isSign(")") == true
      {
        name += "_" + owner.text
        place += 3
      }
      let distance = readDistance()
      // A word of a sentence is no name; nor is one to which another name is added.
      if let behind = next,
        (behind.isWord && Self.flags(named: behind.text) == nil && !isShort) || behind.isSign("+")
          || behind.isSign("*")
      {
        let isFlagNext = behind.isSign("+") && self.token(1).map { Self.flags(named: $0.text) != nil } == true
        guard isFlagNext || (behind.isWord && distance != nil) else {
          place = start
          return nil
        }
      }
      return .variable(name: name, plus: distance ?? 0)
    case .sign: return nil
    }
  }

  mutating func readDistance() -> Int? {
    guard let sign = next, sign.isSign("+") || sign.isSign("-"), case .number(let value)? = token(1)?.kind,
      value <= UInt32.max
    else { return nil }
    place += 2
    return sign.isSign("+") ? Int(value) : -Int(value)
  }

  mutating func readOctets() -> Bool {
    guard case .number(let count)? = next?.kind, let unit = token(1), unit.kind != .sign,
      Words.octets.areIn(unit.text.lowercased()) || unit.text == "B"
    else { return false }
    setLength(count)
    place += 2
    return true
  }

  mutating func setLength(_ count: UInt64) {
    guard count > 0 else { return }
    guard pattern.length == nil || pattern.length == Int(clamping: count),
      count <= UInt64(SegmentReader.longest)
    else {
      label.unread = label.unread ?? "\(count) bytes"
      return
    }
    pattern.length = Int(clamping: count)
  }
}
