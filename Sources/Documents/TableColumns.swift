/// What the columns of a table are, by their headers and by what stands in them.
struct TableColumns {
  private let names: [String]

  init(header: [String]) { names = header.map { $0.lowercased() } }

  /// Headers of columns that are never a party's, whatever stands in them.
  private static let claimNames: Set = ["claim", "claims"]
  static let leadingNotes: Set = ["#", "no", "no.", "step", "time"]
  private static let notes = leadingNotes.union(["note", "notes", "comment", "comments", "remark", "remarks"])
  private static let factNames: Set = ["what", "value", "set by"]

  /// The columns that could be a party's.
  var candidates: [Int] {
    names.indices.filter { !Self.claimNames.contains(names[$0]) && !Self.notes.contains(names[$0]) }
  }

  /// The columns that are neither a party's nor the claims'.
  func notes(without parties: Both<Int>) -> [Int] {
    names.indices.filter { $0 != parties.left && $0 != parties.right && !Self.claimNames.contains(names[$0]) }
  }

  func claims(in row: Table.Row) -> [String] {
    names.indices.filter { Self.claimNames.contains(names[$0]) }.flatMap { column in
      row.cells[column].split { $0 == " " || $0 == "\t" || $0 == "," || $0 == ";" }
        .map { Markdown.unwrapped($0) }
    }
  }

  /// Whether the headers are `what | value | set by`, in any order, and perhaps `claim`.
  var areFacts: Bool {
    let others = names.filter { !Self.claimNames.contains($0) }
    return others.count == Self.factNames.count && Set(others) == Self.factNames
  }

  func fact(_ name: String, in row: Table.Row) -> String {
    names.firstIndex(of: name).map { Markdown.unwrapped(row.cells[$0][...]) } ?? ""
  }

  enum Parties {
    case none
    case unclear(String)
    /// Places among the candidates.
    case found(left: Int, right: Int)
  }

  /// Which two of the candidate columns are the parties': those that hold segments, calls or states.
  ///
  /// Where only one does, the other party may be the one that loses and waits in silence.
  /// States alone are no ladder: nothing in them happens.
  func parties(in readings: [[Cell.Reading]]) -> Parties {
    let columns = candidates.indices
    let speaking = columns.filter { column in readings.contains { $0[column].isSpoken } }
    switch speaking.count {
    case 0: return .none
    case 1:
      let silent = columns.filter { column in
        column != speaking[0] && readings.contains { $0[column].isLossOrTimeout }
      }
      guard silent.count <= 1 else {
        return .unclear("\(silent.count) columns hold losses or timeouts: a ladder has two parties")
      }
      guard let other = silent.first else {
        // A column of states is an ordinary table; one of segments may be half a ladder, and is not passed over.
        let happens = readings.contains { $0[speaking[0]].isStep }
        return happens ? .unclear("only one column holds segments or calls: a ladder has two parties") : .none
      }
      let both = [speaking[0], other].sorted()
      return .found(left: both[0], right: both[1])
    case 2:
      let happens = readings.contains { row in speaking.contains { row[$0].isStep } }
      guard happens else { return .unclear("states alone: a ladder has segments or calls") }
      return .found(left: speaking[0], right: speaking[1])
    default:
      return .unclear("\(speaking.count) columns hold segments, calls or states: a ladder has two")
    }
  }
}

extension Cell.Reading {
  private func holds(_ isMeant: (Cell.Element) -> Bool) -> Bool {
    if case .elements(let elements) = self { elements.contains(where: isMeant) } else { false }
  }

  private var isImpossible: Bool { if case .impossible = self { true } else { false } }

  /// A segment or a call.
  fileprivate var isStep: Bool {
    isImpossible || holds { if case .segment = $0 { true } else if case .call = $0 { true } else { false } }
  }

  fileprivate var isSpoken: Bool { isStep || holds { if case .state = $0 { true } else { false } } }

  fileprivate var isLossOrTimeout: Bool { holds { $0 == .lost || $0 == .timeout } }
}
