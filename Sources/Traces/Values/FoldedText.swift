/// Names as people write them: in any case, and with any blanks.
extension String {
  /// The words in small letters, with one blank between two.
  package var folded: String {
    lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
  }

  /// Tells whether both are the same words, however they are spaced and capitalized.
  package func isFolded(_ other: String) -> Bool { folded == other.folded }

  /// Tells whether this text is in it, however both are spaced and capitalized.
  package func contains(folded text: String) -> Bool { folded.contains(text.folded) }
}
