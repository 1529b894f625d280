package import Documents
import TCP

extension Cell {
  /// The reading of a party's cell.
  package enum Reading: Equatable, Sendable {
    /// In the order in which they stand; none where there is nothing to judge (`...waiting`).
    case elements([Element])
    /// The cell, all of it, is in no notation.
    case text
    /// The notation is right, and says what no segment and no call can hold.
    case impossible(String)

    package init(of text: String) {
      guard !Elision.isTold(in: text) else {
        self = .elements([])
        return
      }
      var reader = CellReader(scanner: Scanner(plainNotation(text)))
      guard let elements = reader.read() else {
        self = .text
        return
      }
      self = reader.outOfRange.map(Reading.impossible) ?? .elements(elements)
    }
  }
}

/// Reads a cell's parts one after the other: a loss, a timeout or idle words; or calls and a segment; and a state.
///
/// A cell that is not read to its end is text, all of it. So is one that says two things that no row can
/// hold: two segments, two states, a loss beside a segment.
struct CellReader {
  var scanner: Scanner
  /// The first number that is too large, with what was expected.
  var outOfRange: String?

  init(scanner: Scanner) { self.scanner = scanner }

  mutating func read() -> [Cell.Element]? {
    // No notation is that long; so a cell's reading takes no more time than its length allows.
    guard scanner.octets.count <= 1000 else { return nil }
    var elements: [Cell.Element] = []
    var phrases = 0
    while true {
      scanner.skipSeparators()
      if scanner.isAtEnd { break }
      if let state = bracketedState() {
        elements.append(.state(state))
      } else if let misspelled = misspelledState() {
        elements.append(.unread(misspelled))
      } else if let remark = scanner.attempt(Scanner.writtenRemark) {
        elements.append(remark)
      } else if case .state? = elements.last, let remark = remark() {
        elements += remark
      } else if let phrase = phrase() {
        phrases += 1
        if let element = phrase.element { elements.append(element) }
      } else if let call = call() {
        elements.append(.call(call))
      } else if let pattern = segment() {
        elements.append(.segment(pattern))
      } else if let state = bareState() {
        elements.append(.state(state))
      } else {
        return nil
      }
    }
    let segments = elements.count { if case .segment = $0 { true } else { false } }
    let states = elements.count {
      switch $0 {
      case .state, .unread: true
      default: false
      }
    }
    let calls = elements.count { if case .call = $0 { true } else { false } }
    guard segments <= 1, states <= 1, phrases <= 1, phrases == 0 || segments + calls == 0 else { return nil }
    return elements
  }

  /// Words up to the next state in brackets or the cell's end.
  private mutating func phrase() -> Phrase? {
    let region = scanner.octets[scanner.position...].prefix { $0 != UInt8(ascii: "[") }
    guard let phrase = Phrase(region) else { return nil }
    scanner.position = region.endIndex
    return phrase
  }

  /// `[CLOSE_WAIT]`, `(ESTABLISHED)`: within brackets any spelling will do, blanks included.
  private mutating func bracketedState() -> State? {
    scanner.attempt { scanner in
      guard let open = scanner.take(oneOf: "[(") else { return nil }
      let name = scanner.takeWhile { $0.isStatesName || $0 == UInt8(ascii: " ") }
      guard scanner.take(oneOf: open == UInt8(ascii: "[") ? "]" : ")") != nil else { return nil }
      return State(name: name)
    }
  }

  /// `[ESTABLISED]`: what stands in brackets and is nearly a state's name can be nothing else.
  private mutating func misspelledState() -> String? {
    scanner.attempt { scanner in
      guard scanner.take(oneOf: "[") != nil else { return nil }
      let name = scanner.takeWhile { $0.isStatesName || $0 == UInt8(ascii: " ") }
      // `[SYN]` is a segment, as packet analyzers write it; `[CLOSED → SYN_SENT]` is two states.
      guard scanner.take(oneOf: "]") != nil, Flags(name: name) == nil, !Self.areStates(name),
        !Nearest.names(to: name, among: Spelling.states).isEmpty
      else {
        return nil
      }
      return "[\(name)]"
    }
  }

  private static func areStates(_ names: String) -> Bool {
    names.split(separator: " ").allSatisfy { State(name: $0) != nil }
  }

  /// `(2MSL)` behind a state: words that name nothing of TCP's say nothing that can be judged. Those that tell of an
  /// arrival (`(after receiving the ACK)`) say from when on the state holds.
  private mutating func remark() -> [Cell.Element]? {
    scanner.attempt { scanner in
      guard scanner.take(oneOf: "(") != nil else { return nil }
      let words = scanner.takeWhile { $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "[") }
      guard scanner.take(oneOf: ")") != nil, !Substring(words).isBlank else { return nil }
      if Receipt.isTold(in: words) { return [.received] }
      return Vocabulary.hasStep(words) ? nil : []
    }
  }

  /// `ESTABLISHED`, `fin-wait-1`. `close` and `closing` are words of prose too, and states only in capitals.
  private mutating func bareState() -> State? {
    scanner.attempt { scanner in
      let name = scanner.takeWhile(\.isStatesName)
      guard scanner.isBoundary, let state = State(name: name) else { return nil }
      let isAmbiguous = name.lowercased() == "close" || name.lowercased() == "closing"
      return isAmbiguous && name != name.uppercased() ? nil : state
    }
  }

  /// `close()`, `send(100)`.
  private mutating func call() -> Call? {
    var tooLong: String?
    let call: Call? = scanner.attempt { scanner in
      let name = scanner.word()
      scanner.skipBlanks()
      guard !name.isEmpty, scanner.take(oneOf: "(") != nil else { return nil }
      let argument = scanner.takeWhile { $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "[") }
      guard scanner.take(oneOf: ")") != nil, scanner.isBoundary else { return nil }
      if let call = Call("\(name)(\(argument))") { return call }
      // The argument is out of range where a smaller one would have made it a call.
      guard argument.utf8.allSatisfy(\.isDigit), !argument.isEmpty, let smallest = Call("\(name)(1)") else {
        return nil
      }
      tooLong = "expected 1 to \(SegmentReader.longest) bytes"
      return smallest
    }
    outOfRange = outOfRange ?? tooLong
    return call
  }

  private mutating func segment() -> SegmentPattern? {
    var reader = SegmentReader(scanner: scanner)
    guard let pattern = reader.read() else { return nil }
    scanner.position = reader.scanner.position
    outOfRange = outOfRange ?? reader.outOfRange
    return pattern
  }
}

extension UInt8 {
  /// True if this octet may stand in a state's name.
  fileprivate var isStatesName: Bool {
    isLetter || isDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
  }
}

extension Scanner {
  /// `(old duplicate)`, `(arrives later)`: words in parentheses as tcpprobe writes them.
  static func writtenRemark(_ scanner: inout Scanner) -> Cell.Element? {
    guard scanner.take(oneOf: "(") != nil else { return nil }
    let words = scanner.takeWhile { $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "[") }
    guard scanner.take(oneOf: ")") != nil else { return nil }
    return Cell.Element.remarks.first { $0.description == "(\(words))" }
  }
}
