import Documents

/// PlantUML's sequence diagrams (https://plantuml.com/sequence-diagram), in a fence or between `@startuml` and `@enduml`.
enum PlantUML: Notation {
  static let name = "a PlantUML sequence diagram"

  static func sketches(in block: TextBlock) -> [Sketch] {
    switch block.language {
    case "plantuml", "puml", "uml", "plantuml-svg": return sketches(in: block, from: 0, to: block.lines.count)
    default: break
    }
    var sketches: [Sketch] = []
    var next = 0
    while let begin = block.lines[next...].firstIndex(where: { $0.trimmed.hasPrefix("@startuml") }) {
      let end = block.lines[begin...].firstIndex { $0.trimmed.hasPrefix("@enduml") } ?? block.lines.count - 1
      sketches += Self.sketches(in: block, from: begin, to: end + 1)
      next = end + 1
    }
    return sketches
  }

  private static func sketches(in block: TextBlock, from begin: Int, to end: Int) -> [Sketch] {
    guard begin < end else { return [] }
    var reader = PlantUMLReader()
    for index in begin..<end { reader.read(block.lines[index].trimmed, number: block.line(index)) }
    guard reader.hasArrow else { return [] }
    return reader.script.sketches(lines: block.line(begin)...block.line(end - 1))
  }
}

private struct PlantUMLReader {
  var script = DiagramSteps()
  private(set) var hasArrow = false
  /// The last message, for a note without a participant.
  private var last: (from: Int, to: Int)?
  /// The callers of the activated participants, for `return`.
  private var calls: [(from: Int, to: Int)] = []
  /// A note or a block of several lines that is not yet ended.
  private var open: (places: [Int], text: [Substring], line: Int, end: String)?

  private static let declarations: Set = [
    "participant", "actor", "boundary", "control", "entity", "database", "collections", "queue",
  ]
  private static let frames: Set = ["loop", "opt", "par", "break", "critical", "group", "partition", "box"]
  private static let notes: Set = ["note", "hnote", "rnote"]
  private static let passedOver: Set = [
    "autonumber", "activate", "deactivate", "destroy", "title", "header", "footer", "hide", "show",
    "skinparam", "create",
    "newpage", "scale", "caption", "mainframe", "autoactivate", "@startuml", "@enduml", "ref", "legend",
    "center", "left",
    "right", "top", "bottom", "end", "and", "also",
  ]

  mutating func read(_ line: Substring, number: Int) {
    if let note = open {
      if line.lowercased().filter({ $0 != " " }) == note.end {
        script.add(.note(of: note.places, text: note.text.joined(separator: " ")), line: note.line)
        open = nil
      } else {
        open?.text.append(line)
      }
      return
    }
    guard !line.isEmpty, !line.hasPrefix("'"), !line.hasPrefix("!") else { return }
    let word = line.prefix { $0 != " " && $0 != "\t" && $0 != ":" }.lowercased()
    let rest = line.dropFirst(word.count).trimmed
    if Self.declarations.contains(word) { return declare(rest) }
    if Self.notes.contains(word) { return readNote(rest, of: word, number: number) }
    if line.hasPrefix("==") || line.hasPrefix("||") { return }
    if line.hasPrefix("...") {
      script.add(.elision(text: String(line)), line: number)
      return
    }
    if word == "return" {
      guard let call = calls.popLast() ?? last else { return }
      add(from: call.to, to: call.from, rest, isLost: false, number: number)
      return
    }
    if readMessage(line, number: number) { return }
    switch word {
    case "alt": script.open(isAlternative: true, line: number)
    case "else": script.nextPart()
    case "end" where rest.isEmpty || Self.frames.contains(String(rest)): script.close()
    case _ where Self.frames.contains(word): script.open(isAlternative: false, line: number)
    case _ where Self.passedOver.contains(word): break
    default:
      if Label(reading: String(line)).isTCP {
        script.unread.append(Page.Unread(line: number, text: String(line)))
      }
    }
  }

  /// `"Long name" as A`, `A as "Long name"`, `A order 10 #red`.
  private mutating func declare(_ text: Substring) {
    let (first, behind) = Self.name(in: text)
    guard !first.isEmpty else { return }
    if let second = behind.without(word: "as") {
      let (alias, _) = Self.name(in: second)
      // The quoted one is what is seen; without quotes the one behind `as` is the alias.
      let isFirstAlias = second.first == "\""
      script.declare(isFirstAlias ? first : alias, as: Self.plain(isFirstAlias ? alias : first))
    } else {
      script.declare(first, as: Self.plain(first))
    }
  }

  /// A name, in quotes or up to a blank, and what stands behind it.
  private static func name(in text: Substring) -> (name: String, rest: Substring) {
    if text.first == "\"", let end = text.dropFirst().firstIndex(of: "\"") {
      return (String(text[text.index(after: text.startIndex)..<end]), text[text.index(after: end)...].trimmed)
    }
    let name = text.prefix { $0 != " " && $0 != "\t" }
    return (String(name), text[name.endIndex...].trimmed)
  }

