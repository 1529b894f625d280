import Documents
import TCP

/// The reading of a cell as people write it, where ``Cell/Reading`` knows only the notation of ladders.
struct CellMeaning {
  let text: String
  /// The reading of what is sent, with all states of the cell.
  let label: Label
  /// Tells whether the cell is about an arrival, and about nothing that is sent.
  let isReceipt: Bool
  /// Tells whether the cell is empty, or says that there is nothing.
  let isSilent: Bool

  init(of text: String) {
    self.text = text
    isSilent = Self.isSilent(text)
    // Numbers alone are neither a segment nor a state.
    guard !isSilent, text.contains(where: \.isLetter) else {
      label = Label()
      isReceipt = false
      return
    }
    let part = SentPart(of: text)
    var label = Label(reading: part.text)
    if part.text != text { label.states = Label(reading: text).states }
    self.label = label
    isReceipt = part.isReceipt
  }

  /// The segment that the cell tells of, sent or received; nil where a part of it was not read.
  var segment: SegmentPattern? { label.unread == nil ? label.segment : nil }

  /// Tells whether it names flags.
  var hasFlags: Bool { !(segment?.flags.isEmpty ?? true) }

  /// Tells whether it is about a state, and no segment.
  var isState: Bool { !label.states.isEmpty && !hasFlags }

  /// Tells whether it is nearly a state's name, and no segment.
  var isMisspelledState: Bool { !label.unreadStates.isEmpty && !hasFlags }

  /// The states that hold one after the other.
  var states: [State] {
    var states: [State] = []
    for named in label.states where states.last != named.state { states.append(named.state) }
    // The state behind TIME_WAIT is 2 MSL away.
    if let place = states.firstIndex(of: .timeWait) { states.removeSubrange((place + 1)...) }
    return states
  }

  /// `—`, `nothing`, `无`, `(none)`.
  static func isSilent(_ text: String) -> Bool {
    guard text.utf8.count <= 60 else { return false }
    let words = text.lowercased().split { !$0.isLetter && $0 != "/" }.joined(separator: " ")
    if words.isEmpty || words == "/" {
      return !text.contains(where: { $0.isNumber || "→←⇒⇐<>…⋮".contains($0) }) && !text.contains("..")
    }
    return Words.nothing.are(words)
  }

  /// Tells whether a text may be more than prose: only then it is worth the time to read it.
  static func mayBeStep(_ text: String) -> Bool {
    guard text.utf8.count <= 400 else { return false }
    if Vocabulary(of: text).isAny || !text.utf8.allSatisfy({ $0 < 0x80 }) { return true }
    let lower = text.lowercased()
    return ["syn", "ack", "fin", "rst"].contains { lower.contains($0) }
  }

  /// Tells whether this is a segment of which a part could not be read, with no words beside it: `FOO(SEQ:1)`.
  static func isUnreadSegment(_ text: String) -> Bool {
    guard mayBeStep(text), text.contains(where: \.isLetter) else { return false }
    let label = Label(reading: text)
    return label.unread != nil && label.segment != nil && label.others <= 6
  }

  /// The elements of a party's cell that says this; nil where it was not read.
  ///
  /// - Parameter hasWords: whether words of a sentence may stand around the step: in a table in which nothing is in the
  ///   notation of ladders. In another they may mean anything, save where they stand in parentheses.
  func elements(hasWords: Bool) -> [Cell.Element]? {
    if isSilent { return [] }
    // `ACK: acknowledge` explains the flag.
    if !hasWords, let segment, segment.flags.isEmpty, segment.sequence == nil,
      case .number(.variable(let name, _))? = segment.acknowledgment, name.count(where: \.isLetter) > 1
    {
      return nil
    }
    let others = hasWords ? 0 : CellMeaning(of: withoutRemarks).label.others
    // A few wrong letters could hide a step.
    guard label.unread == nil, label.others <= 6, others == 0, Spelling.suggestion(for: text) == nil else {
      return nil
    }
    var elements: [Cell.Element] = label.calls.prefix(1).map { .call($0) }
    if let segment, !isReceipt {
      elements.append(.segment(segment))
    } else if label.isLost {
      elements.append(.lost)
    } else if label.isTimeout {
      elements.append(.timeout)
    }
    let states = states
    guard states.count <= 1 else { return nil }
    if let state = states.first {
      elements.append(.state(state))
      if isReceipt { elements.append(.received) }
    }
    return elements.isEmpty && !isReceipt ? nil : elements
  }

  /// The text without the words in parentheses that name no field.
  private var withoutRemarks: String {
    var rest = ""
    var remark: String?
    for character in text {
      switch (character, remark) {
      case ("(", nil), ("（", nil): remark = String(character)
      case (")", let words?), ("）", let words?):
        if words.contains(where: { ":=：＝".contains($0) }) || Vocabulary(of: words).isAny {
          rest += words + String(character)
        }
        remark = nil
      case (_, let words?): remark = words + String(character)
      case (_, nil): rest.append(character)
      }
    }
    return rest + (remark ?? "")
  }
}

extension Words {
  /// Tells whether this text of small letters is one of them.
  func are(_ text: String) -> Bool { whole.contains(text) || pieces.contains(text) }
}
