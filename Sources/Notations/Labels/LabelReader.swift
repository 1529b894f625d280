import Documents
import TCP

/// Goes through a label once. Words that say nothing of TCP are passed over; what looks like a part of a segment and
/// cannot be read makes the label unread.
struct LabelReader {
  private let text: LabelText
  private let tokens: [LabelToken]
  private var place = 0
  private var label = Label()
  private var pattern = SegmentPattern()
  /// Flags that stand together, without another word between them.
  private var groups: [Flags] = []
  private var isGroupOpen = false
  /// `ack` in small letters with no number, which may be the flag or a word of prose.
  private var hasSmallAck = false
  /// Tells whether a flag is said to be set or not, as `SYN=0`.
  private var hasBits = false
  private var acknowledgments: [(number: SegmentPattern.Acknowledgment, mayBeFlag: Bool)] = []
  /// The place behind the last state.
  private var lastStateEnd = 0

  init(_ text: String) {
    self.text = LabelText(text)
    tokens = self.text.tokens
  }

  mutating func read() -> Label {
    while place < tokens.count {
      if readState() || readCall() || readField() || readFlag() || readOctets() { continue }
      passOver()
    }
    finish()
    return label
  }

  private var next: LabelToken? { place < tokens.count ? tokens[place] : nil }
  private func token(_ distance: Int) -> LabelToken? {
    place + distance < tokens.count ? tokens[place + distance] : nil
  }

  /// Words that stand around a segment's name and say nothing.
  private static let fillers: Set = [
    "packet", "packets", "segment", "segments", "message", "bit", "flag", "flags", "set", "tcp", "the", "a",
    "an",
    "step", "with", "and", "of", "paquete", "segmento", "paket", "paquet", "un", "une", "el", "la", "ein",
    "eine",
  ]

  private mutating func passOver() {
    let token = tokens[place]
    place += 1
    switch token.kind {
    case .sign, .number: break
    case .foreign: isGroupOpen = isGroupOpen && token.text.count <= 3
    case .word:
      let word = token.text.lowercased()
      guard !Self.fillers.contains(word), !Words.sends.areIn(word), !Words.again.areIn(word),
        !Words.data.areIn(word)
      else { return }
      label.others += 1
      isGroupOpen = false
    }
  }
}

// MARK: States

extension LabelReader {
  private mutating func readState() -> Bool {
    guard let (state, count) = stateHere() else { return false }
    let begin = tokens[place].range.lowerBound
    let context = text.lowercased(lastStateEnd..<begin)
    place += count
    label.states.append(Label.NamedState(state: state, context: context))
    lastStateEnd = tokens[place - 1].range.upperBound
    isGroupOpen = false
    // An arrow right behind a state leads to what it becomes.
    var after = place
    while after < tokens.count, tokens[after].isSign(")") || tokens[after].isSign("]") { after += 1 }
    if after < tokens.count, tokens[after].isSign("→") {
      let start = place
      place = after + 1
      while next?.isSign("[") == true || next?.isSign("(") == true { place += 1 }
      if let (state, count) = stateHere() {
        let before = label.states.removeLast()
        label.states.append(Label.NamedState(state: state, context: before.context, previous: before.state))
        place += count
        lastStateEnd = tokens[place - 1].range.upperBound
      } else {
        place = start
      }
    }
    return true
  }

  /// The state that begins here, with the number of its tokens.
  private func stateHere() -> (State, Int)? {
    guard let first = next, first.isWord else { return nil }
    // FIN-WAIT-1 is five tokens, FIN WAIT 1 three.
    var name = first.text
    var count = 1
    var best: (State, Int)?
    func consider() {
      guard let state = State(name: name), !name.uppercased().hasSuffix("CLOSE") || name.contains("_") else {
        return
      }
      let isUpper = name == name.uppercased()
      let isAlone = tokens.count == count
      guard isUpper || isAlone || name.contains("_") else { return }
      best = (state, count)
    }
    consider()
    while count < 5, let sign = token(count) {
      var part = sign
      var step = 1
      if sign.isSign("-"), !sign.isSpaced, let behind = token(count + 1), !behind.isSpaced {
        part = behind
        step = 2
      } else if !sign.isSpaced || sign.text != sign.text.uppercased()
        || first.text != first.text.uppercased()
      {
        // `the last ACK` is a segment.
        break
      }
      switch part.kind {
      case .word, .number: break
      default: return best
      }
      name += "_" + part.text
      count += step
      consider()
    }
    return best
  }
}

// MARK: Calls and octets

extension LabelReader {
  private mutating func readCall() -> Bool {
    guard let name = next, name.isWord, let open = token(1), open.isSign("("), !open.isSpaced else {
      return false
    }
    guard let close = tokens[place...].prefix(6).firstIndex(where: { $0.isSign(")") }) else { return false }
    let argument = tokens[(place + 2)..<close].map(\.text).joined()
    guard let call = Call("\(name.text)(\(argument))") else { return false }
    label.calls.append(call)
    place = close + 1
    isGroupOpen = false
    return true
  }

  private mutating func readOctets() -> Bool {
    guard case .number(let count)? = next?.kind, let unit = token(1), unit.kind != .sign,
      Words.octets.areIn(unit.text.lowercased()) || unit.text == "B"
    else { return false }
    setLength(count)
    place += 2
    return true
  }

