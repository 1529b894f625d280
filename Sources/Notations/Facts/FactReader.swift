import Documents

/// Facts that a page states outside of its facts tables.
struct FactReader {
  /// Facts that stand together, in a paragraph, a list or a table.
  struct Group {
    var rows: [Fact]
    /// The number of the last line of what they stand in, from 1.
    var end: Int
    var heading: String?
  }

  private let figures: SpokenFigures
  private let text: FactText
  /// The beginnings of names: a passage without any states nothing.
  private let beginnings: Pieces

  init(_ text: FactText, figures: SpokenFigures) {
    self.text = text
    self.figures = figures
    beginnings = Pieces(figures.firstWords.sorted())
  }

  /// The facts of a page, in the order of their lines, and the sentences that state one in words of which some could not
  /// be read. Those that words beside them limit are no facts, and told apart.
  func read() -> (groups: [Group], unread: [Page.Unread], limited: [Page.Unread]) {
    lazy var isForeignPage = isForeign
    var groups: [Group] = []
    var unread: [Page.Unread] = []
    var limited: [Page.Unread] = []
    for section in text.sections {
      var found = section.passages.map(facts)
      var tables = section.tables.map { FactTable($0.table, figures: figures)?.facts ?? [] }
      guard (found + tables).contains(where: { !$0.isEmpty }) else { continue }
      var context = FactContext(section)
      if context.isDoubtful {
        limited += (found + tables).joined().map(\.asLimited)
        continue
      }
      func isMeant(_ fact: Stated, beside words: FactContext.Words) -> Bool {
        let words = words.joined(with: fact.beside)
        if !fact.isOfLinux, isForeignPage, !section.headings.contains(where: ForeignSystems.isLinux) {
          return false
        }
        return !words.isConditional && (fact.fact.value.isEmpty || !words.isOfChanges)
      }
      for index in found.indices where !found[index].isEmpty {
        let words = context.words(introducing: index)
        limited += found[index].filter { !isMeant($0, beside: words) }.map(\.asLimited)
        found[index].removeAll { !isMeant($0, beside: words) }
      }
      for index in tables.indices where !tables[index].isEmpty {
        let words = context.words(beforeTable: section.tables[index].before)
        limited += tables[index].filter { !isMeant($0, beside: words) }.map(\.asLimited)
        tables[index].removeAll { !isMeant($0, beside: words) }
      }
      unread += found.joined().compactMap(\.unread)
      groups += Self.grouped(found.map { $0.filter { $0.unread == nil } }, of: section)
      for (table, facts) in zip(section.tables, tables) where !facts.isEmpty {
        groups.append(
          Group(
            rows: facts.map(\.fact), end: table.table.line + table.table.lineCount - 1,
            heading: section.headings.last))
      }
    }
    return (groups.sorted { $0.end < $1.end }, unread, limited.sorted { $0.line < $1.line })
  }

  /// A fact as a sentence or a row states it.
  struct Stated {
    var fact: Fact
    /// Tells whether it is of Linux, whatever else the page is about: it says so, or names a sysctl.
    var isOfLinux: Bool
    /// The words of the other sentences of its passage.
    var beside = FactContext.Words()
    /// The sentence, where a part of it could not be read.
    var unread: Page.Unread?

    /// The statement, where words beside it limit it.
    var asLimited: Page.Unread {
      let text = [fact.what, fact.value].filter { !$0.isEmpty }.joined(separator: ": ")
      return Page.Unread(line: fact.line, text: text, kind: .other(Self.limit))
    }

    private static let limit =
      "its heading or a sentence beside it limits it, for example to one machine, a condition or a recommendation; a"
      + " table `what | value | set by` is always checked"
  }

  private func facts(in passage: FactText.Passage) -> [Stated] {
    let text = passage.text
    guard beginnings.isAny(in: text.lowercased()) else { return [] }
    let characters = Array(text)
    let sentences = Self.sentences(of: characters)
    var facts: [(fact: Stated, sentence: Int)] = []
    for (index, range) in sentences.enumerated() {
      let sentence = Array(characters[range])
      guard let stated = StatedFact(in: sentence, figures: figures) else { continue }
      let line = passage.line(at: range.lowerBound + stated.place)
      facts.append((Stated(stated, line: line, sentence: String(sentence)), index))
    }
    guard !facts.isEmpty, sentences.count > 1 else { return facts.map(\.fact) }
    let words = sentences.map { FactContext.Words(of: String(characters[$0])) }
    let conditional = words.indices.filter { words[$0].isConditional }
    let denials = sentences.indices.filter { FactWords.denials.areIn(String(characters[sentences[$0]])) }
    let ofChanges = words.indices.filter { words[$0].isOfChanges }
    return facts.map { fact, sentence in
      var fact = fact
      fact.beside.isConditional = [conditional, denials].contains { $0 != [] && $0 != [sentence] }
      fact.beside.isOfChanges = ofChanges != [] && ofChanges != [sentence]
      return fact
    }
  }

  /// The places of the sentences of a text, each with the sign at its end.
  static func sentences(of text: [Character]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var begin = 0
    for (index, character) in text.enumerated() {
      let isEnd = ".!?;".contains(character) && (index + 1 == text.count || text[index + 1] == " ")
      guard isEnd || "。！？；".contains(character) else { continue }
      ranges.append(begin..<(index + 1))
      begin = index + 1
    }
    if begin < text.count { ranges.append(begin..<text.count) }
    return ranges
  }

  private var isForeign: Bool {
    text.sections.contains { section in
      section.headings.contains { ForeignSystems.areIn($0) }
        || section.passages.contains { ForeignSystems.areIn($0.text) }
        || section.tables.contains { table, _ in
          (table.header + table.rows.flatMap(\.cells)).contains { ForeignSystems.areIn($0) }
        }
    }
  }

  /// The facts of neighbouring items, and of each paragraph, together.
  private static func grouped(_ facts: [[Stated]], of section: FactText.Section) -> [Group] {
    var groups: [Group] = []
    var index = 0
    while index < facts.count {
      var end = index
      if section.passages[index].indent != nil {
        while end + 1 < facts.count, section.passages[end + 1].indent != nil { end += 1 }
      }
      let rows = facts[index...end].flatMap { $0.map(\.fact) }
      if !rows.isEmpty, let last = section.passages[end].lines.last?.number {
        groups.append(Group(rows: rows, end: last, heading: section.headings.last))
      }
      index = end + 1
    }
    return groups
  }
}

extension FactReader.Stated {
  fileprivate init(_ stated: StatedFact, line: Int, sentence: String) {
    fact = Fact(line: line, what: stated.what, value: stated.value, setBy: stated.setBy)
    isOfLinux = !fact.setBy.isEmpty || ForeignSystems.isLinux(sentence)
    guard !stated.isWhole else { return }
    unread = Page.Unread(
      line: line, text: String(sentence.trimmingPrefix(" ").prefix(80)),
      kind: .other("not read as a fact: a table `what | value | set by` can state it"))
  }
}
