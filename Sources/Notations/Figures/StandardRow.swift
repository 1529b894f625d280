import Documents
import TCP

/// A row of a ladder while a figure in the style of RFC 9293 is read.
struct StandardRow {
  var line: Int
  var segments = Both<String?>(nil)
  var isLost = Both(false)
  /// Calls, waits and losses.
  var elements = Both<[Cell.Element]>([])
  var states = Both<State?>(nil)
  /// The states that hold only when the other party's segment has arrived.
  var isReceived = Both(false)
  /// The states after both segments of the row have arrived.
  var after = Both<State?>(nil)
  var isElision = false
  var notes: [Rung.Note] = []

  var isOldDuplicate: Bool { elements.left.contains(.oldDuplicate) || elements.right.contains(.oldDuplicate) }

  func cell(of party: Party) -> Cell {
    var cell = Cell(text: segments[party] ?? "")
    if isElision, party == .left { cell.text = "..." }
    if isLost[party.other] { cell.elements.append(.lost) }
    let remarks = elements[party].filter { $0 == .oldDuplicate || $0 == .arrivesLater }
    cell.elements += elements[party].filter { !remarks.contains($0) }
    if let fields = segments[party] {
      let label = Label(reading: fields)
      if let segment = StandardSegment.pattern(of: fields) {
        cell.elements.append(.segment(segment))
      } else if let segment = label.segment, label.unread == nil {
        cell.elements.append(.segment(segment))
      } else {
        cell.unreadText = Cell.UnreadText(of: fields)
        cell.unreadText?.mayHideStep = true
      }
    }
    cell.elements += remarks
    if let state = states[party] {
      cell.elements.append(.state(state))
      if isReceived[party] { cell.elements.append(.received) }
    }
    return cell
  }
}

extension StandardEvents {
  var steps: [Sketch.Step] {
    var steps: [Sketch.Step] = []
    for (place, row) in rows.enumerated() {
      let cells = Both(left: row.cell(of: .left), right: row.cell(of: .right))
      steps.append(Sketch.Step(line: row.line, .row(cells, notes: row.notes)))
      // The states after two segments that cross are often those in which the next ones leave.
      let next = place + 1 < rows.count ? rows[place + 1].states : Both(nil)
      var after = Both(Cell())
      for party in Party.allCases {
        if let state = row.after[party], state != next[party] { after[party].elements = [.state(state)] }
      }
      if Party.allCases.contains(where: { !after[$0].elements.isEmpty }) {
        steps.append(Sketch.Step(line: row.line, .row(after, notes: [])))
      }
    }
    return steps
  }
}

extension StandardSegment {
  /// The segment of `<SEQ=100><ACK=300><DATA><LEN=5><CTL=FIN,ACK>`; nil where a field is another or cannot be read.
  ///
  /// Each field stands alone here, so an acknowledgment of 1 is never taken for a flag.
  static func pattern(of fields: String) -> SegmentPattern? {
    var head: [String] = []
    var list: [String] = []
    for field in fields.split(whereSeparator: { "<>＜＞ ".contains($0) }) {
      let parts = field.split(separator: "=", maxSplits: 1)
      switch (parts.first?.uppercased(), parts.count) {
      case ("CTL", 2): head.insert(parts[1].split(separator: ",").joined(separator: "+"), at: 0)
      case ("DATA", 1): head.append("data")
      case ("SEQ", 2): list.append("SEQ:\(parts[1])")
      case ("ACK", 2): list.append("ACK:\(parts[1])")
      case ("LEN", 2): list.append("LEN:\(parts[1])")
      default: return nil
      }
    }
    let text =
      head.joined(separator: " ")
      + (head.isEmpty ? list.joined(separator: ",") : "(\(list.joined(separator: ",")))")
    let written = list.isEmpty ? head.joined(separator: " ") : text
    guard case .elements(let elements) = Cell.Reading(of: written), elements.count == 1 else { return nil }
    return Cell(elements: elements).segment
  }
}
