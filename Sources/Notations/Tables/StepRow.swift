import Documents
import TCP

/// A row of a table of steps: what happens in it, and the states of both parties.
struct StepRow {
  var line: Int
  var event: Event?
  var states = Both<[State]>([])
  /// The cells that tell of neither.
  var notes: [Rung.Note] = []

  struct Event {
    var sender: Party
    var kind: Kind
    var text: String
    var isLost = false

    enum Kind {
      case segment(SegmentPattern)
      case call(Call)
      case timeout
      /// Something looks like a step, and was not read.
      case unread
    }

    /// Tells whether it is a segment, or was not read and may be one.
    var mayBeSegment: Bool { if case .unread = kind { true } else { segment != nil } }

    var segment: SegmentPattern? { if case .segment(let pattern) = kind { pattern } else { nil } }
  }

  /// Tells whether what the row is about has arrived, so that its states are those behind the arrival.
  var isReceipt = false
  /// An answer of the other party in the same row.
  var answer: Event?
  /// A segment of the other party's in the same row that crosses the first.
  var crossing: Event?
}

/// Makes steps of a sketch from rows, in their order.
struct StepRowWriter {
  private(set) var steps: [Sketch.Step] = []
  /// The last segment, and whether the table has told of its arrival.
  private var last: (event: StepRow.Event, isArrived: Bool)?

  mutating func write(_ rows: [StepRow]) {
    var call: StepRow?
    for var row in rows {
      var calls: [Call] = []
      if let waiting = call {
        if let event = row.event, event.sender == waiting.event?.sender, event.segment != nil,
          case .call(let made)? = waiting.event?.kind
        {
          // The call and the segment that it makes are one step.
          calls = [made]
          for party in Party.allCases where row.states[party].isEmpty {
            row.states[party] = waiting.states[party]
          }
        } else {
          write(waiting, calls: [])
        }
        call = nil
      }
      if case .call? = row.event?.kind { call = row } else { write(row, calls: calls) }
    }
    if let call { write(call, calls: []) }
  }

  private mutating func write(_ row: StepRow, calls: [Call]) {
    if let answer = row.answer, let event = row.event {
      write(row.with(event, states: event.sender), calls: calls)
      var second = row.with(answer, states: answer.sender)
      second.notes = []
      return write(second, calls: [])
    }
    var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
    var receiver: Party?
    if let event = row.event {
      let isArrival = row.isReceipt && event.segment != nil && isLast(event)
      if row.isReceipt { receiver = event.sender.other }
      if !isArrival {
        cells[event.sender].text = event.text
        switch event.kind {
        case .segment(let pattern):
          cells[event.sender].elements = calls.map { .call($0) } + [.segment(pattern)]
          last = (event, row.isReceipt)
        case .call(let call): cells[event.sender].elements = [.call(call)]
        case .timeout: cells[event.sender].elements = [.timeout]
        case .unread:
          cells[event.sender].unreadText = Cell.UnreadText(of: event.text)
          cells[event.sender].unreadText?.mayHideStep = true
        }
        if event.isLost { cells[event.sender.other].elements = [.lost] }
        if let crossing = row.crossing, let pattern = crossing.segment {
          cells[crossing.sender].text = crossing.text
          cells[crossing.sender].elements.insert(.segment(pattern), at: 0)
        }
      } else {
        last?.isArrived = true
        receiver = nil
      }
    }
    var more = Both<[State]>([])
    for party in Party.allCases {
      guard let state = row.states[party].first else { continue }
      cells[party].elements.append(.state(state))
      if cells[party].text.isEmpty { cells[party].text = "[\(state.rawValue)]" }
      if party == receiver { cells[party].elements.append(.received) }
      more[party] = Array(row.states[party].dropFirst())
    }
    steps.append(Sketch.Step(line: row.line, .row(cells, notes: row.notes)))
    while Party.allCases.contains(where: { !more[$0].isEmpty }) {
      var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
      for party in Party.allCases where !more[party].isEmpty {
        let state = more[party].removeFirst()
        cells[party] = Cell(text: "[\(state.rawValue)]", column: 1, elements: [.state(state), .orNext])
      }
      steps.append(Sketch.Step(line: row.line, .row(cells, notes: [])))
    }
  }

  /// Tells whether this is the segment that was sent last, and of whose arrival nothing was told so far.
  private func isLast(_ event: StepRow.Event) -> Bool {
    guard let last, !last.isArrived, last.event.sender == event.sender, let flags = event.segment?.flags,
      let sent = last.event.segment?.flags
    else { return false }
    return flags.isSubset(of: sent) || sent.isSubset(of: flags)
  }
}

extension StepRow {
  /// The row with this event alone, and the states of this party alone.
  fileprivate func with(_ event: Event, states party: Party) -> StepRow {
    var row = self
    row.event = event
    row.answer = nil
    row.states[party.other] = []
    return row
  }
}
