/// The text in lines of at most so many columns, broken at blanks, and inside a word only where it is too long.
package func wrapped(_ text: some StringProtocol, to columns: Int) -> [String] {
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: true) {
    var line = ""
    for word in paragraph.split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if line.displayWidth + 1 + word.displayWidth <= columns {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
      while line.displayWidth > columns {
        let head = line.prefix(fitting: columns)
        lines.append(String(head))
        line = String(line.dropFirst(head.count))
      }
    }
    if !line.isEmpty { lines.append(line) }
  }
  return lines.isEmpty ? [""] : lines
}

extension String {
  /// As much of the text as fits, at least one character.
  fileprivate func prefix(fitting columns: Int) -> Substring {
    var width = 0
    for index in indices {
      width += self[index].displayWidth
      if width > columns, index > startIndex { return self[..<index] }
    }
    return self[...]
  }
}
