import Documents

/// Mermaid's sequence diagrams (https://mermaid.js.org/syntax/sequenceDiagram.html), in a fence or in a shortcode of a
/// site's generator.
enum Mermaid: Notation {
  static let name = "a Mermaid sequence diagram"

  static func sketches(in block: TextBlock) -> [Sketch] {
    var sketches: [Sketch] = []
    var next = 0
    while let begin = block.lines[next...].firstIndex(where: isOpening) {
      var reader = MermaidReader()
      var index = begin + 1
      while index < block.lines.count {
        let line = block.lines[index].trimmed
        if isEnd(line) || isOpening(line) { break }
        reader.read(line, number: block.line(index))
        index += 1
      }
      sketches += reader.script.sketches(lines: block.line(begin)...block.line(max(begin, index - 1)))
      next = index
    }
    return sketches
  }

  private static func isOpening(_ line: Substring) -> Bool {
    line.utf8.contains(UInt8(ascii: "D")) && line.trimmed.without(word: "sequencediagram") != nil
  }

  /// `{{< /mermaid >}}`, `</pre>`, `:::`.
  private static func isEnd(_ line: Substring) -> Bool {
    line.hasPrefix("{{") || line.hasPrefix("</") || line.hasPrefix(":::")
  }
}

private struct MermaidReader {
  var script = DiagramSteps()
  /// Tells whether a further part of a `par` frame begins with the next message.
  private var joinsNext = false

  private static let frames: Set = ["loop", "opt", "par", "par_over", "critical", "break", "rect", "box"]
  private static let passedOver: Set = [
    "autonumber", "activate", "deactivate", "destroy", "title", "acctitle", "accdescr", "link", "links",
    "properties",
    "details",
  ]

  mutating func read(_ line: Substring, number: Int) {
    guard !line.isEmpty, !line.hasPrefix("%%") else { return }
    let line = line.last == ";" ? line.dropLast().trimmed : line
    let word = line.prefix { $0 != " " && $0 != "\t" && $0 != ":" }.lowercased()
    let isDeclaration = word == "participant" || word == "actor"
    if !isDeclaration, isMessage(line), readMessage(line, number: number) { return }
    switch word {
    case "participant", "actor": declare(line.dropFirst(word.count).trimmed)
    case "create": read(line.dropFirst(word.count).trimmed, number: number)
    case "note": readNote(line.dropFirst(word.count).trimmed, number: number)
    case "alt": script.open(isAlternative: true, line: number)
    case "else", "option": script.nextPart()
    case "end": script.close()
    case _ where Self.frames.contains(word): script.open(isAlternative: false, line: number)
    case _ where Self.passedOver.contains(word): break
    // The parts of `par` happen at the same time.
    case "and": joinsNext = true
    case "---": break
    default:
      if Label(reading: String(line)).isTCP {
        script.unread.append(Page.Unread(line: number, text: String(line)))
      }
    }
  }

  /// `C as Client (browser)`, `C@{ "type": "database" } as Client`.
  private mutating func declare(_ text: Substring) {
    var alias = text
    var name: Substring?
    if let range = text.firstRange(of: " as ") {
      alias = text[..<range.lowerBound]
      name = text[range.upperBound...].trimmed
    }
    if let at = alias.firstIndex(of: "@") { alias = alias[..<at] }
    script.declare(String(alias.trimmed), as: name.map { $0.withoutQuotes.withoutEntityCodes })
  }

  /// `over A,B: text`, `left of A: text`.
  private mutating func readNote(_ text: Substring, number: Int) {
    guard let (head, label) = text.cutAtColon else { return }
    let names =
      head.without(word: "over") ?? head.without(word: "left of") ?? head.without(word: "right of") ?? head
    let places = names.split { $0 == "," || $0 == "，" }.map { script.participant(String($0.trimmed)) }
    script.add(.note(of: places, text: String(label).withoutEntityCodes), line: number)
  }

  /// The arrows, the longer before those that they begin with.
  private static let arrows: [(text: String, isLost: Bool)] = [
    ("<<-->>", false), ("<<->>", false), ("-->>", false), ("->>", false), ("--x", true), ("--X", true),
    ("-x", true), ("-X", true), ("-->", false), ("->", false), ("--)", false), ("-)", false),
  ]

  private func isMessage(_ line: Substring) -> Bool {
    let head = line.cutAtColon?.head ?? line
    return Self.arrows.contains { head.contains($0.text) }
  }

  private mutating func readMessage(_ line: Substring, number: Int) -> Bool {
    let (head, label) = line.cutAtColon ?? (line, line[line.endIndex...])
    var best: (range: Range<Substring.Index>, isLost: Bool)?
    for arrow in Self.arrows {
      guard let range = head.firstRange(of: arrow.text) else { continue }
      if let known = best, known.range.lowerBound <= range.lowerBound { continue }
      best = (range, arrow.isLost)
    }
    guard let best else { return false }
    let from = head[..<best.range.lowerBound].trimmed
    var to = head[best.range.upperBound...].trimmed
    while to.first == "+" || to.first == "-" { to = to.dropFirst().trimmed }
    guard !from.isEmpty, !to.isEmpty else { return false }
    let message = Sketch.Message(
      from: script.participant(String(from)), to: script.participant(String(to)),
      label: String(label).withoutEntityCodes, isLost: best.isLost, isTogether: joinsNext)
    joinsNext = false
    script.add(.message(message), line: number)
    return true
  }
}

extension String {
  /// Mermaid's entity codes (`#59;`) as the signs that they stand for.
  fileprivate var withoutEntityCodes: String {
    guard utf8.contains(UInt8(ascii: "#")) else { return self }
    var text = ""
    var rest = self[...]
    while let sign = rest.firstIndex(of: "#") {
      text += rest[..<sign]
      let behind = rest[rest.index(after: sign)...]
      let code = behind.prefix(7).prefix { $0.isASCII && ($0.isNumber || $0.isLetter) }
      if behind[code.endIndex...].first == ";", let character = Self.character(code) {
        text.append(character)
        rest = behind[code.endIndex...].dropFirst()
      } else {
        text.append("#")
        rest = behind
      }
    }
    return text + rest
  }

  /// `#9;` is a number in the text: a control character has no place in a label.
  private static func character(_ code: Substring) -> Character? {
    guard let number = UInt32(code) else { return Entities.character(code) }
    return number < 0x20 ? nil : Entities.character("#\(number)")
  }
}

extension Substring {
  /// Without the double quotes around it.
  var withoutQuotes: String {
    count >= 2 && first == "\"" && last == "\"" ? String(dropFirst().dropLast()) : String(self)
  }
}
