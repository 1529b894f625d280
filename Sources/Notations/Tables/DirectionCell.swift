/// A cell that shows who sends to whom, perhaps with the segment: `C → S`, `A ⇐ B`, `client -> server : SYN`.
struct DirectionCell {
  /// The text before the arrow's head and the one behind it, from the sender's side.
  let from: Substring
  let to: Substring
  /// The text on the shaft: `A --SYN--> B`.
  let middle: Substring
  /// Tells whether a word stands for the arrow.
  let isInWords: Bool
  /// Tells whether the arrow leads to the left: then `from` stands behind it.
  let isBackward: Bool

  private static let shafts = "-=─━—–~"
  private static let right = ">→⇒⟶➜➡▶►➔"
  private static let left = "<←⇐⟵◀◄"

  init?(_ text: String) {
    guard text.utf8.count <= 300 else { return nil }
    let text = Substring(text)
    guard let head = text.firstIndex(where: { Self.right.contains($0.base) || Self.left.contains($0.base) })
    else {
      guard let words = Self.words(of: text) else { return nil }
      self = words
      return
    }
    isBackward = Self.left.contains(text[head].base)
    func isShaft(_ character: Character) -> Bool { Self.shafts.contains(character) }
    func isArrow(_ character: Character) -> Bool {
      isShaft(character) || Self.right.contains(character.base) || Self.left.contains(character.base)
    }
    var before = text[..<head]
    while let last = before.last, isArrow(last) { before.removeLast() }
    var behind = text[text.index(after: head)...]
    while let first = behind.first, isArrow(first) { behind.removeFirst() }
    // Another arrow shows a round trip, or a way over a third.
    guard !before.contains(where: { Self.right.contains($0.base) || Self.left.contains($0.base) }),
      !behind.contains(where: { "→⇒←⇐".contains($0.base) })
    else { return nil }
    var middle = before[before.endIndex...]
    if isBackward, let shaft = Self.shaft(in: behind) {
      // `A <-- SYN -- B`: the label stands before the rest of the shaft.
      middle = behind[..<shaft]
      behind = behind[shaft...].drop(while: isShaft)
    } else if !isBackward, let shaft = Self.shaft(in: before) {
      middle = before[shaft...].drop(while: isShaft)
      before = before[..<shaft]
    }
    // `SYN →`, `← ACK`: between two columns the arrow shows the side, and the text is the segment.
    if middle.isBlank, before.isBlank != behind.isBlank, !Vocabulary(of: before + behind).flags.isEmpty {
      middle = before.isBlank ? behind : before
      before = middle[middle.endIndex...]
      behind = before
    }
    self.middle = middle
    isInWords = false
    from = (isBackward ? behind : before).trimmed
    to = (isBackward ? before : behind).trimmed
  }

  /// The place of two signs of a shaft in a row; one may stand within a word.
  private static func shaft(in text: Substring) -> Substring.Index? {
    zip(text.indices, text.indices.dropFirst()).first {
      shafts.contains(text[$0]) && shafts.contains(text[$1])
    }?.0
  }

  private init(from: Substring, to: Substring) {
    self.from = from
    self.to = to
    middle = to[to.endIndex...]
    isBackward = false
    isInWords = true
  }

  /// `client to server`, `客户端到服务器`.
  private static func words(of text: Substring) -> DirectionCell? {
    guard text.count <= 60 else { return nil }
    for word in Words.between.whole {
      if let range = text.firstRange(of: " \(word) ") {
        return DirectionCell(from: text[..<range.lowerBound].trimmed, to: text[range.upperBound...].trimmed)
      }
    }
    for piece in Words.between.pieces {
      if let range = text.firstRange(of: piece), range.lowerBound > text.startIndex {
        return DirectionCell(from: text[..<range.lowerBound].trimmed, to: text[range.upperBound...].trimmed)
      }
    }
    return nil
  }
}

extension Character {
  /// Without what only chooses its picture.
  fileprivate var base: Character { unicodeScalars.first.map(Character.init) ?? self }
}

/// The directions of a column's cells, with the names of the two parties.
struct DirectionColumn {
  struct Row: Equatable {
    var from: String
    var to: String
    /// The segment in the same cell; empty where there is none.
    var label: String
  }
  /// One for each row; nil where the cell shows no direction.
  let rows: [Row?]
  /// The names in the order in which they come.
  let names: [String]
  /// Tells whether the arrows stand alone: then the names are `left` and `right`.
  var isBare: Bool { names == Self.sides }
  private static let sides = ["left", "right"]
  /// Tells whether arrows that stand alone lead both ways, and have the segments beside them.
  let hasBothWays: Bool

