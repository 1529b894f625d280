import Documents
import TCP

/// Numbered items that tell in sentences who sends what: "1. The client sends a SYN with seq x."
enum ProseSteps: Notation {
  static let name = "a list of steps in sentences"

  static func sketches(in block: TextBlock) -> [Sketch] {
    var sketches: [Sketch] = []
    for group in groups(of: ListItems.items(of: block))
    where group.contains(where: {
      flags.isAny(in: $0.text.lowercased()) || !Vocabulary(of: $0.text).nearFlags.isEmpty
    }) {
      if let sketch = sketch(of: group) { sketches.append(sketch) }
    }
    return sketches
  }

  /// The beginnings of all ways to name a flag: most lists have none, and need not be taken apart.
  private static let flags: Pieces = [
    "syn", "ack", "fin", "rst", "reset", "psh", "push", "urg", "[", "ｓ", "ａ", "ｆ", "ｒ",
  ]

  /// Items that are numbered one after the other, and bullets without another line between them.
  private static func groups(of items: [ListItem]) -> [[ListItem]] {
    var groups: [[ListItem]] = []
    var current: [ListItem] = []
    for item in items {
      guard item.isMarked else {
        if current.last?.number == nil { groups.append(current); current = [] }
        continue
      }
      let isNext =
        (item.number != nil) == (current.last?.number != nil)
        && (item.number == nil || item.number == (current.last?.number ?? 0) + 1)
      if !current.isEmpty, !isNext {
        groups.append(current)
        current = []
      }
      current.append(item)
    }
    groups.append(current)
    return groups.filter { $0.count >= 2 }
  }

  private static func sketch(of items: [ListItem]) -> Sketch? {
    guard let parties = ProseParties(of: items) else { return nil }
    var sketch = Sketch(
      names: parties.names,
      lines: items[0].line...(items[items.count - 1].inner.last?.line ?? items[items.count - 1].line))
    let told = items.map { item in
      let sentence = ProseSentence(item.text)
      return (item: item, sentence: sentence, step: sentence.step(parties))
    }
    var last: ProseSentence.Step?
    for (place, (item, sentence, step)) in told.enumerated() {
      if let step {
        sketch.steps += steps(of: step, in: item)
        last = step
      } else if let last, sentence.tellsArrival(of: last) {
        sketch.steps.append(
          Sketch.Step(line: item.line, .remark(of: [1 - last.sender], text: item.text)))
      } else if sentence.namesFlags {
        let reason = "the step in this line names a segment, and does not say who sends it"
        sketch.refusal = sketch.refusal ?? SketchRefusal(line: item.line, reason: reason, isTCP: true)
      } else {
        // A state that is told before the party's own segment may be the one after it. Told before the other party's, it must
        // hold already.
        let next = told[place...].lazy.compactMap(\.step).first?.sender
        let subject = parties.onlySubject(in: item.text.lowercased())
        let isOver = subject.map { next == 1 - $0 } ?? false
        sketch.steps.append(
          Sketch.Step(
            line: item.line, isOver ? .remark(of: [], text: item.text) : .note(of: [], text: item.text)))
      }
    }
    let senders = Set(told.compactMap(\.step?.sender))
    // Fewer steps, or those of one party, tell of something else.
    let count = sketch.steps.count { if case .message = $0.kind { true } else { false } }
    return senders.count == 2 && count >= 2 ? sketch : nil
  }

  private static func steps(of step: ProseSentence.Step, in item: ListItem) -> [Sketch.Step] {
    let message = Sketch.Message(
      from: step.sender, to: 1 - step.sender, label: step.label, isLost: step.isLost)
    func remark(_ text: String, line: Int) -> Sketch.Step {
      let owner = Label.owner(ofRemark: text, behind: step.label, from: step.sender, to: 1 - step.sender)
      return Sketch.Step(line: line, .remark(of: [owner], text: text))
    }
    return step.leads.map { Sketch.Step(line: item.line, .lead(of: [step.sender], text: $0)) }
      + [Sketch.Step(line: item.line, .message(message))] + step.notes.map { remark($0, line: item.line) }
      + item.inner.map { remark($0.text, line: $0.line) }
  }
}