  private static func plain(_ name: String) -> String { name.replacing("\\n", with: " ") }

  /// `over A, B : text`, `left of A : text`, `right : text`; without a text it goes on to `end note`.
  private mutating func readNote(_ text: Substring, of word: String, number: Int) {
    let (head, label) = text.cutAtColon ?? (text, text[text.endIndex...])
    let hasText = text.cutAtColon != nil
    var places: [Int] = []
    let side = head.without(word: "left") ?? head.without(word: "right")
    if let names = head.without(word: "over") ?? side?.without(word: "of") ?? head.without(word: "of") {
      places = names.split { $0 == "," }.map { name in
        // A colour may stand behind the name.
        script.participant(Self.name(in: name.trimmed).name)
      }
    } else if side != nil, let last {
      let isLeft = head.without(word: "left") != nil
      places = [isLeft ? min(last.from, last.to) : max(last.from, last.to)]
    } else if head.without(word: "across") == nil {
      return
    }
    if hasText {
      script.add(.note(of: places, text: Self.plain(String(label))), line: number)
    } else {
      open = (places, [], number, "end" + word)
    }
  }

  /// A shaft is dashes, dots or slashes, perhaps with a colour in brackets; heads stand at one end or both.
  private mutating func readMessage(_ line: Substring, number: Int) -> Bool {
    let (head, label) = line.cutAtColon ?? (line, line[line.endIndex...])
    guard let arrow = PlantUMLArrow(in: head) else { return false }
    let (from, behindFrom) = Self.name(in: arrow.left)
    var (to, behindTo) = Self.name(in: arrow.right)
    guard behindFrom.isEmpty, !from.isEmpty, !to.isEmpty, from != "[", to != "]" else { return false }
    for mark in ["++", "--", "**", "!!"] where to.hasSuffix(mark) && to.count > 2 {
      behindTo = Substring(mark)
      to = String(to.dropLast(2))
    }
    let ends = (left: script.participant(from), right: script.participant(to))
    let (sender, receiver) = arrow.isBackward ? (ends.right, ends.left) : (ends.left, ends.right)
    if behindTo.hasPrefix("++") { calls.append((sender, receiver)) }
    add(from: sender, to: receiver, label, isLost: arrow.isLost, number: number)
    return true
  }

  private mutating func add(from: Int, to: Int, _ label: Substring, isLost: Bool, number: Int) {
    hasArrow = true
    last = (from, to)
    script.add(
      .message(Sketch.Message(from: from, to: to, label: Self.plain(String(label)), isLost: isLost)),
      line: number)
  }
}

/// An arrow of PlantUML's and what stands at its ends: `A -> B`, `A <-- B`, `A ->x B`, `A -[#red]>> B`.
private struct PlantUMLArrow {
  var left: Substring
  var right: Substring
  var isBackward: Bool
  var isLost: Bool

  init?(in text: Substring) {
    // Names in quotes may hold anything.
    var begin = text.startIndex
    if text.first == "\"", let end = text.dropFirst().firstIndex(of: "\"") { begin = text.index(after: end) }
    guard let dash = text[begin...].firstIndex(of: "-") else { return nil }
    var end = dash
    var isColour = false
    while end < text.endIndex, isColour || text[end] == "-" || text[end] == "[" || text[end] == "." {
      if text[end] == "[" { isColour = true }
      if text[end] == "]" { isColour = false }
      end = text.index(after: end)
    }
    // `<-[#red]-` has dashes behind the colour.
    while end < text.endIndex, text[end] == "-" { end = text.index(after: end) }
    let before = text[begin..<dash]
    let behind = text[end...]
    func isMark(_ character: Character) -> Bool { "<>\\/xo".contains(character) }
    var tail = Substring(String(before.reversed().prefix(while: isMark).reversed()))
    var head = behind.prefix(while: isMark)
    // A letter is a mark only beside a head or before a blank: `->x B`, and not `->xena`.
    if head.last == "x" || head.last == "o" {
      let next = behind.dropFirst(head.count).first
      if next != " " && next != nil { head = head.dropLast() }
    }
    if tail.first == "x" || tail.first == "o" {
      let previous = before.dropLast(tail.count).last
      if previous != " " { tail = tail.dropFirst() }
    }
    guard head.contains(where: { ">\\/".contains($0) }) || tail.contains(where: { "<\\/".contains($0) })
    else { return nil }
    isBackward = !head.contains { ">\\/".contains($0) }
    isLost = (isBackward ? tail : head).contains("x")
    left = text[..<text.index(dash, offsetBy: -tail.count)].trimmed
    right = text[text.index(end, offsetBy: head.count)...].trimmed
  }
}
