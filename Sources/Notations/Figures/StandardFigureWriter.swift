import Documents
import TCP

extension Ladder {
  /// The ladder as a figure in the style of RFC 9293, section 3.5.
  ///
  /// An answer stands in a step of its own. Reading it gives the same cells again, but for what such a figure has no sign for: claims, the mark of a written
  /// record, states that may be those of the next step (they are written as those of their own), and calls and waits
  /// beside the other party's segment (they get a step of their own).
  package var standardFigure: String {
    var writer = FigureWriter()
    for rung in withAnswersApart.rungs { writer.add(rung) }
    return writer.text(parties)
  }
}

/// A line of a figure before the widths of its columns are known.
private struct WrittenLine {
  var step: Int?
  var ends = Both("")
  var marks = Both("")
  var fields = ""
}

private struct FigureWriter {
  private var rows: [WrittenLine] = []
  private var step = 0
  /// The fields of each party's segment that arrives in a later step.
  private var underWay: Both<[String]> = Both([])

  mutating func add(_ rung: Rung) {
    let senders = Party.allCases.filter { rung.cells[$0].isSent }
    let isWritten = senders.allSatisfy { rung.cells[$0].unreadText == nil }
    if rung.understood().isElision {
      step += 1
      rows.append(WrittenLine(step: step, ends: Both(left: "(...)", right: "")))
    } else if senders.isEmpty || !isWritten {
      addRow(rung)
    } else {
      addCauses(senders, rung)
      if senders.count == 2 { addCrossing(rung) } else { addSegment(of: senders[0], rung) }
      if senders.count == 1 { addCauses([senders[0].other], rung) }
    }
    for note in rung.notes where note.isOnlyRemark {
      let words = note.text.split { $0 == " " || $0 == "\t" }.joined(separator: " ").prefix(200)
      rows.append(WrittenLine(ends: Both(left: "(note: \(words))", right: "")))
    }
  }

  /// Calls, waits and losses of these parties; the first line has the number of the step.
  private mutating func addCauses(_ parties: [Party], _ rung: Rung) {
    let isSegment = Party.allCases.contains { rung.cells[$0].isSent }
    var texts = Both<[String]>([])
    for party in parties {
      texts[party] = rung.cells[party].elements.compactMap { element in
        switch element {
        case .call, .timeout: "(\(element))"
        case .reboot: "\(element)"
        case .lost: isSegment ? nil : "(\(element))"
        default: nil
        }
      }
    }
    let count = max(texts.left.count, texts.right.count)
    if count > 0 || parties.contains(where: { rung.cells[$0].isSent }) || !isSegment { step += 1 }
    for index in 0..<count {
      rows.append(
        WrittenLine(
          step: index == 0 ? step : nil, ends: texts.map { index < $0.count ? $0[index] : "" }))
    }
    isNumbered = count > 0
  }
  /// Tells whether the number of the step stands already.
  private var isNumbered = false

  private mutating func addRow(_ rung: Rung) {
    addCauses(Party.allCases, rung)
    let states = rung.cells.map { $0.state.map(Self.name) ?? "" }
    if let sender = Party.allCases.first(where: { rung.cells[$0].elements.contains(.arrivesNow) }) {
      var row = arrival(from: sender, underWay[sender].first ?? "")
      underWay[sender] = Array(underWay[sender].dropFirst())
      row.step = isNumbered ? nil : step
      row.ends = states
      rows.append(row)
      return
    }
    if !states.left.isEmpty || !states.right.isEmpty {
      rows.append(WrittenLine(step: isNumbered ? nil : step, ends: states))
    }
    for party in Party.allCases where rung.cells[party].unreadText != nil {
      var row = WrittenLine()
      row.ends[party] = "(\(rung.cells[party].text))"
      rows.append(row)
    }
  }

