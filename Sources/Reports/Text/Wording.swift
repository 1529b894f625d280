extension String {
  /// A restatement without the place in the original that it ends with, which is for those who look it up.
  var withoutPlace: String {
    guard hasSuffix(")."), let open = lastIndex(of: "("), open > startIndex,
      self[open...] != "()."
    else { return self }
    return self[..<index(before: open)] + "."
  }
}
