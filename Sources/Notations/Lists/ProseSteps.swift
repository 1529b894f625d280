import Documents
import TCP

/// Numbered items that tell in sentences who sends what: "1. The client sends a SYN with seq x."
enum ProseSteps: Notation {
  static let name = "a list of steps in sentences"

  static func sketches(in block: TextBlock) -> [Sketch] {
    var sketches: [Sketch] = []
    for group in groups(of: ListItems.items(of: block))
    where group.contains(where: { flags.isAny(in: $0.text.lowercased()) }) {
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
    for (place, (item, sentence, step)) in told.enumerated() {
      if let step {
        sketch.steps += steps(of: step, in: item)
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
    return [Sketch.Step(line: item.line, .message(message))]
      + step.notes.map { Sketch.Step(line: item.line, .remark(of: [step.sender], text: $0)) }
      + item.inner.map { Sketch.Step(line: $0.line, .remark(of: [step.sender], text: $0.text)) }
  }
}

/// A sentence taken apart at the words by which parties send and receive.
private struct ProseSentence {
  private let clauses: [String]

  init(_ text: String) {
    var pieces: [String] = [""]
    var rest = Substring(text)
    while let first = rest.first {
      if let separator = Self.separators.first(where: { rest.hasPrefix($0) }) {
        pieces.append("")
        rest = rest.dropFirst(separator.count)
      } else {
        pieces[pieces.count - 1].append(first)
        rest = rest.dropFirst()
      }
    }
    // A piece without a verb belongs to the clause before it: "sends SYN=1, seq=x".
    var clauses: [String] = []
    for piece in pieces where !piece.allSatisfy(\.isWhitespace) {
      let lower = piece.lowercased()
      let hasVerb = Words.sends.areIn(lower) || Words.received.areIn(lower)
      if !hasVerb, let last = clauses.indices.last {
        clauses[last] += ", " + piece
      } else {
        clauses.append(piece)
      }
    }
    self.clauses = clauses
  }

  private static let separators = [
    "→", "->", "。", "；", ";", ". ", ", ", "，", "、", " and ", " then ", " y ", " und ", " et ", " и ", " e ",
    "그리고",
  ]

  var namesFlags: Bool { clauses.contains { !flags(of: $0).isEmpty } }

  private func flags(of clause: String) -> Flags { Label(reading: clause).segment?.flags ?? [] }

  struct Step {
    var sender: Int
    var label: String
    var isLost: Bool
    /// The other clauses.
    var notes: [String]
  }

  /// The one segment that the sentence says is sent, with its sender; nil where there is none, or more than one.
  func step(_ parties: ProseParties) -> Step? {
    let sending = clauses.indices.filter {
      Words.sends.areIn(clauses[$0].lowercased()) && !flags(of: clauses[$0]).isEmpty
    }
    guard sending.count == 1, let place = sending.first else { return nil }
    let clause = clauses[place].lowercased()
    let before = clauses[...place].joined(separator: ", ").lowercased()
    let sender =
      parties.onlySubject(in: clause) ?? parties.firstSubject(in: before)
      ?? parties.object(in: clause).map { 1 - $0 }
    guard let sender else { return nil }
    let notes = clauses.indices.filter { $0 > place }.map { clauses[$0] }
    return Step(sender: sender, label: clauses[place], isLost: Words.lost.areIn(clause), notes: notes)
  }
}

/// The two parties that a list's sentences name.
struct ProseParties {
  /// The names in the page's own spelling.
  private(set) var names: [String]
  /// All spellings of each, in small letters.
  private var spellings: [[String]]

  /// nil where the sentences do not name two parties.
  init?(of items: [ListItem]) {
    let texts = items.map { $0.text.lowercased() }
    let all = texts.joined(separator: "\n")
    for language in Language.all {
      let roles = [language.client, language.server]
      let found = roles.map { role in role.first { !Mention.all(of: [$0], in: all).isEmpty } }
      if let client = found[0], let server = found[1] {
        names = [client, server]
        spellings = roles
        return
      }
    }
    var subjects: [String] = []
    for item in items {
      for name in Self.subjects(in: item.text)
      where !subjects.contains(where: { $0.lowercased() == name.lowercased() }) { subjects.append(name) }
    }
    guard subjects.count == 2 else { return nil }
    names = subjects
    spellings = subjects.map { [$0.lowercased()] }
  }

  private static let articles: Set = [
    "the", "a", "an", "el", "la", "le", "der", "die", "das", "o", "then", "finally", "first", "next",
  ]
  private static let pronouns: Set = [
    "it", "he", "she", "they", "which", "that", "who", "this", "both", "and", "also",
  ]

  /// The words before a verb of sending: `The thermostat sends`, `Host A replies`.
  private static func subjects(in text: String) -> [String] {
    let words = text.split { $0 == " " || $0 == "\t" || $0 == "," }
    var found: [String] = []
    for (place, word) in words.enumerated() where place > 0 {
      guard Words.sends.areIn(word.lowercased()) else { continue }
      var name: [Substring] = []
      for word in words[..<place].reversed() {
        let lower = word.lowercased()
        if articles.contains(lower) || name.count == 2 || word.last == "." { break }
        name.insert(word, at: 0)
      }
      let text = name.joined(separator: " ")
      guard !name.isEmpty, !pronouns.contains(text.lowercased()), !Vocabulary(of: text).isAny else {
        continue
      }
      found.append(text)
    }
    return found
  }

  private func places(in text: String) -> [(party: Int, place: String.Index)] {
    spellings.indices.flatMap { party in Mention.subjects(of: spellings[party], in: text).map { (party, $0) }
    }
    .sorted { $0.1 < $1.1 }
  }

  /// The only party that is a subject in this text.
  func onlySubject(in text: String) -> Int? {
    let parties = Set(places(in: text).map(\.party))
    return parties.count == 1 ? parties.first : nil
  }

  func firstSubject(in text: String) -> Int? { places(in: text).first?.party }

  /// The only party that is named at all.
  func object(in text: String) -> Int? {
    let parties = spellings.indices.filter { !Mention.all(of: spellings[$0], in: text).isEmpty }
    return parties.count == 1 ? parties[0] : nil
  }
}