  private mutating func addSegment(of sender: Party, _ rung: Rung) {
    let (own, other) = (rung.cells[sender], rung.cells[sender.other])
    let isAfter = other.state == nil || other.elements.contains(.received) || rung.isReceipt
    let head = sender == .left ? "-->" : "<--"
    var row = WrittenLine(step: isNumbered ? nil : step, fields: Self.fields(own))
    row.ends[sender] = own.state.map(Self.name) ?? ""
    row.ends[sender.other] = other.state.map(Self.name) ?? ""
    row.marks[sender] = head
    if own.isOldDuplicate {
      row.ends[sender] = "(duplicate)"
      row.marks = Both("...")
      row.marks[sender.other] = head
      rows.append(row)
      return
    }
    if own.elements.contains(.arrivesLater) {
      underWay[sender].append(row.fields)
      row.marks[sender.other] = "..."
      rows.append(row)
      return
    }
    row.marks[sender.other] = other.isLost ? "XXX" : isAfter ? head : "..."
    rows.append(row)
    if !isAfter, !other.isLost { rows.append(arrival(from: sender, row.fields)) }
  }

  private func arrival(from sender: Party, _ fields: String) -> WrittenLine {
    var row = WrittenLine(fields: fields)
    row.marks[sender] = "..."
    row.marks[sender.other] = sender == .left ? "-->" : "<--"
    return row
  }

  /// Two segments that are under way at the same time. One that is lost leaves behind the other.
  private mutating func addCrossing(_ rung: Rung) {
    let first: Party = rung.cells.right.isLost ? .right : .left
    for sender in [first, first.other] {
      var row = WrittenLine(fields: Self.fields(rung.cells[sender]))
      if sender == first, !isNumbered { row.step = step }
      row.ends[sender] = rung.cells[sender].state.map(Self.name) ?? ""
      row.marks[sender] = sender == .left ? "-->" : "<--"
      row.marks[sender.other] =
        sender == first ? "..." : rung.cells[sender.other].isLost ? "XXX" : row.marks[sender]
      rows.append(row)
    }
    rows.append(arrival(from: first, Self.fields(rung.cells[first])))
  }

  /// `FIN-WAIT-1`, as RFC 9293 spells it.
  private static func name(_ state: State) -> String {
    state == .synReceived ? "SYN-RECEIVED" : state.rawValue.replacing("_", with: "-")
  }

  /// `<SEQ=100><ACK=300><CTL=FIN,ACK>`.
  private static func fields(_ cell: Cell) -> String {
    guard let segment = cell.segment else { return "" }
    var fields = ""
    if let number = segment.sequence { fields += "<SEQ=\(number)>" }
    if let number = segment.acknowledgment { fields += "<ACK=\(number)>" }
    if !segment.flags.isEmpty { fields += "<CTL=\(segment.flags.description.replacing("+", with: ","))>" }
    if segment.isData { fields += "<DATA>" }
    if let length = segment.length { fields += "<LEN=\(length)>" }
    return fields
  }
}

// MARK: Columns

extension FigureWriter {
  func text(_ parties: Both<String>) -> String {
    // Two blanks would part a name into two.
    let names = parties.map { $0.split { $0 == " " || $0 == "\t" }.joined(separator: " ") }
    let width = max(12, rows.map { $0.fields.isEmpty ? 0 : $0.ends.left.displayWidth }.max() ?? 0)
    let fields = rows.map(\.fields.displayWidth).max() ?? 0
    // The right end of every line, behind the number, the left end, and the segment with its two arrows.
    let right = 4 + width + 1 + 3 + 1 + fields + 1 + 3 + 1
    let left = "    " + (names.left.isEmpty ? "left" : names.left)
    var lines = [padded(left, to: right - 2) + "  " + (names.right.isEmpty ? "right" : names.right)]
    for row in rows {
      var line = padded(row.step.map { "\($0)." } ?? "", to: 3) + " " + row.ends.left
      if !row.fields.isEmpty {
        line =
          padded(line, to: 4 + width) + " " + padded(row.marks.left, to: 3) + " "
          + padded(row.fields, to: fields)
        line += " " + padded(row.marks.right, to: 3)
      }
      if !row.ends.right.isEmpty { line = padded(line, to: right - 1) + " " + row.ends.right }
      lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.displayWidth))
  }
}
