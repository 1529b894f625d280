import Traces
import Documents
import TCP

/// Everything that a record says, by its subject.
struct Behaviours {
  var order: [Change.Subject] = []
  var values: [Change.Subject: Behaviour] = [:]

  /// - Parameter alike: sections that are left out.
  init(_ record: Record, without alike: Set<String>) {
    for section in record.sections where !alike.contains(section.name) {
      if let ladder = section.ladder {
        add(Change.Subject(section: section.name, what: nil, setBy: ""), .ladder(ladder))
      }
      for row in section.rows {
        let subject = section.subject(of: row)
        switch row.value {
        case .measured(let value): add(subject, .value(value))
        case .notMeasured(let reason): add(subject, row.value.told.map(Behaviour.lack) ?? .missing(reason))
        }
      }
    }
  }

  private mutating func add(_ subject: Change.Subject, _ value: Behaviour) {
    if values.updateValue(value, forKey: subject) == nil { order.append(subject) }
  }
}

/// One thing that a record says.
enum Behaviour {
  case value(Value)
  case ladder(Ladder)
  case missing(Reason)
  /// The kernel itself lacks it.
  case lack(Value)

  /// - Parameter comparesStates: whether states were seen as closely in both.
  func difference(from after: Behaviour, inStates comparesStates: Bool) -> Change.Difference? {
    switch (self, after) {
    case (.value(let before), .value(let after)), (.value(let before), .lack(let after)):
      return before == after ? nil : .figure(before: before, after: after)
    case (.ladder(let before), .ladder(let after)):
      func told(_ ladder: Ladder) -> [Both<String>] {
        ladder.rungs.map { $0.cells.map { (comparesStates ? $0 : $0.withoutStates).description } }
      }
      let (first, second) = (told(before), told(after))
      guard first != second else { return nil }
      let same = zip(first, second).prefix { $0 == $1 }.count
      return .ladder(before: before, after: after, rung: same)
    default: return nil
    }
  }
}

extension Ladder {
  /// The states that either party was seen in.
  var states: Set<State> {
    Set(rungs.flatMap { [$0.cells.left.state, $0.cells.right.state] }.compactMap { $0 })
  }
}

extension Cell {
  /// The cell for a comparison with one whose states were not seen as closely.
  var withoutStates: Cell {
    var cell = self
    cell.elements.removeAll { if case .state = $0 { true } else { false } }
    // A cell without elements is told as it stands.
    if cell.elements.isEmpty, !elements.isEmpty { cell.text = "" }
    return cell
  }
}

extension Record.Section {
  /// The subject of a row. A ladder that could not be run stands there as a row.
  func subject(of row: Record.Row) -> Change.Subject {
    row.what == Acceptance.ladder && ladder == nil
      ? Change.Subject(section: name, what: nil, setBy: "")
      : Change.Subject(section: name, what: row.what, setBy: row.setBy)
  }

  /// All that it says a value of.
  var measured: [Change.Subject] {
    let rows = rows.filter { if case .measured = $0.value { true } else { false } }
    return (ladder == nil ? [] : [Change.Subject(section: name, what: nil, setBy: "")]) + rows.map(subject)
  }
}
