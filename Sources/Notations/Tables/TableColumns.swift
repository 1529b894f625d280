import Documents

/// The roles of a table's columns, by their headers and cells.
struct TableColumns {
  private let titles: [String]
  private let names: [String]

  init(header: [String]) {
    titles = header
    names = header.map { $0.lowercased() }
  }

  /// Headers of columns that are never a party's, whatever stands in them.
  private static let claimNames: Set = ["claim", "claims"]
  static func areClaims(_ header: String) -> Bool { claimNames.contains(header.lowercased()) }
  static func isNote(_ header: String) -> Bool { notes.contains(header.lowercased()) }
  static let leadingNotes: Set = ["#", "no", "no.", "step", "time"]
  private static let notes = leadingNotes.union([
    "note", "notes", "comment", "comments", "remark", "remarks",
    // What a segment is, column by column: a party is never called so.
    "flag", "flags", "seq", "sequence", "ack", "acknowledgment", "number", "numbers", "len", "length",
    "details", "message", "info",
  ])
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

  /// True if the headers are `what | value | set by`, in any order, and perhaps `claim`.
  var areFacts: Bool {
    let others = names.filter { !Self.claimNames.contains($0) }
    return others.count == Self.factNames.count && Set(others) == Self.factNames
  }

  func fact(_ name: String, in row: Table.Row) -> String {
    names.firstIndex(of: name).map { Markdown.unwrapped(row.cells[$0][...]) } ?? ""
  }

  /// Tells whether a column names who sends, so that no column is a party's.
  func nameSenders(of table: Table) -> Bool {
    let isHeaded = names.contains { Words.direction.areIn($0) || Words.sender.areIn($0) }
    guard isHeaded, table.looksLikeTCP else { return false }
    let columns = StepColumns(table)
    return columns.sender != nil || columns.direction?.isBare == false
  }

  /// Tells whether both columns begin with a SYN in the same row, and one of them never answers the other's: then they
  /// are two cases, and not two parties that open at the same time.
  private func areCases(_ columns: [Int], _ readings: [[Cell.Reading]]) -> Bool {
    guard let first = readings.first(where: { row in columns.contains { row[$0].isStep } }),
      columns.allSatisfy({ first[$0].segment?.flags == .syn })
    else { return false }
    let answers = columns.map { column in
      readings.contains { ($0[column].segment?.flags ?? []).contains(.ack) }
    }
    return answers.contains(true) && answers.contains(false)
  }

  /// Tells whether one of these candidates is headed as what a party receives: `Client sees`, but not `Receiver`.
  func areReceived(_ left: Int, _ right: Int) -> Bool {
    [left, right].contains { candidate in
      let words = names[candidates[candidate]].split(separator: " ").map(String.init)
      return words.contains { Words.received.areIn($0) && !Words.receiver.areIn($0) }
    }
  }

  /// The reason why two columns that are not in the notation of ladders seem to be no parties; nil where they do.
  func doubt(_ readings: [[Cell.Reading]], _ left: Int, _ right: Int) -> String? {
    let titles = "`\(self.titles[candidates[left]])` and `\(self.titles[candidates[right]])`"
    let speak = [left, right].filter { column in readings.contains { $0[column].segment != nil } }
    let waits = [left, right].contains { column in readings.contains { $0[column].isLossOrTimeout } }
    if speak.count < 2, !waits {
      return "only one of the columns \(titles) has segments: a ladder has two parties"
    }
    for row in readings {
      guard let one = row[left].segment, let two = row[right].segment, one.flags != two.flags else {
        continue
      }
      if !one.answers(two), !two.answers(one) {
        return
          "a row has \(one) and \(two), of which neither answers the other: the columns \(titles) seem to be two cases"
      }
    }
    return nil
  }

