import Documents
import TCP

/// All that the lines of a figure hold, in their order: first as it stands there, then with each text at its arrow.
struct FigureItems {
  struct Arrow {
    var from: Int
    var to: Int
    /// The texts of the arrow's own line.
    var label: String
    var isLost: Bool
    /// The texts outside of the life lines, with the participant that each stands at.
    var sides: [(pole: Int, text: String)]
    /// Texts above or below that belong to it.
    var more: [String] = []

    var whole: String { ([label] + more).filter { !$0.isEmpty }.joined(separator: ", ") }
  }

  enum Kind {
    case arrow(Arrow)
    /// A text between the life lines.
    case between(String)
    /// A text at one participant's side.
    case side(Int, String, isBesideArrow: Bool)
    /// A state in a line without life lines.
    case below(Int, String)
    case elision
    case gap
  }

  struct Item {
    var line: Int
    var kind: Kind
  }

  private(set) var all: [Item] = []

  mutating func addGap() { all.append(Item(line: 0, kind: .gap)) }
  mutating func addElision(line: Int) { all.append(Item(line: line, kind: .elision)) }
  mutating func add(below pole: Int, _ text: String, line: Int) {
    all.append(Item(line: line, kind: .below(pole, text)))
  }
  mutating func add(side pole: Int, _ text: String, line: Int, isBesideArrow: Bool) {
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return }
    all.append(Item(line: line, kind: .side(pole, text, isBesideArrow: isBesideArrow)))
  }
  mutating func add(between text: String, line: Int) {
    let isElision = Elision.isTold(in: text) && !Elision.isPhrase(text)
    guard isElision || text.contains(where: { $0.isLetter || $0.isNumber }) else { return addGap() }
    all.append(Item(line: line, kind: isElision ? .elision : .between(text)))
  }

  mutating func add(_ arrow: Arrow, line: Int) {
    var arrow = arrow
    let sides = arrow.sides
    arrow.sides = []
    var rest: [(pole: Int, text: String)] = []
    for side in sides {
      let label = Label(reading: side.text)
      let isNumeric =
        label.segment.map { $0.flags.isEmpty && !$0.isData } == true && label.others == 0
        && label.states.isEmpty
      if isNumeric, Self.hasFlags(arrow.label) {
        arrow.more.append(side.text)
      } else {
        if label.segment != nil, label.states.isEmpty { arrow.sides.append(side) } else { rest.append(side) }
        if label.isLost, !label.isAgain { arrow.isLost = true }
      }
    }
    // The sender's own side first: `SYN ----->`.
    arrow.sides.sort { one, other in one.pole == arrow.from && other.pole != arrow.from }
    if Label(reading: arrow.label).segment == nil,
      let side = arrow.sides.first(where: { $0.pole == arrow.from })
    {
      arrow.more.insert(side.text, at: 0)
      arrow.sides.removeAll { $0.pole == arrow.from }
    }
    all.append(Item(line: line, kind: .arrow(arrow)))
    for side in rest { add(side: side.pole, side.text, line: line, isBesideArrow: true) }
  }

  static func hasFlags(_ text: String) -> Bool { !Label(reading: text).namedFlags.isEmpty }

  /// Puts each text at its arrow, and joins texts that go on in the next line.
  mutating func finish() {
    joinTransitions()
    var labels = FigureLabels(all)
    labels.assign()
    all = labels.items
    markLosses()
    for place in all.indices {
      guard case .arrow(var arrow) = all[place].kind, Label(reading: arrow.whole).segment == nil,
        let side = arrow.sides.first
      else { continue }
      arrow.more.append(side.text)
      all[place].kind = .arrow(arrow)
    }
  }

  /// A short note that something is lost means the arrow above it.
  private mutating func markLosses() {
    var last: Int?
    for place in all.indices {
      switch all[place].kind {
      case .arrow: last = place
      case .between(let text), .side(_, let text, _):
        let label = Label(reading: text)
        guard label.isLost, !label.isAgain, !label.isTCP, text.count <= 24, let last,
          case .arrow(var arrow) = all[last].kind
        else { continue }
        arrow.isLost = true
        all[last].kind = .arrow(arrow)
      case .below, .elision, .gap: break
      }
    }
  }

  /// `CLOSED →` in one line and `SYN_SENT` in the next, at one side, are one text.
  private mutating func joinTransitions() {
    var open: [Int: Int] = [:]
    var joined: Set<Int> = []
    for place in all.indices {
      guard case .side(let pole, let text, _) = all[place].kind else { continue }
      if let first = open.removeValue(forKey: pole),
        case .side(_, let before, let wasBeside) = all[first].kind
      {
        all[first].kind = .side(pole, before + " " + text, isBesideArrow: wasBeside)
        joined.insert(place)
        continue
      }
      let isOpen = text.hasSuffix("→") || text.hasSuffix("->") || text.hasSuffix("⇒") || text.hasSuffix("=>")
      if isOpen, !Label(reading: text).states.isEmpty { open[pole] = place }
    }
    all = all.indices.filter { !joined.contains($0) }.map { all[$0] }
  }

  /// Tells whether an arrow names something that only TCP has, and none names another protocol.
  var isTCP: Bool {
    let labels = all.compactMap { item -> String? in
      if case .arrow(let arrow) = item.kind { arrow.whole } else { nil }
    }
    let words = Set(labels.joined(separator: " ").uppercased().split { !$0.isLetter }.map(String.init))
    // Lines of which most arrows have no label are another picture: one of states, of hosts, of calls.
    guard words.isDisjoint(with: Self.otherProtocols), labels.count(where: \.isEmpty) * 2 <= labels.count
    else {
      return false
    }
    let readings = labels.map { Label(reading: $0) }
    if labels.map({ Vocabulary(of: $0) }).areMisspelled { return true }
    let segments = readings.compactMap(\.segment)
    let hasFlags = segments.contains { !$0.flags.isEmpty }
    let hasSequence = segments.contains { $0.sequence != nil }
    let hasAcknowledgment = segments.contains { $0.acknowledgment != nil }
    return segments.contains { !$0.flags.isDisjoint(with: .control) }
      || (hasSequence && (hasFlags || hasAcknowledgment)) || (hasFlags && hasAcknowledgment)
  }

  private static let otherProtocols: Set = [
    "QUIC", "UDP", "SCTP", "DCCP", "DHCP", "DISCOVER", "INIT", "BYE", "INVITE",
  ]
}
