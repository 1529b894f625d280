import Documents
import TCP

/// A fact that a sentence states, and the place of the figure's name in it.
struct StatedFact {
  /// Tells whether all of the sentence was understood; of another, only its beginning states the fact.
  var isWhole = true
  var what: String
  var value: String
  var setBy: String
  var place: Int

  /// The fact that a sentence states; nil where a part of the sentence is not understood, or where it states none.
  ///
  /// - Parameter text: a sentence without its markup.
  init?(in text: [Character], figures: SpokenFigures) {
    guard text.count <= Self.longestSentence else { return nil }
    var scanner = FactScanner(text, figures: figures)
    let isScanned = scanner.scan()
    if isScanned, let whole = Self(of: scanner, text, figures: figures) {
      self = whole
      return
    }
    // "The client sends an ACK and enters TIME_WAIT, for two minutes": a step, and what is said of the state.
    if let step = Self.endOfStep(text) {
      var behind = FactScanner(text, from: step, figures: figures)
      if behind.scan(), let stated = Self(of: behind, text, figures: figures) {
        self = stated
        return
      }
    }
    guard !isScanned, !scanner.tokens.isEmpty, !Self.isDoubtful(String(text[scanner.place...])) else {
      return nil
    }
    self.init(scanner.tokens, figures: figures)
    isWhole = false
  }

  /// The longest sentence that is looked at, in characters.
  private static let longestSentence = 400

  private init?(of scanner: FactScanner, _ text: [Character], figures: SpokenFigures) {
    var tokens = scanner.tokens
    if let reason = scanner.reason {
      let remark = String(text[reason...])
      guard !Self.isDoubtful(remark) else { return nil }
      // The word that opens it, and the comma before.
      tokens.removeLast()
      if tokens.last == .sign(",") { tokens.removeLast() }
    }
    self.init(tokens, figures: figures)
  }

  init?(_ tokens: [FactToken], figures: SpokenFigures) {
    guard let parts = Parts(tokens), let figure = parts.figure else { return nil }
    what = figure.name
    place = figure.place
    value = parts.value ?? ""
    setBy = ""
    if let sysctl = parts.sysctl {
      guard parts.names(sysctl, asSetterOf: figure) else { return nil }
      setBy = sysctl.name
    } else {
      guard parts.states else { return nil }
    }
  }

  /// The place behind the last "and" of a sentence that begins with a step of an exchange; nil where it does not.
  private static func endOfStep(_ text: [Character]) -> Int? {
    let joint = Array(" and ")
    guard text.count > joint.count,
      let place = (0...(text.count - joint.count)).last(where: {
        text[$0] == " " && text[$0..<($0 + joint.count)] == joint[...]
      })
    else { return nil }
    let step = String(text[..<place])
    guard Words.sends.areIn(step.lowercased()),
      step.split(whereSeparator: { !$0.isLetter }).contains(where: { Flags($0) != nil }),
      !isDoubtful(step)
    else { return nil }
    return place + joint.count
  }

  /// Tells whether words beside the sentence may limit what it says.
  private static func isDoubtful(_ text: String) -> Bool {
    text.contains(where: \.isNumber) || FactWords.conditions.areIn(text) || FactWords.doubts.areIn(text)
      || FactWords.changes.areIn(text) || ForeignSystems.areIn(text)
  }
}

/// The parts of a sentence by their kinds.
private struct Parts {
  typealias Named = (figure: SpokenFigures.Figure, name: String, place: Int, index: Int)
  var figure: Named?
  var sysctl: (name: String, index: Int)?
  var value: String?
  private var valueIndex = 0
  private var said: [Int] = []
  private var setters: (active: [Int], passive: [Int]) = ([], [])
  private var signs: [(sign: Character, index: Int)] = []

  /// nil where there are two figures, two values, two sysctls, or signs that join nothing.
  init?(_ tokens: [FactToken]) {
    var depth = 0
    for (index, token) in tokens.enumerated() {
      switch token {
      case .figure(let one, let name, let place):
        if let known = figure {
          guard known.figure == one else { return nil }
        } else {
          figure = (one, name, place, index)
        }
      case .value(let text):
        guard value == nil, !tokens[..<index].endsInside else { return nil }
        (value, valueIndex) = (text, index)
      case .sysctl(let name):
        guard sysctl == nil else { return nil }
        sysctl = (name, index)
      case .word(let meaning):
        if meaning.contains(.states) { said.append(index) }
        if meaning.contains(.sets) { setters.active.append(index) }
        if meaning.contains(.isSetBy) { setters.passive.append(index) }
      case .sign(let sign):
        if sign == "(" { depth += 1 } else if sign == ")" { depth -= 1 }
        guard depth >= 0, sign != "." || index == tokens.count - 1 else { return nil }
        signs.append((sign, index))
      }
    }
    guard depth == 0 else { return nil }
  }

  /// Tells whether the sentence says that the value is the figure's: by a verb, or by a sign between the two.
  var states: Bool {
    guard let figure, value != nil, figure.index < valueIndex else { return false }
    let joins = signs.filter { ":=-".contains($0.sign) }
    guard joins.count <= 1, joins.allSatisfy({ isBetween($0.index) }) else { return false }
    // "It is in TIME_WAIT, the server waits 30 s": a verb behind a comma says something else.
    if let comma = signs.first(where: { $0.sign == "," && isBetween($0.index) }),
      said.contains(where: { $0 > comma.index })
    {
      return false
    }
    return !said.isEmpty || (!joins.isEmpty && !isOnlyState(figure.name))
  }

  /// Tells whether a name is that of a state: `TIME_WAIT: 3 s` may be a line of what somebody has seen, and only a value in
  /// terms of the MSL is surely the state's length.
  private func isOnlyState(_ name: String) -> Bool {
    State(name: SpokenFigures.key(of: name).uppercased()[...]) != nil
      && value?.lowercased().contains("msl") != true
  }

  private func isBetween(_ index: Int) -> Bool {
    figure.map { $0.index < index && index < valueIndex } ?? false
  }

  /// Tells whether the sentence says that its sysctl sets the figure.
  func names(_ sysctl: (name: String, index: Int), asSetterOf figure: Named) -> Bool {
    let short = sysctl.name.split(separator: ".").last.map(String.init) ?? sysctl.name
    guard figure.figure.sysctls.contains(short), value == nil || states else { return false }
    let joins = signs.filter { ":=-".contains($0.sign) && (value == nil || !isBetween($0.index)) }
    guard sysctl.index < figure.index else { return joins.isEmpty && !setters.passive.isEmpty }
    // `tcp_fin_timeout: how long a socket stays in TIME_WAIT`.
    if joins.count == 1, joins[0].sign != "=" { return joins[0].index == sysctl.index + 1 }
    return joins.isEmpty
      && (setters.active.contains { sysctl.index < $0 } || !setters.passive.isEmpty)
  }
}

extension ArraySlice<FactToken> {
  /// Tells whether the last of them is a word such as "in", behind which only a state may stand.
  fileprivate var endsInside: Bool {
    if case .word(let meaning)? = last { meaning.contains(.inside) } else { false }
  }
}
