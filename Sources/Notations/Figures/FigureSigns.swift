/// The signs of arrows and life lines in a line, in their order. All between them is text.
struct FigureSigns {
  enum Kind: Equatable { case lifeLine, shaft, right, left, loss }

  struct Sign: Equatable {
    var kind: Kind
    /// The places of its characters in the line.
    var range: Range<Int>
  }

  private(set) var all: [Sign] = []
  private let characters: [Character]

  init(of line: FigureLine) {
    characters = line.characters
    var place = 0
    while place < characters.count {
      let end = characters[place] == " " ? nil : readSign(at: place)
      place = end ?? place + 1
    }
    joinCrossings()
  }

  private func character(_ place: Int) -> Character {
    characters.indices.contains(place) ? characters[place] : " "
  }

  private func isWord(_ place: Int) -> Bool {
    let character = character(place)
    return character.isLetter && !ArrowSigns.isShaft(character) || character.isNumber
  }

  private mutating func add(_ kind: Kind, _ range: Range<Int>) -> Int {
    if let last = all.last, last.kind == kind, last.range.upperBound == range.lowerBound {
      all[all.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      all.append(Sign(kind: kind, range: range))
    }
    return range.upperBound
  }

  /// The sign that ends right before this place.
  private func kind(before place: Int) -> Kind? {
    all.last.flatMap { $0.range.upperBound == place ? $0.kind : nil }
  }

  /// Reads the sign that begins at this place, and gives the place behind it.
  private mutating func readSign(at place: Int) -> Int? {
    let sign = characters[place]
    if ArrowSigns.isLifeLine(sign) {
      // `SYN|ACK` is a text.
      guard !(sign == "|" && isWord(place - 1) && isWord(place + 1)) else { return nil }
      return add(.lifeLine, place..<place + 1)
    }
    if ArrowSigns.isLoss(sign), isLoss(place) { return add(.loss, place..<place + 1) }
    if ArrowSigns.isRight(sign) {
      let touches = kind(before: place) == .shaft || kind(before: place) == .right
      let isNear =
        all.last?.kind == .shaft && all.last?.range.upperBound == place - 1
        && (all.last?.range.count ?? 0) > 1
        && !isWord(place + 1)
      guard touches || isNear || !ArrowSigns.isWeak(sign) else { return nil }
      return add(.right, place..<place + 1)
    }
    if ArrowSigns.isLeft(sign) {
      var next = place + 1
      while ArrowSigns.isLeft(character(next)) { next += 1 }
      let isNear = character(next) == " " && shaft(at: next + 1) > 1 && !isWord(place - 1)
      guard shaft(at: next) > 0 || isNear || !ArrowSigns.isWeak(sign) else { return nil }
      return add(.left, place..<next)
    }
    if sign == "/", kind(before: place) == .shaft || ArrowSigns.isShaft(character(place - 1)) {
      var next = place + 1
      while character(next) == "/" { next += 1 }
      guard ArrowSigns.isShaft(character(next)) || ArrowSigns.isRight(character(next)) else { return nil }
      return add(.loss, place..<next)
    }
    if sign == "+" {
      let touches = (kind(before: place) == .shaft || shaft(at: place + 1) > 1)
      guard touches, !isWord(place - 1), !isWord(place + 1) else { return nil }
      return add(.lifeLine, place..<place + 1)
    }
    guard ArrowSigns.isShaft(sign) || ArrowSigns.dots.contains(sign) else { return nil }
    let end = shaftEnd(at: place)
    return end > place ? add(.shaft, place..<end) : nil
  }

  private func shaft(at place: Int) -> Int {
    ArrowSigns.isShaft(character(place)) ? run(at: place).count : 0
  }

  private func run(at place: Int) -> Range<Int> {
    var end = place
    while end < characters.count, ArrowSigns.isShaft(characters[end]) { end += 1 }
    return place..<end
  }

  /// The place behind the shaft that begins here; the place itself where none does.
  private func shaftEnd(at place: Int) -> Int {
    if ArrowSigns.dots.contains(characters[place]) {
      var end = place
      while ArrowSigns.dots.contains(character(end)) { end += 1 }
      return end - place >= 3 && (ArrowSigns.isRight(character(end)) || kind(before: place) == .left)
        ? end : place
    }
    let run = run(at: place)
    let sign = characters[place]
    // `- - - >`
    if run.count == 1, sign == "-" || sign == "=", !isWord(place - 1) {
      var end = place
      while character(end) == sign, character(end + 1) == " ",
        character(end + 2) == sign || ArrowSigns.isRight(character(end + 2))
      {
        end += 2
      }
      if end > place {
        return character(end) == sign && !isWord(end + 1) ? end + 1 : max(end - 1, place + 1)
      }
    }
    if sign == "ー" || sign == "~" { return run.count >= 3 ? run.upperBound : place }
    if run.count > 2 || (run.count == 2 && !(isWord(place - 1) && isWord(place + 2))) {
      return run.upperBound
    }
    if ArrowSigns.isDrawn(sign) { return run.upperBound }
    guard run.count == 1 else { return place }
    // One dash: `->` and `<-`.
    if kind(before: place) == .left || kind(before: place) == .loss { return run.upperBound }
    return ArrowSigns.isRight(character(place + 1)) && !isWord(place - 1) ? run.upperBound : place
  }

  /// Tells whether this sign is where an arrow ends that does not arrive.
  private func isLoss(_ place: Int) -> Bool {
    let sign = characters[place]
    let before = kind(before: place)
    let follows = before == .shaft || before == .right || before == .loss
    if sign == "x" || sign == "X" {
      if follows {
        let next = character(place + 1)
        return next == " " || next == sign || ArrowSigns.isShaft(next) || ArrowSigns.isRight(next)
          || ArrowSigns.isLifeLine(next)
      }
      // At the beginning of an arrow.
      let isFirst = all.last.map { $0.kind == .lifeLine } ?? true
      let from = all.last?.range.upperBound ?? 0
      return isFirst && shaft(at: place + 1) > 1 && characters[from..<place].allSatisfy { $0 == " " }
    }
    let nearShaft =
      all.contains { $0.kind == .shaft } || (place + 1..<place + 3).contains { shaft(at: $0) > 1 }
    return nearShaft && !isWord(place - 1) && !isWord(place + 1)
  }

  /// A life line that a shaft crosses is a part of the shaft.
  private mutating func joinCrossings() {
    var joined: [Sign] = []
    for (place, sign) in all.enumerated() {
      let isCrossed =
        sign.kind == .lifeLine && place + 1 < all.count && joined.last?.kind == .shaft
        && all[place + 1].kind == .shaft
        && joined.last?.range.upperBound == sign.range.lowerBound
        && all[place + 1].range.lowerBound == sign.range.upperBound
      let kind = isCrossed ? .shaft : sign.kind
      if let last = joined.last, last.kind == kind, kind == .shaft || kind == .lifeLine,
        last.range.upperBound == sign.range.lowerBound
      {
        joined[joined.count - 1].range = last.range.lowerBound..<sign.range.upperBound
      } else {
        joined.append(Sign(kind: kind, range: sign.range))
      }
    }
    all = joined
  }
}
