package import TCP

/// A table of which two columns hold what two parties send, call and are: one connection, told step by step.
package struct Ladder: Equatable, Sendable {
  /// The number of the table in its page, from 1, counting ladders and facts tables alike.
  package var table: Int
  /// The line of the header row, from 1.
  package var line: Int
  /// The heading that the table stands under, or nil.
  package var heading: String?
  /// The header cells of the two parties' columns.
  package var parties: Both<String>
  package var rungs: [Rung]
  /// True for a written record: anything that it does not show then contradicts it.
  package var isExhaustive: Bool
  /// The states of the page that no rung has, because no run decides them.
  package var unjudged: [UnjudgedState] = []

  package init(
    table: Int = 1, line: Int = 1, heading: String? = nil, parties: Both<String>, rungs: [Rung],
    isExhaustive: Bool = false
  ) {
    self.table = table
    self.line = line
    self.heading = heading
    self.parties = parties
    self.rungs = rungs
    self.isExhaustive = isExhaustive
  }
}

/// A state that a page gives for a moment that no run reaches.
package struct UnjudgedState: Equatable, Sendable {
  package var line: Int
  package var party: Party
  package var state: State
  package var moment: Moment

  package enum Moment: Sendable {
    /// At the end of TIME_WAIT, after 2 MSL.
    case afterTimeWait
    /// Before the call of listen().
    case beforeListen
  }

  package init(line: Int, party: Party, state: State, moment: Moment) {
    self.line = line
    self.party = party
    self.state = state
    self.moment = moment
  }
}

/// A row of a ladder.
package struct Rung: Equatable, Sendable {
  package var line: Int
  package var cells: Both<Cell>
  /// The claims that this row makes (`A3.1`), from a column named `claim`; empty where there is none.
  package var claims: [String]
  /// The columns that are neither a party's nor `claim`, by their header.
  package var notes: [Note]
  /// True where the row says that steps were left out here (`...`, "after a while"), and says nothing else.
  package var isElision: Bool
  /// True where a note of the row says that the segment was received: both states are those after its arrival.
  package var isReceipt: Bool

  package struct Note: Equatable, Sendable {
    package var column: String
    package var text: String
    /// The party that it is about, where a writer of a diagram should know it.
    package var party: Party?

    package init(column: String, text: String, of party: Party? = nil) {
      self.column = column
      self.text = text
      self.party = party
    }

    /// The header of the kernel's own reasons: why it dropped a segment or sent an RST.
    package static let kernelReason = "kernel's reason"
  }

  /// Tells whether the row says of the other party's segment that this one has received it. A note says so of the row's
  /// only segment, a cell also where its own segment crosses the other's.
  package func isReceived(by party: Party) -> Bool {
    let isToldOf = cells[party].elements.contains { $0 == .received || $0 == .perhapsReceived }
    return (cells[party.other].segment != nil || cells[party.other].elements.contains(.arrivesNow))
      && (isToldOf || (isReceipt && cells[party].segment == nil))
  }

  package init(
    line: Int = 1, cells: Both<Cell>, claims: [String] = [], notes: [Note] = [], isElision: Bool = false,
    isReceipt: Bool = false
  ) {
    self.line = line
    self.cells = cells
    self.claims = claims
    self.notes = notes
    self.isElision = isElision
    self.isReceipt = isReceipt
  }
}

/// A party's cell of a rung.
package struct Cell: Equatable, Sendable {
  /// The cell as it stands, without the blanks around it.
  package var text: String
  /// The column's number in its table, from 1.
  package var column: Int
  package var elements: [Element]
  /// Set where nothing of the cell was read, though something stands in it.
  package var unreadText: UnreadText?

  package init(
    text: String = "", column: Int = 1, elements: [Element] = [], unreadText: UnreadText? = nil
  ) {
    self.text = text
    self.column = column
    self.elements = elements
    self.unreadText = unreadText
  }

  /// The reader's knowledge of a cell that it could not read.
  package struct UnreadText: Equatable, Sendable {
    /// Tells whether a step of TCP's may be hidden in the text.
    package var mayHideStep: Bool
    /// The text with its misspellings corrected; nil where that is in no notation either.
    package var suggestion: String?

    package init(mayHideStep: Bool, suggestion: String? = nil) {
      self.mayHideStep = mayHideStep
      self.suggestion = suggestion
    }
  }

  package enum Element: Equatable, Sendable {
    /// The other party's segment in this row, or in the one before, does not arrive.
    case lost
    /// The sender is waited for until it sends again.
    case timeout
    case segment(SegmentPattern)
    case call(Call)
    case state(State)
    /// The state of this cell is the one after the other party's segment has arrived.
    case received
    /// The page tells of the other party's segment's arrival, and not whether the state of this cell is the one before or after it.
    case perhapsReceived
    /// The state of this cell may also be the one of the next rung: it stands in a note between the two.
    case orNext
    /// The segment of this cell is one of an earlier connection that arrives now: this party does not send it, and the
    /// bench makes it up.
    case oldDuplicate
    /// The segment of this cell is under way until a later rung says that it arrives.
    case arrivesLater
    /// The segment of an earlier rung of this party's that was under way arrives.
    case arrivesNow
    /// The party's host has lost all that it knew of the connection, as after a reboot.
    case reboot
    /// A state's name that is misspelled, with its brackets. No step is hidden in it.
    case unread(String)
  }

  package var segment: SegmentPattern? {
    elements.compactMap { if case .segment(let pattern) = $0 { pattern } else { nil } }.first
  }
  package var state: State? {
    elements.compactMap { if case .state(let state) = $0 { state } else { nil } }.first
  }
  package var calls: [Call] { elements.compactMap { if case .call(let call) = $0 { call } else { nil } } }
  package var isLost: Bool { elements.contains(.lost) }
  package var isOldDuplicate: Bool { segment != nil && elements.contains(.oldDuplicate) }
  package var isTimeout: Bool { elements.contains(.timeout) }
  /// The part of the cell that was not read; nil where all was.
  package var unread: String? {
    if unreadText != nil { return text }
    return elements.compactMap { if case .unread(let text) = $0 { text } else { nil } }.first
  }
}
