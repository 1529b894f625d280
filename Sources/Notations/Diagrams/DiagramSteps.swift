import Documents

/// The steps of a sequence diagram while it is read: its participants, and a path for each branch of its alternatives.
struct DiagramSteps {
  private var participants = Sketch.Participants()
  /// Each step once, in the order of the page.
  private var steps: [Sketch.Step] = []
  /// The steps of all paths, each with the place of the one before it in its path. Paths share what they begin with.
  private var links: [(step: Int, before: Int?)] = []
  /// The last step of each way through the alternatives so far, by its place in `links`; nil of one without steps.
  private var paths: [Int?] = [nil]
  private var frames: [Frame] = []
  private var isCut = false
  var unread: [Page.Unread] = []

  private enum Frame {
    case plain
    case alternatives(base: [Int?], done: [Int?], line: Int)
  }

  /// The most ways through a diagram that are read.
  private static let mostPaths = 16

  mutating func declare(_ alias: String, as name: String? = nil) { participants.declare(alias, as: name) }

  mutating func participant(_ alias: String) -> Int { participants.place(of: alias) }

  mutating func add(_ kind: Sketch.Kind, line: Int) {
    steps.append(Sketch.Step(line: line, kind))
    for path in paths.indices {
      links.append((steps.count - 1, paths[path]))
      paths[path] = links.count - 1
    }
  }

  /// A frame begins whose steps all happen, or of whose parts one does.
  mutating func open(isAlternative: Bool, line: Int) {
    frames.append(isAlternative ? .alternatives(base: paths, done: [], line: line) : .plain)
  }

  mutating func nextPart() {
    guard case .alternatives(let base, let done, let line)? = frames.last else { return }
    let ways = joined(done, paths, line: line)
    frames[frames.count - 1] = .alternatives(base: base, done: ways, line: line)
    paths = base
  }

  mutating func close() {
    guard case .alternatives(_, let done, let line)? = frames.popLast() else { return }
    paths = joined(done, paths, line: line)
  }

  /// The ways through the parts of the frame that begins in this line, each once. Says so where they are too many.
  private mutating func joined(_ done: [Int?], _ more: [Int?], line: Int) -> [Int?] {
    let all = done + more.filter { !done.contains($0) }
    if all.count > Self.mostPaths, !isCut {
      isCut = true
      let note =
        "the alternatives up to this one allow more than \(Self.mostPaths) sequences of steps, of which the first "
        + "\(Self.mostPaths) are read: draw the others in a diagram of their own"
      unread.append(Page.Unread(line: line, text: "alt", kind: .other(note)))
    }
    return Array(all.prefix(Self.mostPaths))
  }

  /// A sketch for each path. What is still open ends with the diagram.
  func sketches(lines: ClosedRange<Int>) -> [Sketch] {
    var whole = self
    while !whole.frames.isEmpty { whole.close() }
    return whole.paths.map { path in
      var places: [Int] = []
      var next = path
      while let place = next {
        places.append(links[place].step)
        next = links[place].before
      }
      return Sketch(
        names: participants.names, steps: places.reversed().map { steps[$0] }, lines: lines,
        unread: whole.unread)
    }
  }
}

extension Substring {
  /// Without this word and the blanks behind it at the beginning; nil where it does not begin with the word. Case does
  /// not matter.
  func without(word: String) -> Substring? {
    guard utf8.count >= word.utf8.count, prefix(word.count).lowercased() == word else { return nil }
    let rest = dropFirst(word.count)
    guard let first = rest.first else { return rest }
    return first == " " || first == "\t" ? rest.trimmed : nil
  }

  /// The parts before and behind the first colon, narrow or wide.
  var cutAtColon: (head: Substring, label: Substring)? {
    guard let colon = firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
    return (self[..<colon].trimmed, self[index(after: colon)...].trimmed)
  }
}
