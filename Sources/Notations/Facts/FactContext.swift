import Documents

/// The words around a stated fact, which may say that it is none.
struct FactContext {
  private let section: FactText.Section
  private let headings: Words
  /// The words of passages and of all that introduces them, by their places.
  private var known: [Int: Words] = [:]

  init(_ section: FactText.Section) {
    self.section = section
    headings = section.headings.map { Words(of: $0) }.reduce(Words()) { $0.joined(with: $1) }
  }

  /// Tells whether the section says what a standard has, what is wrong, asks something, or is about a firewall.
  var isDoubtful: Bool {
    section.passages.contains(where: \.isCut)
      || (section.headings + section.passages.map(\.text)).contains {
        FactWords.doubts.areIn($0) || ForeignSystems.areMiddleboxes($0)
      }
  }

  /// The kinds of words that stand beside a statement.
  struct Words: Equatable {
    var isConditional = false
    var isOfChanges = false

    init() {}

    init(of text: some StringProtocol) {
      isConditional = FactWords.conditions.areIn(text)
      isOfChanges = FactWords.changes.areIn(text)
    }

    func joined(with other: Words) -> Words {
      var words = self
      words.isConditional = isConditional || other.isConditional
      words.isOfChanges = isOfChanges || other.isOfChanges
      return words
    }
  }

  /// The words of the headings, and of what introduces a passage.
  mutating func words(introducing passage: Int) -> Words {
    headings.joined(with: introductions(to: section.passages[passage].parent))
  }

  /// The words of the headings, and of what stands before a table.
  ///
  /// - Parameter passage: the place of the first passage behind the table.
  mutating func words(beforeTable passage: Int) -> Words {
    headings.joined(with: introductions(to: passage > 0 ? passage - 1 : nil))
  }

  private mutating func introductions(to passage: Int?) -> Words {
    var chain: [Int] = []
    var next = passage
    while let index = next, known[index] == nil {
      chain.append(index)
      next = section.passages[index].parent
    }
    var words = next.flatMap { known[$0] } ?? Words()
    for index in chain.reversed() {
      words = words.joined(with: Words(of: section.passages[index].text))
      known[index] = words
    }
    return words
  }
}
