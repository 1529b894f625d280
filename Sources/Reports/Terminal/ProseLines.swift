/// A page's words: paragraphs wrapped anew, list items kept apart, headings that stand out.
struct ProseLines {
  let style: Style

  /// The lines of this prose, with an empty one before them.
  func lines(_ prose: [String]) -> [Line] {
    var blocks: [[Line]] = []
    var text = ""
    func end() {
      if !text.isEmpty { blocks.append(block(text)) }
      text = ""
    }
    // What marks code in Markdown marks nothing here.
    for line in prose.map({ $0.filter { $0 != "`" } }) {
      if line.hasPrefix("#") {
        end()
        blocks.append(
          wrapped(line.drop { $0 == "#" || $0 == " " }, to: style.width).map { Line($0, .strong) })
      } else if line.allSatisfy(\.isWhitespace) {
        end()
      } else {
        if line.hasPrefix(Self.item) { end() }
        text += (text.isEmpty ? "" : " ") + line
      }
    }
    end()
    var lines: [Line] = []
    var wasItem = false
    for block in blocks {
      let isItem = block.first?.spans.first?.text == sign
      if !(isItem && wasItem) { lines.append(Line()) }
      lines += block
      wasItem = isItem
    }
    return lines
  }

  private static let item = "- "
  private var sign: String { "\(Glyphs(unicode: style.unicode).dot) " }

  private func block(_ text: String) -> [Line] {
    guard text.hasPrefix(Self.item) else { return wrapped(text, to: style.width).map { Line($0) } }
    return Paragraph(String(text.dropFirst(Self.item.count)), .soft, label: sign).lines(in: style.width)
  }
}
