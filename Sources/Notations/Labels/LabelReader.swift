import Documents
import TCP

/// Goes through a label once. Words that say nothing of TCP are passed over; what looks like a part of a segment and
/// cannot be read makes the label unread.
struct LabelReader {
  let text: LabelText
  let tokens: [LabelToken]
  var place = 0
  var label = Label()
  var pattern = SegmentPattern()
  /// Flags that stand together, without another word between them.
  var groups: [Flags] = []
  var isGroupOpen = false
  /// `ack` in small letters with no number, which may be the flag or a word of prose.
  var hasSmallAck = false
  /// Tells whether a flag is said to be set or not, as `SYN=0`.
  var hasBits = false
  var acknowledgments: [(number: SegmentPattern.Acknowledgment, mayBeFlag: Bool)] = []
  /// A word that is no flag before the parentheses of a segment's numbers.
  var unknownName: String?
  /// Words in capitals that are nearly a flag, with no flag beside them.
  var lonelyNames: [String] = []
  /// The number of flags in small letters of which two are swapped.
  var swappedCount = 0
  /// The place behind the last state.
  var lastStateEnd = 0

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

  var next: LabelToken? { place < tokens.count ? tokens[place] : nil }
  func token(_ distance: Int) -> LabelToken? {
    place + distance < tokens.count ? tokens[place + distance] : nil
  }

  /// Words that stand around a segment's name and say nothing.
  static let fillers: Set = [
    "packet", "packets", "segment", "segments", "message", "bit", "flag", "flags", "set", "tcp", "the", "a",
    "an", "step", "with", "and", "of", "paquete", "segmento", "paket", "paquet", "un", "une", "el", "la",
    "ein", "eine",
  ]

  mutating func passOver() {
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
      noteUnknownFlag(place - 1)
      noteUnknownState(place - 1)
      label.others += 1
      isGroupOpen = false
    }
  }
}

extension LabelReader {
  mutating func readState() -> Bool {
    guard let (state, count) = stateHere() else { return false }
    let begin = tokens[place].range.lowerBound
    let context = text.lowercased(lastStateEnd..<begin)
    place += count
    let follows = label.states.last?.followsArrival == true || Receipt.isTold(in: context)
    label.states.append(Label.NamedState(state: state, context: context, followsArrival: follows))
    lastStateEnd = tokens[place - 1].range.upperBound
    isGroupOpen = false
    // `CLOSING (ACK received)`
    if next?.isSign("(") == true, let close = tokens[place...].firstIndex(where: { $0.isSign(")") }),
      Receipt.isTold(in: text.lowercased(lastStateEnd..<tokens[close].range.lowerBound))
    {
      label.states[label.states.count - 1].followsArrival = true
    }
    // An arrow right behind a state leads to what it becomes.
    var after = place
    while after < tokens.count, tokens[after].isSign(")") || tokens[after].isSign("]") { after += 1 }
    if after < tokens.count, tokens[after].isSign("→") {
      let start = place
      place = after + 1
      while next?.isSign("[") == true || next?.isSign("(") == true { place += 1 }
      if let (state, count) = stateHere() {
        let before = label.states.count - 1
        label.states[before].previous = label.states[before].state
        label.states[before].state = state
        place += count
        lastStateEnd = tokens[place - 1].range.upperBound
      } else {
        place = start
      }
    }
    return true
  }

  /// The state that begins here, with the number of its tokens.
  func stateHere() -> (State, Int)? {
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

extension LabelReader {
  mutating func readCall() -> Bool {
    guard let name = next, name.isWord, let open = token(1), open.isSign("("), !open.isSpaced else {
      return false
    }
    guard let close = tokens[place...].prefix(6).firstIndex(where: { $0.isSign(")") }) else { return false }
    let argument = tokens[(place + 2)..<close].map(\.text).joined()
    guard let call = Call("\(name.text)(\(argument))") else {
      noteUnreadCall(place...close)
      return false
    }
    label.calls.append(call)
    place = close + 1
    isGroupOpen = false
    return true
  }
}

extension LabelReader {
  mutating func finish() {
    let lower = text.lowercased(0..<text.scalars.count)
    label.isLost = Words.lost.areIn(lower)
    label.isTimeout = Words.timeout.areIn(lower)
    label.isAgain = Words.again.areIn(lower)
    label.isSending = Words.sends.areIn(lower)
    label.isReceived = Receipt.isTold(in: lower)
    label.isUponArrival = label.isReceived && (Words.after.areIn(lower) || Words.upon.areIn(lower))
    pattern.flags = flags()
    setAcknowledgment()
    noteMissingFlag()
    noteNearFlags()
    noteQualifier()
    let isFlag = label.others == 0 || (label.isSending && label.others <= 2)
    if hasSmallAck, isFlag, pattern.acknowledgment == nil || !pattern.flags.isEmpty {
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

  static let denials = [
    "no data", "without data", "无数据", "不带数据", "不携带数据", "데이터 없", "データなし", "sin datos", "sem dados",
    "без данных",
  ]

  /// The flags of the label. Groups of flags with other words between them are of one segment only where one repeats
  /// the other.
  mutating func flags() -> Flags {
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
  mutating func setAcknowledgment() {
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
