import TCP

/// Words beside a segment that make it another statement than "this segment is sent": a denial before it ("no SYN+ACK"), a
/// condition or a guess ("if it listens", "maybe"), a limit ("within 60 s").
///
/// A reader that passed them over would judge a sentence that the page does not say.
enum Qualifier {
  /// Words of Latin, Cyrillic and Arabic letters, which are whole words of the text: those that begin a clause.
  private static let conjunctions: Set<String> = [
    "if", "unless", "except", "otherwise", "si", "salvo", "caso", "sauf", "falls", "sofern", "außer", "sonst",
    "если", "кроме", "иначе", "إذا", "إلا",
  ]
  /// Guesses and numbers of times, which stand beside what they are of.
  private static let adverbs: Set<String> = [
    "maybe", "perhaps", "possibly", "optional", "optionally", "sometimes", "usually", "rarely", "often",
    "either", "twice", "quizás", "quizá", "opcional", "opcionalmente", "talvez", "peut-être",
    "éventuellement", "facultatif", "parfois", "vielleicht", "möglicherweise", "eventuell", "manchmal",
    "возможно", "иногда", "ربما",
  ]
  /// Words before a time by which or after which something is sent. A time behind other words is how long something lasts.
  private static let prepositions: Set<String> = [
    "within", "in", "after", "before", "by", "binnen", "innerhalb", "nach", "dentro", "tras", "después",
    "depois",
    "após", "em", "dans", "après", "sous", "через", "после",
  ]
  /// Words that leave open or deny what stands behind them; elsewhere they are of a remark: `SYN+ACK (you may)`.
  private static let denials: Set<String> = [
    "may", "might", "puede", "pode", "peut", "kann", "может", "no", "not", "never", "without", "cannot",
    "sin", "nunca", "não", "sem", "pas", "jamais", "sans", "nicht",
    "kein",
    "keine", "keinen", "ohne", "nie", "не", "без", "لا", "بدون", "لم",
  ]
  /// Pieces of texts without blanks between words: those that begin a condition.
  private static let beginnings = ["如果", "除非", "否则", "もし", "만약"]
  /// The other pieces of conditions, guesses and denials.
  private static let pieces: Pieces = [
    "可能", "也许", "或许", "可选", "有时", "不发", "不回", "不会", "没有发", "未发送", "場合", "かもしれ", "任意", "しない", "返さない", "送らない",
    "경우", "아마", "선택적", "때때로", "지 않",
  ]
  private static let units: Set<String> = [
    "ms", "s", "us", "µs", "sec", "secs", "second", "seconds", "min", "minute", "minutes", "segundos",
    "secondes",
    "sekunden", "minuten", "minutos",
  ]

  /// The first such word of a label, with the words around it; nil where there is none.
  static func first(in text: LabelText, isRepetition: Bool) -> String? {
    let tokens = text.tokens
    if let clause = clauseWithPiece(in: text.lowercased(0..<text.scalars.count)) { return clause }
    for place in tokens.indices {
      let isFound =
        isCondition(place, tokens) || isDenial(place, tokens) || (!isRepetition && isLimit(place, tokens))
      guard isFound, !isOfQuestion(place, tokens) else { continue }
      let end = tokens[place...].prefix(4).last ?? tokens[place]
      return text.lowercased(tokens[place].range.lowerBound..<end.range.upperBound)
    }
    return nil
  }

  /// Tells whether this word makes the flag before or behind it conditional. In another clause it is of something else, save
  /// where a conjunction begins the clause or a guess is all of it: "a SYN, asking if it is open" and "ACK, usually delayed"
  /// beside "SYN+ACK, if it is open" and "ACK, maybe".
  private static func isCondition(_ place: Int, _ tokens: [LabelToken]) -> Bool {
    let word = tokens[place].text.lowercased()
    guard tokens[place].kind != .sign, conjunctions.contains(word) || adverbs.contains(word) else {
      return false
    }
    let behind = tokens[place...].prefix { !isEnd($0) }
    let begins =
      place == 0 || (tokens[place - 1].isSign(",") && (conjunctions.contains(word) || behind.count == 1))
    let before = tokens[..<(begins ? max(place - 1, 0) : place)].reversed().prefix { !isEnd($0) }
    // "If the port is open, a SYN+ACK"
    let next = begins && place == 0 ? tokens[behind.endIndex...].dropFirst().prefix { !isEnd($0) } : []
    return (Array(before) + behind + next).contains {
      $0.isWord && LabelReader.flags(named: $0.text) != nil
    }
  }

