import Documents

/// The text of a page outside of tables and fences, as far as facts may be stated in it: paragraphs and items of lists,
/// with what stands around them.
struct FactText {
  /// A paragraph, or an item of a list.
  struct Passage {
    /// The lines without markup, each with its number, from 1.
    private(set) var lines: [(number: Int, text: String)] = []
    /// Tells whether there is more of it than its lines.
    var isCut = false
    /// The indentation of an item; nil for a paragraph.
    var indent: Int?
    /// The place of the paragraph or the item that introduces it, or nil.
    var parent: Int?
    private var size = 0

    init(indent: Int? = nil, parent: Int?) {
      self.indent = indent
      self.parent = parent
    }

    /// All lines, joined by blanks.
    var text: String { lines.map(\.text).joined(separator: " ") }

    /// The number of the line that has this place in the text.
    func line(at place: Int) -> Int {
      var rest = place
      for line in lines {
        if rest <= line.text.count { return line.number }
        rest -= line.text.count + 1
      }
      return lines.last?.number ?? 0
    }

    fileprivate mutating func append(_ line: Substring, number: Int) {
      size += line.utf8.count
      guard size <= Self.longest else { return isCut = true }
      // One blank between two words, as names are looked for.
      let plain = line.filter { $0 != "*" && $0 != "`" }
      lines.append((number, plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
    }

    /// The longest passage that is read, in octets.
    private static let longest = 8000
  }

  /// The text between two headings.
  struct Section {
    /// The headings above it, the outermost first.
    var headings: [String] = []
    var passages: [Passage] = []
    /// Tables in it, which may be of facts.
    var tables: [(table: Table, before: Int)] = []
  }

  private(set) var sections: [Section] = [Section()]
  private var headings: [(level: Int, text: String)] = []
  private var isApart = true
  private var isQuoted = false

  mutating func addHeading(_ text: String, level: Int) {
    headings.removeAll { $0.level >= level }
    headings.append((level, text))
    sections.append(Section(headings: headings.map(\.text)))
    isApart = true
  }

  mutating func add(_ table: Table) {
    sections[sections.count - 1].tables.append((table, last.passages.count))
    isApart = true
  }

  /// Ends the paragraph; a fence or a table does.
  mutating func end() { isApart = true }

  private var last: Section { sections[sections.count - 1] }

  /// - Parameter number: from 1.
  mutating func add(_ line: Substring, number: Int) {
    let text = line.trimmed
    guard !text.isEmpty else { return isApart = true }
    if isApart { isQuoted = false }
    // A quotation is somebody else's word.
    if text.first == ">" { isQuoted = true }
    let indent = line.prefix { $0 == " " || $0 == "\t" }.count
    let section = sections.count - 1
    if let item = Self.item(text) {
      let parent = parent(ofItemAt: indent)
      sections[section].passages.append(Passage(indent: indent, parent: parent))
      append(item, number: number)
    } else if isApart || last.passages.isEmpty {
      // Lines that are far in are code, unless they go on with an item.
      let isInner = last.passages.last?.indent.map { indent > $0 } ?? false
      guard isInner || indent < 4 else { return }
      sections[section].passages.append(Passage(parent: isInner ? last.passages.count - 1 : introduction()))
      append(text, number: number)
    } else {
      append(text, number: number)
    }
    isApart = false
  }

  private mutating func append(_ text: Substring, number: Int) {
    let section = sections.count - 1
    let index = sections[section].passages.count - 1
    if isQuoted {
      sections[section].passages[index].isCut = true
    } else {
      sections[section].passages[index].append(text, number: number)
    }
  }

  /// The item that an item is below, or the paragraph in front of its list.
  private func parent(ofItemAt indent: Int) -> Int? {
    var index = last.passages.indices.last
    while let place = index {
      guard let other = last.passages[place].indent else { return place }
      if other < indent { return place }
      if other == indent { return last.passages[place].parent }
      index = last.passages[place].parent
    }
    return nil
  }

  /// The paragraph before this one, where it introduces it: it ends with a colon.
  private func introduction() -> Int? {
    guard let before = last.passages.indices.last, let end = last.passages[before].lines.last?.text.last,
      ":：".contains(end)
    else { return nil }
    return before
  }

  /// The text of an item behind its marker, or nil.
  private static func item(_ text: Substring) -> Substring? {
    if let first = text.first, "-*+•·‣◦".contains(first) {
      let rest = text.dropFirst()
      return rest.first == " " || rest.first == "\t" || first == "•" ? rest.trimmed : nil
    }
    let number = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text[number.endIndex...]
    guard !number.isEmpty, number.count < 4, let mark = rest.first, ".)、".contains(mark) else { return nil }
    return mark == "、" || rest.dropFirst().first == " " ? rest.dropFirst().trimmed : nil
  }
}