  /// Tells whether this candidate column only has numbers, for segments that another column names by their flags alone.
  private func isOfNumbers(_ column: Int, _ readings: [[Cell.Reading]]) -> Bool {
    let rows = readings.filter { $0[column] != .elements([]) }
    guard rows.count >= 2, rows.allSatisfy({ $0[column].segment?.isOnlyNumbers ?? false }) else {
      return false
    }
    return candidates.indices.contains { other in
      other != column && rows.allSatisfy { $0[other].segment?.isOnlyFlags ?? false }
        && readings.count { $0[other].segment != nil } == rows.count
    }
  }

  enum Parties {
    case none
    case unclear(String)
    /// Places among the candidates.
    case found(left: Int, right: Int)
  }

  /// Finds the two candidate columns of the parties: those that hold segments, calls or states.
  ///
  /// Where only one does, the other party may be the one that loses and waits in silence.
  /// States alone are no ladder: nothing in them happens.
  ///
  /// - Parameter isMisspelled: whether this candidate column, in which nothing was read, has a cell that a few wrong
  ///   letters keep from being read. Then it may be the other party's.
  func parties(in readings: [[Cell.Reading]], isMisspelled: (Int) -> Bool) -> Parties {
    let columns = candidates.indices
    if let numbers = columns.first(where: { isOfNumbers($0, readings) }) {
      return .unclear(
        "the column `\(titles[candidates[numbers]])` holds only numbers of the segments in another column: a ladder has one column for each party"
      )
    }
    let speaking = columns.filter { column in readings.contains { $0[column].isSpoken } }
    switch speaking.count {
    case 0: return .none
    case 1:
      let silent = columns.filter { column in
        column != speaking[0] && readings.contains { $0[column].isLossOrTimeout }
      }
      guard silent.count <= 1 else {
        return .unclear("\(silent.count) columns contain losses or timeouts: a ladder has two parties")
      }
      let misspelled = silent.isEmpty ? columns.filter { $0 != speaking[0] && isMisspelled($0) } : []
      guard let other = silent.first ?? (misspelled.count == 1 ? misspelled[0] : nil) else {
        // A column of states or calls is an ordinary table; one of segments may be half a ladder, and is not passed over.
        let holdsSegments = readings.contains { $0[speaking[0]].isSegment }
        return holdsSegments
          ? .unclear(
            "only one column contains segments or calls, and a ladder has two parties; if it is a table of directions, name one column `direction`"
          ) : .none
      }
      let both = [speaking[0], other].sorted()
      return .found(left: both[0], right: both[1])
    case 2:
      let happens = readings.contains { row in speaking.contains { row[$0].isStep } }
      guard happens else { return .unclear("it contains only states: a ladder also has segments or calls") }
      if areCases(speaking, readings) {
        return .unclear(
          "both columns begin with a SYN, but this is not a simultaneous open: the columns seem to be two cases, and a "
            + "ladder has the two parties of one connection")
      }
      return .found(left: speaking[0], right: speaking[1])
    default:
      return .unclear("\(speaking.count) columns contain segments, calls or states: a ladder has two")
    }
  }
}

extension SegmentPattern {
  fileprivate var isOnlyNumbers: Bool { flags.isEmpty && !isData && sequence != nil }
  fileprivate var isOnlyFlags: Bool {
    !flags.isEmpty && !isData && sequence == nil && acknowledgment == nil && length == nil
  }
}

extension Cell.Reading {
  fileprivate var segment: SegmentPattern? {
    guard case .elements(let elements) = self else { return nil }
    return Cell(elements: elements).segment
  }

  private func holds(_ isMeant: (Cell.Element) -> Bool) -> Bool {
    if case .elements(let elements) = self { elements.contains(where: isMeant) } else { false }
  }

  private var isImpossible: Bool { if case .impossible = self { true } else { false } }

  /// A segment or a call.
  fileprivate var isStep: Bool {
    isImpossible || holds { if case .segment = $0 { true } else if case .call = $0 { true } else { false } }
  }

  fileprivate var isSegment: Bool { isImpossible || holds { if case .segment = $0 { true } else { false } } }

  fileprivate var isSpoken: Bool { isStep || holds { if case .state = $0 { true } else { false } } }

  fileprivate var isLossOrTimeout: Bool { holds { $0 == .lost || $0 == .timeout } }
}