  /// Tells whether a clause before that of a segment makes it conditional: "If the port is open, ..."
  static func isCondition(_ clause: String) -> Bool {
    let text = LabelText(clause)
    if hasPiece(text.lowercased(0..<text.scalars.count)) { return true }
    let first = text.tokens.first?.text.lowercased() ?? ""
    return conjunctions.contains(first) || adverbs.contains(first)
  }

  private static func hasPiece(_ clause: String) -> Bool {
    pieces.isAny(in: clause) || beginnings.contains(where: clause.contains)
  }

  /// The clause of a text without blanks between words that makes its flag conditional or denies it: one that has the flag or
  /// stands before it, or one behind it that begins a condition. Parentheses hold remarks.
  private static func clauseWithPiece(in text: String) -> String? {
    guard hasPiece(text) else { return nil }
    var clauses = [""]
    var depth = 0
    for character in text {
      switch character {
      case "(", "[": depth += 1
      case ")", "]": depth = max(0, depth - 1)
      case _ where depth > 0: break
      case _ where ends.contains(character): clauses.append("")
      default: clauses[clauses.count - 1].append(character)
      }
    }
    let flagged = clauses.lastIndex { clause in
      LabelText(clause).tokens.contains { $0.isWord && LabelReader.flags(named: $0.text) != nil }
    }
    guard let flagged else { return nil }
    for (place, clause) in clauses.enumerated() {
      let begins = beginnings.contains(where: clause[...].trimmed.hasPrefix)
      if place > flagged ? begins : hasPiece(clause) { return clause }
    }
    return nil
  }

  private static let ends: Set<Character> = [",", ".", ";", ":", "!", "?", "、", "。"]

  private static func isEnd(_ token: LabelToken) -> Bool {
    token.kind == .sign && ",.;:!?()[]".contains(token.text)
  }

  /// Tells whether this word denies the flag behind it: no sign and few words stand between the two.
  private static func isDenial(_ place: Int, _ tokens: [LabelToken]) -> Bool {
    let word = tokens[place].text
    let isShort =
      word == "t" && place > 1 && tokens[place - 1].isSign("'") && tokens[place - 2].text.hasSuffix("n")
    // `SIN` is a misspelled flag, `no. 2` a number.
    guard isShort || (denials.contains(word.lowercased()) && word != word.uppercased()) else { return false }
    for token in tokens[(place + 1)...].prefix(5) {
      if case .number = token.kind { return false }
      if token.kind == .sign { return false }
      if LabelReader.flags(named: token.text) != nil { return true }
    }
    return false
  }

  /// Tells whether a time stands here in the flag's clause, by which or after which it is sent: "within 60 s", "after 40 ms".
  /// `t=1 s` and `1 s: SYN` say when it was, and "ACK, waits 60 s" of something else.
  private static func isLimit(_ place: Int, _ tokens: [LabelToken]) -> Bool {
    guard place > 0, case .number = tokens[place].kind, place + 1 < tokens.count,
      units.contains(tokens[place + 1].text.lowercased()),
      prepositions.contains(tokens[place - 1].text.lowercased())
    else { return false }
    let before = tokens[..<place].reversed().prefix { !isEnd($0) }
    let behind = tokens[place...].prefix { !isEnd($0) }
    return (before + behind).contains { $0.isWord && LabelReader.flags(named: $0.text) != nil }
  }

  /// Tells whether the words up to the next sign end in a question, as in `SYN (may I?)`.
  private static func isOfQuestion(_ place: Int, _ tokens: [LabelToken]) -> Bool {
    tokens[place...].first { token in
      token.kind == .sign && "?!.;:()".contains(token.text)
    }?.isSign("?") ?? false
  }
}

extension LabelReader {
  /// A label with words that make it another statement is unread. A loss and a repetition are read as what they are.
  mutating func noteQualifier() {
    guard label.unread == nil, !pattern.flags.isEmpty, !label.isLost else { return }
    label.unread = Qualifier.first(in: text, isRepetition: label.isAgain || label.isTimeout)
  }
}
