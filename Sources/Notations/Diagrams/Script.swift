import Documents

/// The steps of a sequence diagram while it is read: its participants, and a path for each branch of its alternatives.
struct Script {
  /// Participants by the name that the steps use, with the name that a reader of the picture sees.
  private var aliases: [String: Int] = [:]
  private(set) var names: [String] = []
  /// The steps of each way through the alternatives so far.
  private(set) var paths: [[Sketch.Step]] = [[]]
  private var frames: [Frame] = []
  var unread: [Page.Unread] = []

  private enum Frame {
    case plain
    case alternatives(base: [[Sketch.Step]], done: [[Sketch.Step]])
  }

  /// The most ways through a diagram that are read.
  private static let mostPaths = 16

  mutating func declare(_ alias: String, as name: String? = nil) {
    let name = name ?? alias
    if let known = aliases[alias] {
      names[known] = name
    } else {
      aliases[alias] = names.count
      names.append(name)
    }
  }

  mutating func participant(_ alias: String) -> Int {
    declare(alias, as: aliases[alias].map { names[$0] })
    return aliases[alias] ?? 0
  }

  mutating func add(_ kind: Sketch.Kind, line: Int) {
    for path in paths.indices { paths[path].append(Sketch.Step(line: line, kind)) }
  }

  /// A frame begins whose steps all happen, or of whose parts one does.
  mutating func open(isAlternative: Bool) {
    frames.append(isAlternative ? .alternatives(base: paths, done: []) : .plain)
  }

  mutating func nextPart() {
    guard case .alternatives(let base, let done)? = frames.last else { return }
    frames[frames.count - 1] = .alternatives(base: base, done: done + paths)
    paths = base
  }

  mutating func close() {
    guard case .alternatives(_, let done)? = frames.popLast() else { return }
    paths = Array((done + paths).prefix(Self.mostPaths))
  }

  /// A sketch for each path.
  func sketches(lines: ClosedRange<Int>) -> [Sketch] {
    var all: [Sketch] = []
    for path in paths where !all.contains(where: { $0.steps == path }) {
      all.append(Sketch(names: names, steps: path, lines: lines, unread: all.isEmpty ? unread : []))
    }
    return all
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
