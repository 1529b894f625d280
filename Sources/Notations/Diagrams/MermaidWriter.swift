package import Documents

extension Ladder {
  /// The ladder as a Mermaid sequence diagram, without a fence around it.
  ///
  /// An answer stands in a step of its own. Reading it gives the same cells again. A diagram has no place for claims and for the mark of a written record.
  package var mermaid: String {
    var writer = MermaidWriter(parties)
    for rung in withAnswersApart.rungs { writer.add(rung) }
    return writer.lines.joined(separator: "\n") + "\n"
  }
}

extension Ladder {
  /// The diagram in a fence, as a Markdown page has it.
  package var mermaidFence: String { "```mermaid\n\(mermaid)```\n" }
}

private struct MermaidWriter {
  private(set) var lines = ["sequenceDiagram"]
  /// The sender of a segment that was lost, where a reader knows it: a timeout is then this party's.
  private var pendingLoss: Party?

  init(_ parties: Both<String>) {
    for party in Party.allCases {
      let name = mermaidText(parties[party])
      lines.append("    participant \(alias(party))" + (name.isEmpty ? "" : " as \(name)"))
    }
  }

  private func alias(_ party: Party) -> String { party == .left ? "A" : "B" }

  mutating func add(_ rung: Rung) {
    let senders = Party.allCases.filter { rung.cells[$0].isSent }
    switch senders.count {
    case 0: addRow(rung)
    case 1: addMessage(of: senders[0], rung)
    default:
      pendingLoss = nil
      lines.append("    par at the same time")
      lines.append(message(of: .left, rung))
      lines.append("    and")
      lines.append(message(of: .right, rung))
      lines.append("    end")
    }
    for note in rung.notes { addRemark(note, of: note.party ?? .right) }
  }

  /// A row without a segment.
  private mutating func addRow(_ rung: Rung) {
    if rung.understood().isElision {
      lines.append("    Note over A,B: ...")
      pendingLoss = nil
    } else if let loser = pendingLoss, rung.cells[loser].elements == [.timeout],
      rung.cells[loser.other].elements.isEmpty
    {
      lines.append("    Note over \(alias(loser)): \(Cell.Element.timeout)")
      pendingLoss = nil
    } else if Party.allCases.contains(where: { !rung.cells[$0].elements.isEmpty }) {
      let texts = rung.cells.map { text(of: $0.elements) }
      if Party.allCases.contains(where: { rung.cells[$0].isTimeout }) { pendingLoss = nil }
      lines.append(
        "    Note over A,B: \(texts.left)" + (texts.left.isEmpty ? "" : " ") + "|"
          + (texts.right.isEmpty ? "" : " \(texts.right)"))
    }
    for party in Party.allCases where rung.cells[party].unreadText != nil {
      addRemark(Rung.Note(column: "", text: rung.cells[party].text), of: party)
    }
  }

  private mutating func addMessage(of sender: Party, _ rung: Rung) {
    lines.append(message(of: sender, rung))
    let receiver = sender.other
    pendingLoss = rung.cells[receiver].isLost && rung.cells[sender].segment != nil ? sender : nil
    var elements = rung.cells[receiver].elements.filter { $0 != .lost }
    if rung.isReceipt, rung.cells[receiver].state != nil, !elements.contains(.received) {
      elements.append(.received)
    }
    guard !elements.isEmpty else { return }
    let isPlain = elements.contains { $0 == .received || $0 == .perhapsReceived || $0 == .orNext }
    lines.append(
      "    Note over \(alias(receiver)): \(text(of: elements))" + (isPlain ? "" : WrittenNote.inThisStep))
  }

  private func message(of sender: Party, _ rung: Rung) -> String {
    let cell = rung.cells[sender]
    let label = cell.unreadText != nil ? cell.text : text(of: cell.elements.filter { $0 != .lost })
    let arrow = rung.cells[sender.other].isLost ? "-x" : "->>"
    return "    \(alias(sender))\(arrow)\(alias(sender.other)): \(mermaidText(label))"
  }

  private func text(of elements: [Cell.Element]) -> String {
    elements.map(\.description).joined(separator: " ")
  }

  /// A remark that names a step or a state is a comment, so that no reader takes it for one.
  private mutating func addRemark(_ note: Rung.Note, of party: Party) {
    let isReason = note.column == Rung.Note.kernelReason
    let text = mermaidText((isReason ? WrittenNote.reason : "") + note.text)
    guard !text.isEmpty else { return }
    lines.append(
      isReason || note.isOnlyRemark ? "    Note over \(alias(party)): \(text)" : "    %% \(text)")
  }
}

/// A text of one line for a Mermaid diagram, with the signs that mean something there as entity codes.
package func mermaidText(_ text: some StringProtocol) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "#", ";", "<", ">", "\"": escaped += "#\(scalar.value);"
    case "\n", "\r": escaped += " "
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return String(escaped[...].trimmed)
}

extension Cell {
  /// Tells whether the party sends something in this row, be it read or not.
  var isSent: Bool { segment != nil || unreadText?.mayHideStep == true }
}