  private mutating func setLength(_ count: UInt64) {
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

// MARK: Flags

extension LabelReader {
  private mutating func readFlag() -> Bool {
    guard let token = next, token.isWord, let flags = Self.flags(named: token.text) else { return false }
    if token.text == "ack" || token.text == "Ack" {
      hasSmallAck = true
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

  private func isBit(_ token: LabelToken?) -> Bool { token?.kind == .number(0) || token?.kind == .number(1) }

  private mutating func add(_ flags: Flags) {
    if isGroupOpen, let last = groups.indices.last {
      groups[last].formUnion(flags)
    } else {
      groups.append(flags)
    }
    isGroupOpen = true
  }

  /// `SYN`, `syn`, `SYNACK`, `SYN_ACK`, `RESET`.
  private static func flags(named word: String) -> Flags? {
    let isMixed = word != word.uppercased() && word != word.lowercased() && word != word.capitalizedFirst
    guard !isMixed else { return nil }
    if let flag = Flags(name: word) { return flag }
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
  private mutating func readNumberBehindFlag() {
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
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst().lowercased() }
}

// MARK: Fields

extension LabelReader {
  private enum Field { case sequence, acknowledgment, length, other }

  private static let lengths: Set = ["len", "length", "size"]
  private static let others: Set = [
    "win", "window", "wnd", "rwnd", "mss", "wscale", "ws", "sack_perm", "sackok", "tsval", "tsecr", "val",
    "ecr", "ttl", "id",
    "port", "mtu", "ts",
  ]

  /// Words that begin the next field, and so are no number.
  private static let fieldNames = lengths.union(others).union(["seq", "ack", "data"])

  private func fieldHere() -> Field? {
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

  private static let fieldNouns: Set = [
    "number", "no", "num", "nr", "num", "#", "번호", "番号", "号", "號", "is", "为", "は", "len", ".",
  ]

  private mutating func readField() -> Bool {
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

  private mutating func readCount(_ field: Field, _ isNamed: Bool, _ start: Int) -> Bool {
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
  /// - Parameter isNamed: whether the name of a field and `=` stand before it. Then any word is a name.
  private mutating func readNumber(isNamed: Bool) -> SegmentPattern.Number? {
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

  private mutating func readDistance() -> Int? {
    guard let sign = next, sign.isSign("+") || sign.isSign("-"), case .number(let value)? = token(1)?.kind,
      value <= UInt32.max
    else { return nil }
    place += 2
    return sign.isSign("+") ? Int(value) : -Int(value)
  }
}

// MARK: The whole

extension LabelReader {
  private mutating func finish() {
    let lower = text.lowercased(0..<text.scalars.count)
    label.isLost = Words.lost.areIn(lower)
    label.isTimeout = Words.timeout.areIn(lower)
    label.isAgain = Words.again.areIn(lower)
    label.isSending = Words.sends.areIn(lower)
    label.isReceived = Receipt.isTold(in: lower)
    pattern.flags = flags()
    setAcknowledgment()
    if hasSmallAck, label.others == 0, pattern.acknowledgment == nil || !pattern.flags.isEmpty {
      pattern.flags.insert(.ack)
    }
    let hasData = Words.data.areIn(lower) && !Self.denials.contains { lower.contains($0) }
    if hasData, pattern.flags.isDisjoint(with: .control) { pattern.isData = true }
    if pattern.flags.isSuperset(of: .syn), !pattern.flags.contains(.ack),
      pattern.acknowledgment == .number(.literal(0))
    {
      pattern.acknowledgment = nil
    }
    let isNumbered = pattern.sequence != nil || pattern.acknowledgment != nil
    if !pattern.flags.isEmpty || isNumbered
      || (pattern.isData && (label.others <= 2 || pattern.length != nil))
    {
      label.segment = pattern
    }
  }

  private static let denials = [
    "no data", "without data", "无数据", "不带数据", "不携带数据", "데이터 없", "データなし", "sin datos", "sem dados",
    "без данных",
  ]

  /// The flags of the label. Groups of flags with other words between them are of one segment only where one repeats
  /// the other.
  private mutating func flags() -> Flags {
    var flags: Flags = []
    for group in groups {
      let isRepeated = flags.isEmpty || flags.isSubset(of: group) || group.isSubset(of: flags)
      if !isRepeated { label.unread = label.unread ?? "\(flags) and \(group)" }
      flags.formUnion(group)
    }
    return flags
  }

  /// `ACK=1` is the flag where another flag is set so, or another number is acknowledged, or a sequence number stands
  /// beside it and no flag ACK.
  private mutating func setAcknowledgment() {
    if let place = acknowledgments.firstIndex(where: \.mayBeFlag) {
      let isFlag =
        acknowledgments.count > 1 || hasBits
        || (pattern.sequence != nil && !pattern.flags.contains(.ack))
      if isFlag {
        acknowledgments.remove(at: place)
        pattern.flags.insert(.ack)
      }
    }
    guard let first = acknowledgments.first else { return }
    if acknowledgments.contains(where: { $0.number != first.number }) {
      label.unread = label.unread ?? "two acknowledgment numbers"
    }
    pattern.acknowledgment = first.number
  }
}