  /// nil where hardly any of the cells shows a direction.
  init?(_ cells: [String]) {
    let found = cells.map(DirectionCell.init)
    let filled = cells.count { !CellMeaning.isSilent($0) }
    guard found.count(where: { $0 != nil }) * 2 >= filled, found.contains(where: { $0 != nil }) else {
      return nil
    }
    // The name before the arrow ends where the arrow begins; the one behind it may have the segment behind it.
    var known: [String] = []
    for cell in found {
      guard let cell else { continue }
      let name = Self.name(cell.isBackward ? cell.to : cell.from)
      if !name.isEmpty, !known.contains(where: { $0.lowercased() == name.lowercased() }) {
        known.append(name)
      }
    }
    var names: [String] = []
    func place(_ name: String) -> String {
      if let same = names.first(where: { $0.lowercased() == name.lowercased() }) { return same }
      names.append(name)
      return name
    }
    var rows: [Row?] = []
    for cell in found {
      guard let cell else {
        rows.append(nil)
        continue
      }
      let (behind, label) = Self.cut(cell.isBackward ? cell.from : cell.to, known)
      let before = Self.name(cell.isBackward ? cell.to : cell.from)
      let texts = [String(cell.middle), label].filter { !$0[...].isBlank }
      let (from, to) = cell.isBackward ? (behind, before) : (before, behind)
      guard from.isEmpty == to.isEmpty, from.count <= 40, to.count <= 40, Self.isName(from), Self.isName(to),
        from.isEmpty || from.lowercased() != to.lowercased()
      else {
        rows.append(nil)
        continue
      }
      // A bare arrow shows the side.
      let ends = from.isEmpty ? (cell.isBackward ? ("right", "left") : ("left", "right")) : (from, to)
      if from.isEmpty { (names.isEmpty ? ["left", "right"] : []).forEach { _ = place($0) } }
      rows.append(Row(from: place(ends.0), to: place(ends.1), label: texts.joined(separator: " ")))
    }
    guard rows.count(where: { $0 != nil }) * 2 >= filled, !names.isEmpty else { return nil }
    // "close to it" is no direction: words are one where they lead both ways.
    let lead = rows.compactMap { $0 }
    if found.contains(where: { $0?.isInWords ?? false }),
      !lead.contains(where: { one in lead.contains { $0.from == one.to && $0.to == one.from } })
    {
      return nil
    }
    self.rows = rows
    self.names = names
    hasBothWays = Set(lead.map(\.from)).count == 2
  }

  private static func name(_ text: Substring) -> String {
    var text = Markdown.unwrapped(text)
    // `1. client`, `① client`.
    while let first = text.first, !first.isLetter, !(first.isNumber && first.isASCII) { text.removeFirst() }
    let digits = text.prefix { $0.isNumber }
    if !digits.isEmpty, ".)".contains(text.dropFirst(digits.count).first ?? " "),
      text.dropFirst(digits.count + 1).first == " "
    {
      text = String(text.dropFirst(digits.count + 2))
    }
    return Markdown.unwrapped(text[...])
  }

  /// The name at the beginning, and what stands behind it.
  private static func cut(_ text: Substring, _ known: [String]) -> (name: String, label: String) {
    let plain = Substring(text).trimmed
    let lower = plain.lowercased()
    let names = known.filter { lower.hasPrefix($0.lowercased()) }
    if let name = names.max(by: { $0.count < $1.count }), plain.count >= name.count {
      let rest = plain.dropFirst(name.count)
      if rest.first.map({ !$0.isLetter && !$0.isNumber }) ?? true {
        return (String(plain.prefix(name.count)), String(rest.drop { " :：,，;-".contains($0) }))
      }
    }
    let end = plain.firstIndex { ":：(（[,，<".contains($0) } ?? plain.endIndex
    return (name(plain[..<end]), String(plain[end...].drop { " :：,，".contains($0) }))
  }

  /// A party's name says nothing of TCP's.
  private static func isName(_ text: String) -> Bool {
    let label = Label(reading: text)
    return label.states.isEmpty && (label.segment?.flags.isEmpty ?? true) && label.unread == nil
  }
}
