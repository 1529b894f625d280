import Documents
import Notations
import TCP

/// The plan of a ladder, from its rows: `SYN | ...listening`. The first stands in line 3, as under a header.
func plan(_ rows: String) throws -> Plan {
  let rungs = rows.split(separator: "\n").enumerated().map { index, row in
    let cells = row.split(separator: "|", omittingEmptySubsequences: false).map { cell(String($0)) }
    return Rung(line: index + 3, cells: Both(left: cells[0], right: cells[1])).understood()
  }
  let ladder = Ladder(parties: Both(left: "client", right: "server"), rungs: rungs)
  return try Plan(ladder, page: "p.md")
}

private func cell(_ text: String) -> Cell {
  guard case .elements(let elements) = Cell.Reading(of: text) else { return Cell(text: text) }
  return Cell(text: text, elements: elements)
}

/// The reason why this table cannot be run, with its line.
func refusal(_ rows: String) -> String {
  do {
    _ = try plan(rows)
    return "run"
  } catch {
    return "\(error)"
  }
}

extension Plan {
  /// The steps in few words: `left close()`, `left FIN`, `lose left`, `right sends again`. Looks are left out.
  var told: [String] {
    steps.compactMap { step in
      switch step.action {
      case .look: nil
      case .lose(let party, _): "lose \(party)"
      case .call(let party, let call): "\(party) \(call)"
      case .expect(let party, let pattern): "\(party) \(pattern)"
      case .expectData(let party, let pattern, _, _): "\(party) \(pattern)"
      case .read(let party): "\(party) reads"
      case .expectAbandoned(let party, let pattern): "\(party.other) close before \(party) \(pattern)"
      case .expectBoth(let patterns): "both \(patterns.left) \(patterns.right)"
      case .resend(let party): "\(party) sends again"
      case .expectHeld(let party, let pattern, _): "hold \(party) \(pattern)"
      case .release(let party): "release \(party)"
      case .inject(let party, let pattern): "inject \(party) \(pattern)"
      case .reboot(let party): "reboot \(party)"
      case .place(let party, let number): "place \(party) \(number)"
      }
    }
  }

  /// The calls alone.
  var calls: [String] { told.filter { $0.hasSuffix(")") && !$0.contains(":") && !$0.contains("bytes") } }
}
