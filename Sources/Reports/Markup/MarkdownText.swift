import Documents

/// Text in a Markdown report that is not the report's own: what would be markup is written so that it is read as it is.

/// The text for a paragraph, a heading or a cell, in one line.
func markdownProse(_ text: some StringProtocol) -> String {
  let scalars = Array(text.visibleLine.unicodeScalars)
  var result = String.UnicodeScalarView()
  for (place, scalar) in scalars.enumerated() {
    let before = place > 0 ? scalars[place - 1] : " "
    let after = place + 1 < scalars.count ? scalars[place + 1] : " "
    if isMarkup(scalar, between: before, and: after, at: place, of: scalars) { result.append("\\") }
    result.append(scalar)
  }
  return String(result)
}

/// The same behind the signs of a heading, where a number with a dot begins no list.
func markdownHeading(_ text: some StringProtocol) -> String { String(markdownProse("(" + text).dropFirst()) }

/// The text as code, in one line: in as many backticks as it takes.
func markdownCode(_ text: some StringProtocol) -> String {
  let line = text.visibleLine
  let longest = line.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
  let fence = String(repeating: "`", count: longest + 1)
  // A blank at both ends is taken away with the backticks.
  let blank = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
  return fence + blank + line + blank + fence
}

private func isMarkup(
  _ scalar: Unicode.Scalar, between before: Unicode.Scalar, and after: Unicode.Scalar, at place: Int,
  of scalars: [Unicode.Scalar]
) -> Bool {
  switch scalar {
  case "`", "*": return true
  // Within a word, as in tcp_fin_timeout, it is a letter.
  case "_": return !(before.isLetterOrDigit && after.isLetterOrDigit)
  case "~": return before == "~" || after == "~"
  case "\\": return after.isASCII && !after.isLetterOrDigit && after != " "
  case "<": return after.isLetterOrDigit || "/!?".unicodeScalars.contains(after)
  case "&": return after.isLetterOrDigit || after == "#"
  // A link, or where a link leads.
  case "]": return "([:".unicodeScalars.contains(after)
  case "#", ">", "+", "-", "=": return place == 0
  case ".", ")": return place > 0 && scalars[..<place].allSatisfy { ("0"..."9").contains($0) }
  default: return false
  }
}

extension Unicode.Scalar {
  fileprivate var isLetterOrDigit: Bool { properties.isAlphabetic || properties.numericType != nil }
}
