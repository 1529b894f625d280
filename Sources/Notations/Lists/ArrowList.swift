import Documents

/// Steps that begin with an arrow between two names: `A -> B: SYN(seq=x)`, `1. Client → Server: SYN`.
enum ArrowList: Notation {
  static let name = "a list of steps"

  static func sketches(in block: TextBlock) -> [Sketch] {
    let items = ListItems.items(of: block)
    var sketches: [Sketch] = []
    var current = ArrowSketch()
    func end() {
      if let sketch = current.sketch { sketches.append(sketch) }
      current = ArrowSketch()
    }
    for item in items {
      if let step = ArrowStep(item.text) {
        if current.isEnded(by: item, step) { end() }
        current.add(step, item)
      } else if !current.isEmpty {
        let text = Substring(item.text)
        if Elision.isTold(in: item.text) {
          current.addElision(item)
        } else if block.language == nil, !item.isMarked || item.text.isEmpty {
          current.isInterrupted = true
        } else if Label(reading: item.text).segment?.flags.isEmpty == false {
          // A step that is not read makes the others no exchange.
          current.isBroken = true
        } else if !text.isBlank {
          current.addNote(item)
        }
      }
    }
    end()
    return sketches
  }
}

/// A list while it is read.
private struct ArrowSketch {
  private var participants = Sketch.Participants()
  private var steps: [Sketch.Step] = []
  private var lines: ClosedRange<Int>?
  private var lastNumber: Int?
  private var last: (from: Int, to: Int, label: String)?
  /// A paragraph stands behind the last step.
  var isInterrupted = false
  var isBroken = false

  var isEmpty: Bool { steps.isEmpty }

  /// Tells whether another exchange begins with this item.
  func isEnded(by item: ListItem, _ step: ArrowStep) -> Bool {
    guard !isEmpty else { return false }
    if item.number == 1, lastNumber != nil { return true }
    guard isInterrupted else { return false }
    if let number = item.number, let lastNumber { return number != lastNumber + 1 }
    let flags = Label(reading: step.label).segment?.flags ?? []
    return flags.contains(.syn) && !flags.contains(.ack) || flags.contains(.fin)
      || !participants.contains(step.from) || !participants.contains(step.to)
  }

  mutating func add(_ step: ArrowStep, _ item: ListItem) {
    let ends = (participants.place(of: step.from), participants.place(of: step.to))
    steps.append(
      Sketch.Step(
        line: item.line,
        .message(Sketch.Message(from: ends.0, to: ends.1, label: step.label, isLost: step.isLost))))
    for (line, text) in item.inner {
      let owner = Label.owner(ofRemark: text, behind: step.label, from: ends.0, to: ends.1)
      steps.append(Sketch.Step(line: line, .remark(of: [owner], text: text)))
    }
    last = (ends.0, ends.1, step.label)
    lastNumber = item.number
    isInterrupted = false
    extend(to: item.inner.last?.line ?? item.line, from: item.line)
  }

  mutating func addElision(_ item: ListItem) {
    steps.append(Sketch.Step(line: item.line, .elision(text: item.text)))
  }

  mutating func addNote(_ item: ListItem) {
    let owner = last.map {
      Label.owner(ofRemark: item.text, behind: $0.label, from: $0.from, to: $0.to)
    }
    steps.append(Sketch.Step(line: item.line, .note(of: owner.map { [$0] } ?? [], text: item.text)))
    if item.number != nil { lastNumber = item.number }
    extend(to: item.inner.last?.line ?? item.line, from: item.line)
  }

  private mutating func extend(to end: Int, from begin: Int) {
    lines = (lines?.lowerBound ?? begin)...max(lines?.upperBound ?? begin, end)
  }

  /// nil where it is not a list of at least two steps.
  var sketch: Sketch? {
    let messages = steps.count { if case .message = $0.kind { true } else { false } }
    guard messages >= 2, !isBroken, let lines else { return nil }
    return Sketch(names: participants.names, steps: steps, lines: lines)
  }
}

/// `A -> B: SYN`, `A <- B: ACK`, `SYN: A → B`, `A → B (SYN)`.
struct ArrowStep: Equatable {
  var from: String
  var to: String
  var label: String
  var isLost: Bool

