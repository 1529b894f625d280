import Documents
import TCP

/// States, calls and events in lines of their own, or in parentheses.
extension StandardEvents {
  mutating func add(_ pieces: [FigureLine.Piece], line: Int) throws(SketchRefusal) {
    var states = Both<State?>(nil)
    for (place, piece) in pieces.prefix(2).enumerated() {
      let isRight = pieces.count > 1 ? place == 1 : piece.columns.lowerBound >= middle
      let party: Party = isRight ? .right : .left
      try refusePuzzle(piece.text, line: line)
      noteUnreadStates(piece.text, line: line)
      if let state = Self.state(piece.text) {
        states[party] = state
      } else if let elements = Self.elements(piece.text) {
        // A row has one timeout.
        if elements == [.timeout], pending[party].contains(.timeout) { endPending() }
        if pending.left.isEmpty, pending.right.isEmpty { pendingLine = line }
        pending[party] += elements
        hasRebooted = hasRebooted || elements.contains(.reboot)
      } else if Label(reading: piece.text).isTimeout, rows.last?.isLost[party] == true {
        var row = StandardRow(line: line)
        row.elements[party] = [.timeout]
        rows.append(row)
      } else if Self.inside(piece.text).map(Elision.isTold) == true {
        endPending()
        var row = StandardRow(line: line)
        row.isElision = true
        rows.append(row)
      }
    }
    guard Party.allCases.contains(where: { states[$0] != nil }) else { return }
    if !isBegun, !hasRebooted { try refuseHalfOpen(states, line: line) }
    var row = StandardRow(line: line)
    row.states = states
    row.elements = pending
    pending = Both([])
    rows.append(row)
  }

  private func refuseHalfOpen(_ states: Both<State?>, line: Int) throws(SketchRefusal) {
    let unconnected: Set<State> = [.closed, .listen]
    let opening: Set<State> = [.synSent, .synReceived]
    guard let left = states.left, let right = states.right,
      unconnected.contains(left) != unconnected.contains(right),
      !opening.contains(left), !opening.contains(right)
    else { return }
    throw SketchRefusal(
      line: line,
      reason:
        "the connection is half-open: \(left.rawValue) and \(right.rawValue) are not of one connection; "
        + "expected `(reboot)` above",
      isTCP: true)
  }

  static func inside(_ text: String) -> String? {
    guard let first = text.first, let last = text.last, "([".contains(first), ")]".contains(last) else {
      return nil
    }
    return String(text.dropFirst().dropLast()[...].trimmed)
  }

  /// `(Close)`, `(Open)`, `[close()]`; and `(send(100))`, `(timeout)`, `(lost)`, as tcpprobe writes them.
  private static func elements(_ text: String) -> [Cell.Element]? {
    if let inside = inside(text), let elements = Cell.written(inside), Cell(elements: elements).state == nil,
      Cell(elements: elements).segment == nil
    {
      return elements
    }
    switch text.filter(\.isLetter).lowercased() {
    case "close": return [.call(.close)]
    case "abort": return [.call(.abort)]
    case "activeopen", "connect": return [.call(.connect)]
    case "passiveopen", "listen": return [.call(.listen)]
    case let word where ["reboot", "restart", "crash"].contains(where: word.hasPrefix): return [.reboot]
    default: return nil
    }
  }

  /// The words that are nearly a state's name: `CLOSE-WIAT`. A label takes `FIN-WIAT-1` for a flag; here no flag stands
  /// beside an arrow.
  static func misspelledStates(in text: String) -> [String] {
    let told = Label(reading: text).unreadStates
    if !told.isEmpty { return told }
    return text.split(separator: " ").map(String.init).filter { word in
      word.utf8.count >= 5 && word == word.uppercased() && State(name: word) == nil
        && Spelling.nearState(word.replacing("-", with: "_")) != nil
    }
  }

  /// The state that an end is in after what stands in parentheses at the head of an arrow: `(Abort!!)`,
  /// `(return to LISTEN!)`.
  static func outcome(_ text: String) -> State? {
    guard let inside = inside(text) else { return nil }
    switch inside.filter(\.isLetter).lowercased() {
    case "abort", "aborts", "aborted", "reset": return .closed
    case "returntolisten", "returnstolisten", "backtolisten": return .listen
    default: return nil
    }
  }
}
