/// The figures that a sentence of a page may state, by the names that people have for them.
package struct SpokenFigures: Sendable {
  /// The kind of value that a figure has.
  package enum Kind: Equatable, Sendable {
    /// A length of time.
    case duration
    case errno
  }

  /// A figure among all of them.
  package struct Figure: Equatable, Sendable {
    package var index: Int
    package var kind: Kind
    /// The sysctls of which a run can tell whether they set it, by the last part of their names.
    package var sysctls: Set<String>
  }

  private var figures: [String: Figure] = [:]
  /// The words that names begin with, in small letters.
  package private(set) var firstWords: Set<String> = []
  /// The number of characters of the longest name.
  package private(set) var longestName = 0
  private let isValue: @Sendable (Substring, Kind) -> Bool

  /// - Parameters:
  ///   - figures: the names of each figure, the kind of its value, and the sysctls of which a run can tell whether they
  ///     set it.
  ///   - isValue: tells whether a text as a whole is a value of this kind.
  package init(
    _ figures: [(names: [String], kind: Kind, sysctls: Set<String>)],
    isValue: @escaping @Sendable (Substring, Kind) -> Bool
  ) {
    self.isValue = isValue
    for (index, figure) in figures.enumerated() {
      for name in figure.names.map(Self.key) where self.figures[name] == nil {
        self.figures[name] = Figure(index: index, kind: figure.kind, sysctls: figure.sysctls)
        firstWords.insert(Self.firstWord(of: name))
        longestName = max(longestName, name.count)
      }
    }
  }

  /// None: no sentence states a fact.
  package static let none = SpokenFigures([]) { _, _ in false }

  package var isEmpty: Bool { figures.isEmpty }

  /// The figure that has this name, as ``key(of:)`` writes it, or nil.
  package subscript(key key: String) -> Figure? { figures[key] }

  /// Tells whether all of this text is a value of this kind.
  package func isValue(_ text: Substring, of kind: Kind) -> Bool { isValue(text, kind) }

  /// A name as it is looked for: in small letters, with one blank between two words, and `time_wait` for RFC 9293's
  /// TIME-WAIT.
  package static func key(of name: String) -> String {
    name.lowercased().split { $0 == " " || $0 == "\t" }.joined(separator: " ").replacing("-", with: "_")
  }

  private static func firstWord(of key: String) -> String {
    String(key.prefix { $0.isLetter || $0.isNumber })
  }
}
