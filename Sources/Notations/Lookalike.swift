import Documents
import TCP

/// Lines of a page that tell steps of TCP's in a notation that is not read: what they are, so that they can be named.
///
/// Code, prose and what is about another protocol is passed over: at least two lines must tell a step, and there must be
/// a word that only TCP has.
struct Lookalike {
  /// The name that a person would give to the lines.
  private(set) var name: String
  /// The index of the first line that tells a step.
  private(set) var first: Int

  /// - Parameters:
  ///   - language: the word behind the opening of a fence; nil for lines that are in none.
  ///   - isRest: whether others of the lines around them were read. Then only lines with arrows tell steps.
  init?(_ lines: [Substring], language: String? = nil, isRest: Bool = false) {
    // Markdown in a fence shows how a page is written.
    if language == "markdown" || language == "md" { return nil }
    let packets = lines.indices.filter { Self.isCaptured(lines[$0]) }
    guard packets.count < 2 else {
      (name, first) = ("a text capture", packets[0])
      return
    }
    let words = lines.map { Vocabulary(of: $0.prefix(Self.longestLine)) }
    let told = lines.indices.filter {
      words[$0].mayBeStep && !Self.isCode(lines[$0])
    }
    let labels = told.filter { words[$0].others <= 4 }
    let steps = told.filter { Self.hasArrow(lines[$0]) }
    guard told.map({ words[$0] }).areTCPs else { return nil }
    first = steps.first ?? labels.first ?? told[0]
    if let diagram = Self.diagram(lines, language: language) {
      name = diagram
      return
    }
    func holds(_ isStep: (Substring) -> Bool) -> Int? {
      let steps = lines.indices.filter { isStep(lines[$0]) }
      return steps.count >= 2 ? steps[0] : nil
    }
    if let row = holds({ Self.isRow($0) && Vocabulary(of: $0).mayBeStep }) {
      (name, first) = ("a quoted table", row)
    } else {
      let shafts = lines.indices.filter { Self.hasShaft(lines[$0]) && !Self.isCode(lines[$0]) }
      let headless = labels.filter { lines[$0].contains("----") }
      guard
        steps.count >= 2
          || (!isRest && labels.count >= 2 && (shafts.count >= 2 || headless.count >= 2))
      else { return nil }
      let isStandards = told.contains { lines[$0].uppercased().contains("<CTL=") }
      name =
        isStandards
        ? "a diagram in the style of RFC 9293"
        : Markdown.beginsItem(lines[first]) ? "a list of steps" : "an ASCII diagram"
    }
  }

  /// A longer line is no step that a person wrote.
  private static let longestLine = 400

  private static func diagram(_ lines: [Substring], language: String?) -> String? {
    switch language {
    case "mermaid": return "a Mermaid diagram"
    case "plantuml", "puml", "uml": return "a PlantUML diagram"
    case "packetdrill": return "a packetdrill script"
    default: break
    }
    func begins(_ word: String) -> Bool { lines.contains { $0.trimmed.hasPrefix(word) } }
    if begins("sequenceDiagram") || begins("stateDiagram") { return "a Mermaid diagram" }
    return begins("@startuml") ? "a PlantUML diagram" : nil
  }

  private static let heads: Pieces = [
    "->", "<-", "=>", "<==", "─>", "—>", "→", "←", "⇒", "⇐", "⟶", "⟵", "►", "◄", "▶", "◀", "➜", "➡", "&rarr;",
    "&larr;",
  ]
  static func hasArrow(_ line: Substring) -> Bool { heads.isAny(in: line) }

  private static let shafts: Pieces = [
    "-->", "<--", "==>", "<==", "──", "——", "- >", "< -", "►", "◄", "▶", "◀", "→", "←", "⟶", "⟵",
  ]
  private static func hasShaft(_ line: Substring) -> Bool { shafts.isAny(in: line) }

  private static let captures: Pieces = ["Flags [", "] Seq=", "] seq=", "(0)"]

  /// tcpdump's `Flags [S.]`, Wireshark's `[SYN, ACK] Seq=0`, packetdrill's `> S. 0:0(0)`.
  private static func isCaptured(_ line: Substring) -> Bool {
    guard captures.isAny(in: line) else { return false }
    if line.contains("Flags [")
      || ((line.contains("] Seq=") || line.contains("] seq=")) && line.contains("["))
    {
      return true
    }
    return line.contains(":") && line.contains("(0)") && (line.contains("> ") || line.contains("< "))
  }

  /// A row of a pipe table that stands in a quotation or a fence.
  private static func isRow(_ line: Substring) -> Bool {
    var text = line.trimmed
    while text.first == ">" { text = text.dropFirst().trimmed }
    return text.first == "|" && text.last == "|" && text.count { $0 == "|" } >= 3 && !hasArrow(text)
  }

  private static let operators: Pieces = [
    "==", "!=", "&&", "||", "+=", "|=", "&=", "return ", "if (", "if(", "while (",
  ]

  /// Tells whether the line is a programming language's.
  private static func isCode(_ line: Substring) -> Bool {
    let text = line.trimmed
    guard let last = text.last else { return true }
    if ";{},".contains(last) { return true }
    if text.hasPrefix("#include") || text.hasPrefix("#define") || text.hasPrefix("case ") { return true }
    return operators.isAny(in: text) && !hasShaft(text)
  }
}
