import Documents
import Notations

extension Picture {
  /// The drawing as a Mermaid sequence diagram in a fence. Each row begins with its number, if it has one; a
  /// remark is a note below its row.
  var mermaidFence: String {
    var lines = ["sequenceDiagram"]
    for party in Party.allCases {
      lines.append("participant \(alias(party)) as \(mermaidText(names[party]))")
    }
    for row in rows { lines += mermaid(row) }
    return "```mermaid\n" + lines.joined(separator: "\n    ") + "\n```"
  }

  private func alias(_ party: Party) -> String { party == .left ? "A" : "B" }

  private func mermaid(_ row: Row) -> [String] {
    let number = row.number.map { "\($0): " } ?? ""
    func note(_ text: String, over party: Party? = nil) -> String {
      "Note over \(party.map(alias) ?? "A,B"): \(mermaidText(text))"
    }
    var lines: [String] = []
    switch row.what {
    case .segment(let label, let sender, let part):
      let arrow = part == .lost ? "-x" : "->>"
      lines.append("\(alias(sender))\(arrow)\(alias(sender.other)): \(mermaidText(number + label))")
    case .call(let label, let party, let outcome, _):
      lines.append(note(number + label + (outcome.map { " = \($0)" } ?? ""), over: party))
    case .note(let text): lines.append(note(number + text))
    case .pause(let nanoseconds, let timer): lines.append(note(waiting(nanoseconds, timer)))
    case .states: break
    }
    let mark = row.mark.map { "\($0.words), " } ?? ""
    return lines + row.annotations.map { note(mark + $0.text) }
  }
}
