import Documents
import TCP

/// Puts the steps of a sketch into the two columns of a ladder.
struct LadderBuilder {
  let sketch: Sketch
  /// The participants of the two columns.
  var parties = Both(left: 0, right: 1)
  var rungs: [Rung] = []
  var unread: [Page.Unread] = []
  var unjudged: [UnjudgedState] = []
  /// States before the first message.
  var early: [(line: Int, party: Party, state: State)] = []
  /// The place of the last rung with a segment.
  var lastMessage: Int?
  /// The sender of a segment that was lost, and that is not sent again so far.
  var pendingLoss: Party?
  /// Tells whether the sketch shows a SYN, and whether it has been answered so far.
  let opens: Bool
  var isOpened = false
  /// Tells whether its labels write flags as `SYN=1`.
  let setsFlags: Bool
  /// The parties that have sent their FIN so far.
  var ended: Set<Party> = []
  /// States of the last gap, of each party in their order: the second of one party in a gap belongs to the next rung.
  var carried = Both<[(line: Int, state: State, isSure: Bool)]>([])

  init(_ sketch: Sketch) {
    let sketch = sketch.withSwappedFlagsUnread
    self.sketch = sketch
    unread = sketch.unread
    setsFlags = sketch.steps.contains {
      guard case .message(let message) = $0.kind else { return false }
      return SegmentPattern.setsFlags(message.label)
    }
    opens = sketch.steps.contains {
      guard case .message(let message) = $0.kind else { return false }
      return message.reading.segment?.flags.contains(.syn) ?? false
    }
  }

  /// The ladder, without its number and heading.
  mutating func build() throws(SketchRefusal) -> Ladder {
    if let refusal = sketch.refusal { throw refusal }
    parties = try findParties()
    for step in sketch.steps {
      switch step.kind {
      case .message(let message): add(message, line: step.line)
      case .note(let places, let text): addNote(of: places, text, line: step.line)
      case .lead(let places, let text): addLead(of: places, text, line: step.line)
      case .remark(let places, let text): addNote(of: places, text, line: step.line, isSure: true)
      case .states(let states): addStates(states, line: step.line)
      case .row(let cells, let notes): addRow(cells, notes, line: step.line)
      case .elision(let text): addElision(text, line: step.line)
      }
    }
    placeCarried()
    crossTwins()
    endGap()
    addRefuser()
    addFirstHalf()
    dropUnjudged()
    guard rungs.contains(where: { rung in Party.allCases.contains { rung.cells[$0].segment != nil } }) else {
      throw SketchRefusal(
        line: sketch.lines.lowerBound, reason: "none of its steps is a segment", isTCP: !unread.isEmpty)
    }
    var ladder = Ladder(
      line: sketch.lines.lowerBound, parties: parties.map { sketch.names[$0] }, rungs: rungs)
    ladder.unjudged = unjudged
    return ladder
  }

  func party(_ place: Int) -> Party? {
    place == parties.left ? .left : place == parties.right ? .right : nil
  }
}

// MARK: The parties

extension LadderBuilder {
  /// The two participants between which segments go.
  func findParties() throws(SketchRefusal) -> Both<Int> {
    if sketch.steps.contains(where: { if case .row = $0.kind { true } else { false } }) {
      return Both(left: 0, right: 1)
    }
    var pairs: [(low: Int, high: Int, line: Int)] = []
    var isTCP = false
    var hasSegment = false
    var near: Flags = []
    var hasSlip = false
    for step in sketch.steps {
      guard case .message(let message) = step.kind, message.from != message.to else { continue }
      let label = message.reading
      let isSegment = label.segment.map {
        !$0.flags.isEmpty || $0.sequence != nil || $0.isData || label.unread != nil
      }
      guard isSegment ?? !label.nearFlags.isEmpty else { continue }
      hasSegment = hasSegment || isSegment == true
      isTCP = isTCP || label.segment?.flags.isEmpty == false
      near.formUnion(label.namedFlags)
      hasSlip = hasSlip || Vocabulary(of: message.label).hasSlip
      let pair = (min(message.from, message.to), max(message.from, message.to), step.line)
      // More than four pairs say no more than four.
      if pairs.count < 4, !pairs.contains(where: { ($0.low, $0.high) == (pair.0, pair.1) }) {
        pairs.append(pair)
      }
    }
    // Words that are all only nearly flags are TCP's where they are those of an exchange.
    guard let first = pairs.first, hasSegment || (hasSlip && near.isExchange) else {
      throw SketchRefusal(
        line: sketch.lines.lowerBound, reason: "none of its arrows names SYN, ACK, FIN or RST", isTCP: false)
    }
    if pairs.count > 1 {
      throw SketchRefusal(
        line: pairs[1].line,
        reason:
          "segments go between \(names(of: pairs)): a ladder has the two parties of one connection",
        isTCP: isTCP)
    }
    return Both(left: first.low, right: first.high)
  }