  /// Heads and shafts, the longer before those that they begin with.
  private static let arrows: [(text: String, isBackward: Bool, isLost: Bool)] = [
    ("---->", false, false), ("--->", false, false), ("-->", false, false), ("->", false, false),
    ("<----", true, false), ("<---", true, false), ("<--", true, false), ("<-", true, false),
    ("===>", false, false), ("==>", false, false), ("=>", false, false), ("<==", true, false),
    ("<=", true, false),
    ("→", false, false), ("←", true, false), ("⇒", false, false), ("⇐", true, false), ("⟶", false, false),
    ("⟵", true, false), ("➜", false, false), ("➡", false, false), ("⬅", true, false), ("►", false, false),
    ("◄", true, false), ("▶", false, false), ("◀", true, false), ("-x", false, true), (" >> ", false, false),
    (" > ", false, false),
  ]

  init?(_ text: String) {
    guard text.utf8.count <= 400, let (range, arrow) = Self.arrow(in: text) else { return nil }
    let before = text[..<range.lowerBound].trimmed
    let behind = text[range.upperBound...].drop { $0 == "\u{FE0F}" }.trimmed
    let (right, rest) = Self.cut(behind)
    var (left, front) = (before, Substring())
    if let colon = before.lastIndex(where: { ":：(（".contains($0) }) {
      left = before[before.index(after: colon)...].trimmed
      front = before[..<colon].trimmed
    }
    guard let one = Self.name(left), let other = Self.name(right), one.lowercased() != other.lowercased()
    else { return nil }
    (from, to) = arrow.isBackward ? (other, one) : (one, other)
    label = front.isEmpty ? String(rest) : String(front) + " " + String(rest)
    isLost = arrow.isLost
    // Names without a word beside them are a list of something else.
    guard !label.isEmpty else { return nil }
  }

  private static func arrow(in text: String) -> (Range<String.Index>, (isBackward: Bool, isLost: Bool))? {
    let octets = text.utf8
    for place in octets.indices where octets[place] > 0x7F || " -<=>".utf8.contains(octets[place]) {
      let found = arrows.first { octets[place...].starts(with: $0.text.utf8) }
      guard let found else { continue }
      let end = octets.index(place, offsetBy: found.text.utf8.count)
      return (place..<end, (found.isBackward, found.isLost))
    }
    return nil
  }

  /// The second name, and the label behind it.
  private static func cut(_ text: Substring) -> (name: Substring, label: Substring) {
    for (index, character) in zip(text.indices, text) {
      switch character {
      case ":", "：", ",", "，", ";", "、":
        return (text[..<index].trimmed, text[text.index(after: index)...].trimmed)
      case "(", "（", "[", "【", "<":
        // `Server (10.0.0.1): SYN` has its name before the colon.
        if let (head, label) = text[index...].cutAtColon,
          let close = text[index...].firstIndex(where: { ")）]】".contains($0) }),
          close < label.startIndex, head.last.map({ ")）]】".contains($0) }) == true
        {
          return (text[..<head.endIndex].trimmed, label)
        }
        var label = text[index...]
        if label.last.map({ ")）".contains($0) }) == true { label = label.dropFirst().dropLast() }
        return (text[..<index].trimmed, label)
      case "-", "–", "—", "|":
        // A dash within a name has no blanks around it.
        let after = text.index(after: index)
        if index > text.startIndex, text[text.index(before: index)] == " ", after < text.endIndex,
          text[after] == " "
        {
          return (text[..<index].trimmed, text[after...].trimmed)
        }
      default: break
      }
    }
    return (text, Substring())
  }

  /// A party's name: a few words, and none of TCP's.
  private static func name(_ text: Substring) -> String? {
    let text = text.trimmed
    guard !text.isEmpty, text.count <= 40, text.split(separator: " ").count <= 4,
      text.contains(where: { $0.isLetter || $0.isNumber }), !text.contains("="), !Vocabulary(of: text).isAny,
      !text.contains(where: { "{}<>|→←".contains($0) })
    else { return nil }
    return String(text)
  }
}