/// A sentence taken apart at the words by which parties send and receive.
private struct ProseSentence {
  private let clauses: [String]

  init(_ text: String) {
    var pieces: [(text: String, beginsSentence: Bool)] = [("", true)]
    var rest = Substring(text)
    while let first = rest.first {
      if let separator = Self.separators.first(where: { rest.hasPrefix($0) }) {
        pieces.append(("", Self.ends.contains(separator)))
        rest = rest.dropFirst(separator.count)
      } else {
        pieces[pieces.count - 1].text.append(first)
        rest = rest.dropFirst()
      }
    }
    // A piece without a verb belongs to the clause before it: "sends SYN=1, seq=x". One that begins a sentence about
    // something else does not.
    var clauses: [String] = []
    for (piece, beginsSentence) in pieces where !piece.allSatisfy(\.isWhitespace) {
      let lower = piece.lowercased()
      let hasVerb = Words.sends.areIn(lower) || Words.received.areIn(lower)
      let isOfItsOwn = hasVerb || (beginsSentence && !Self.isOfSegment(piece))
      if !isOfItsOwn, let last = clauses.indices.last {
        clauses[last] += (beginsSentence ? ". " : ", ") + piece
      } else {
        clauses.append(piece)
      }
    }
    self.clauses = clauses
  }

  /// Tells whether these words go on with a segment's fields, and tell of no state.
  private static func isOfSegment(_ text: String) -> Bool {
    let label = Label(reading: text)
    return label.states.isEmpty && label.segment != nil
  }

  private static let ends: Set = ["。", "；", ";", ". "]
  private static let separators = [
    "→", "->", "。", "；", ";", ". ", ", ", "，", "、", " and ", " then ", " y ", " und ", " et ", " и ", " e ",
    "그리고",
  ]

  var namesFlags: Bool { clauses.contains { !flags(of: $0).isEmpty } }

  /// Tells whether it tells of the arrival of the segment that this step sends, and of nothing that is sent.
  func tellsArrival(of step: Step) -> Bool {
    let text = clauses.joined(separator: ", ")
    return Receipt.isTold(in: text) && !Words.sends.areIn(text.lowercased())
      && Label(reading: text).tellsArrival(of: Label(reading: step.label).segment)
  }

  private func flags(of clause: String) -> Flags { Label(reading: clause).namedFlags }

  struct Step {
    var sender: Int
    var label: String
    var isLost: Bool
    /// The clauses before that of the segment, and those behind it.
    var leads: [String]
    var notes: [String]
  }

  /// The one segment that the sentence says is sent, with its sender; nil where there is none, or more than one.
  func step(_ parties: ProseParties) -> Step? {
    let sending = clauses.indices.filter {
      Words.sends.areIn(clauses[$0].lowercased()) && !flags(of: clauses[$0]).isEmpty
    }
    // "After sending the FIN" tells of the same segment.
    guard let place = sending.first,
      sending.allSatisfy({
        flags(of: clauses[$0]) == flags(of: clauses[place])
          && ($0 == place || Self.isSubordinate(clauses[$0]))
      })
    else { return nil }
    let clause = clauses[place].lowercased()
    let before = clauses[...place].joined(separator: ", ").lowercased()
    let sender =
      parties.onlySubject(in: clause) ?? parties.firstSubject(in: before)
      ?? parties.object(in: clause).map { 1 - $0 }
    guard let sender else { return nil }
    // "is in FIN_WAIT_1, when it receives the ACK" is of one piece.
    var notes: [String] = []
    for clause in clauses[(place + 1)...] {
      if let last = notes.indices.last, Self.isSubordinate(clause) {
        notes[last] += ", " + clause
      } else {
        notes.append(clause)
      }
    }
    let conditions = clauses[..<place].filter(Qualifier.isCondition)
    return Step(
      sender: sender, label: (conditions + [clauses[place]]).joined(separator: ", "),
      isLost: Words.lost.areIn(clause),
      leads: Array(clauses[..<place]), notes: notes)
  }

  private static func isSubordinate(_ clause: String) -> Bool {
    let clause = clause.lowercased()
    let first = String(clause[...].trimmed.prefix { $0.isLetter })
    return Words.after.areIn(first) || Words.upon.areIn(first)
  }
}
