import Documents

/// A part of a sentence that states a figure's value.
enum FactToken: Equatable {
  case figure(SpokenFigures.Figure, name: String, at: Int)
  case value(String)
  case sysctl(String)
  case word(FactWords.Meaning)
  case sign(Character)
}

/// Divides a sentence into the parts that a stated value has, and gives up at the first that is none of them: nothing of
/// a sentence is passed over.
struct FactScanner {
  private let text: [Character]
  /// The same as names are looked for.
  private let key: [Character]
  private let figures: SpokenFigures
  private(set) var place: Int
  private(set) var tokens: [FactToken] = []
  /// The place of a remark that says what something is good for; nil where there is none.
  private(set) var reason: Int?
  private var kind: SpokenFigures.Kind?

  /// - Parameters:
  ///   - text: a sentence with one blank between two words.
  ///   - begin: the place of the first character.
  init(_ text: [Character], from begin: Int = 0, figures: SpokenFigures) {
    self.text = text
    key = text.map { $0 == "-" ? "_" : $0.isUppercase ? $0.lowercased().first ?? $0 : $0 }
    self.figures = figures
    place = begin
  }

  /// Reads the parts up to the end, or to a remark; false where there is something else, at ``place``.
  mutating func scan() -> Bool {
    while place < text.count {
      if text[place].isWhitespace {
        place += 1
      } else if let sign = Self.signs[text[place]] {
        tokens.append(.sign(sign))
        place += 1
      } else if !(beginsWord(at: place) && (takeFigureOrValue() || takeSysctl() || takeWord())) {
        return false
      } else if reason != nil {
        return true
      }
    }
    return true
  }

  private static let signs: [Character: Character] = [
    ":": ":", "：": ":", "=": "=", "＝": "=", "(": "(", "（": "(", ")": ")", "）": ")", ",": ",", "，": ",",
    "、": ",",
    ".": ".", "。": ".", "-": "-", "–": "-", "—": "-",
  ]

  private mutating func takeFigureOrValue() -> Bool {
    // Behind a figure `2MSL (4 minutes)` is a value; in front, `2MSL` is a figure.
    (kind != nil && takeValue()) || takeFigure()
  }

  private mutating func takeFigure() -> Bool {
    var first = place
    while first < text.count, text[first].isOfWord, text[first] != "_" { first += 1 }
    guard first > place, figures.firstWords.contains(String(key[place..<first])) else {
      return false
    }
    var end = min(place + figures.longestName, text.count)
    while end >= first {
      if isEnd(end), !text[end - 1].isWhitespace, let figure = figures[key: String(key[place..<end])],
        !endsWithVerb(end)
      {
        tokens.append(.figure(figure, name: String(text[place..<end]), at: place))
        kind = figure.kind
        place = end
        return true
      }
      end -= 1
    }
    return false
  }

  /// Tells whether the last word of a name before this place is a verb, as in a table's `TIME_WAIT lasts`.
  private func endsWithVerb(_ end: Int) -> Bool {
    let word = text[place..<end].reversed().prefix { !$0.isWhitespace }.reversed()
    return word.count < end - place && FactWords.all[String(word).lowercased()]?.contains(.states) ?? false
  }

  /// The longest text from here on that is a value; with a parenthesis that it opens and does not close, `2MSL (60 s`, as
  /// `2MSL = 60 s`.
  private mutating func takeValue() -> Bool {
    guard mayBeValue else { return false }
    var end = min(place + Self.longestValue, text.count)
    while end > place {
      if isEnd(end), end == place + 1 || !text[end - 1].isWhitespace {
        var value = String(text[place..<end])
        let opened = value.count { $0 == "(" || $0 == "（" }
        if opened > value.count(where: { $0 == ")" || $0 == "）" }) {
          value = value.replacing("（", with: "(").replacing(" (", with: " = ").replacing("(", with: " = ")
          if isValue(value) {
            tokens.append(.sign("("))
            return take(value, to: end)
          }
        } else if isValue(value) {
          return take(value, to: end)
        }
      }
      end -= 1
    }
    return false
  }

  private static let longestValue = 40

  /// Tells whether a value may begin here; a length of time begins with a number, which may be a word.
  private var mayBeValue: Bool {
    if text[place].isNumber || kind == .errno { return true }
    return kind == .duration && text[place].isLetter
      && figures.isValue("\(String(text[place...].prefix { $0.isLetter })) s", of: .duration)
  }

  private mutating func take(_ value: String, to end: Int) -> Bool {
    tokens.append(.value(value))
    place = end
    return true
  }

  private func isValue(_ value: String) -> Bool { kind.map { figures.isValue(value[...], of: $0) } ?? false }

  /// `tcp_fin_timeout`, `net.ipv4.tcp_fin_timeout`.
  private mutating func takeSysctl() -> Bool {
    var end = place
    while end < text.count, text[end].isOfWord || text[end] == "." { end += 1 }
    while end > place, text[end - 1] == "." { end -= 1 }
    let name = String(text[place..<end])
    let short = name.hasPrefix("net.ipv4.") ? name.dropFirst("net.ipv4.".count) : name[...]
    guard short.hasPrefix("tcp_"), short.allSatisfy({ $0.isLowercase || $0.isNumber || $0 == "_" }) else {
      return false
    }
    tokens.append(.sysctl(name))
    place = end
    return true
  }

  private mutating func takeWord() -> Bool {
    var end = min(place + FactWords.all.longest, text.count)
    while end > place {
      if isEnd(end), let meaning = FactWords.all[String(text[place..<end]).lowercased()] {
        tokens.append(.word(meaning))
        if meaning.contains(.reason) { reason = place }
        place = end
        return true
      }
      end -= 1
    }
    return false
  }

  /// Tells whether a word can begin here: letters of an alphabet do not stand behind others.
  private func beginsWord(at index: Int) -> Bool {
    index == 0 || !(text[index].isAlphabetic && text[index - 1].isAlphabetic)
  }

  private func isEnd(_ index: Int) -> Bool {
    index == text.count || !(text[index].isAlphabetic && text[index - 1].isAlphabetic)
  }
}

extension Character {
  fileprivate var isOfWord: Bool { isASCII && (isLetter || isNumber) || self == "_" }

  /// Tells whether it is a letter, digit or underscore of a script that puts blanks between words.
  fileprivate var isAlphabetic: Bool {
    guard isLetter || isNumber || self == "_", let first = unicodeScalars.first else { return false }
    return first.value < 0x1100
  }
}
