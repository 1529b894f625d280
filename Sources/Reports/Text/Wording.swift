extension String {
  /// A restatement without the place in the original that it ends with, which is for those who look it up.
  var withoutPlace: String {
    guard hasSuffix(")."), let open = lastIndex(of: "("), open > startIndex,
      self[open...] != "()."
    else { return self }
    return self[..<index(before: open)] + "."
  }

  /// The text with a capital letter at its beginning, unless a name of lower case begins it, such as `close()`.
  var asSentence: String {
    let word = prefix { !$0.isWhitespace }
    return word.allSatisfy { $0.isLetter || $0 == "," } ? prefix(1).uppercased() + dropFirst() : self
  }
}