  func names(of pairs: [(low: Int, high: Int, line: Int)]) -> String {
    pairs.prefix(3).map { "\(sketch.names[$0.low]) and \(sketch.names[$0.high])" }.joined(
      separator: ", and between ")
  }
}

// MARK: Messages

extension LadderBuilder {
  mutating func add(_ message: Sketch.Message, line: Int) {
    guard let sender = party(message.from), let receiver = party(message.to), sender != receiver else {
      let places = message.from == message.to ? [message.from] : []
      return addNote(of: places, message.label, line: line)
    }
    let label = message.reading
    var cells = Both(Cell())
    cells[sender] = Cell(text: message.label, column: column(sender))
    cells[receiver].column = column(receiver)
    let written = Cell.written(message.label).flatMap { Cell(elements: $0).segment == nil ? nil : $0 }
    if let written {
      cells[sender].elements = written
    } else if label.unread != nil || (label.segment == nil && label.isTCP && label.calls.isEmpty) {
      cells[sender].unreadText = Cell.UnreadText(of: message.label)
      cells[sender].unreadText?.mayHideStep = true
      let suggestion = cells[sender].unreadText?.suggestion
      unread.append(Page.Unread(line: line, text: message.label, kind: .cell(suggestion: suggestion)))
    } else if var segment = label.segment {
      if setsFlags { segment.setAcknowledgmentFlag() }
      cells[sender].elements = [.segment(segment)]
    } else if isOpen(sender) {
      // Between the two ends of a connection, words without a flag are data.
      cells[sender].elements = [.segment(SegmentPattern(isData: true))]
    } else {
      return addNote(of: [], message.label, line: line)
    }
    if written == nil { tellUnread(label, line: line) }
    if message.isLost || label.isLost { cells[receiver].elements = [.lost] }
    if let flags = cells[sender].segment?.flags {
      if flags.isSuperset(of: [.syn, .ack]) { isOpened = true }
      if flags.contains(.fin) { ended.insert(sender) }
    }
    placeCarried()
    if message.isTogether, join(cells, of: sender) { return }
    let place = rungs.count
    rungs.append(Rung(line: line, cells: cells))
    let isFirst = lastMessage == nil
    lastMessage = place
    if isFirst, !early.isEmpty { placeEarly(at: place) }
    if cells[receiver].isLost { pendingLoss = sender } else if pendingLoss == sender { pendingLoss = nil }
    if written != nil { return }
    // A state behind the arrival is the receiver's, where the label names neither.
    let isOfReceiver = !label.states.isEmpty && Label.tellsOwnArrival(message.label)
    self.place(
      attributed(label, to: [isOfReceiver ? receiver : sender]), of: label, line: line, isSure: true)
  }

  /// Puts a message into the row of the one before, which the other party sends at the same time. No row holds a segment
  /// beside a loss.
  mutating func join(_ cells: Both<Cell>, of sender: Party) -> Bool {
    guard let last = rungs.indices.last, last == lastMessage, !rungs[last].cells[sender].isSent,
      rungs[last].cells[sender.other].isSent, !rungs[last].cells[sender].isLost,
      !cells[sender.other].isLost
    else { return false }
    let before = rungs[last].cells[sender].elements
    rungs[last].cells[sender] = cells[sender]
    if cells[sender].state == nil { rungs[last].cells[sender].elements += before }
    return true
  }

  func column(_ party: Party) -> Int { party == .left ? 1 : 2 }

  /// Tells whether words of this party can be data: the connection is open, and the party has not sent its FIN.
  func isOpen(_ party: Party) -> Bool { (isOpened || !opens) && !ended.contains(party) }

}
