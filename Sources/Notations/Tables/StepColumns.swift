import Documents
import TCP

/// The roles of the columns of a table whose rows are steps, by their headers and their cells.
struct StepColumns {
  /// The reading of each cell, row by row.
  private(set) var cells: [[CellMeaning]]
  private(set) var direction: DirectionColumn?
  private(set) var directionColumn: Int?
  /// The columns whose cells name who sends, and who receives.
  private(set) var sender: Int?
  private(set) var receiver: Int?
  /// Columns of segments, by flags.
  private(set) var segments: [Int] = []
  /// Columns of states, and of nothing else.
  private(set) var states: [Int] = []
  private(set) var sequence: Int?
  private(set) var acknowledgment: Int?
  private(set) var length: Int?
  /// Columns of numbers with their names: `seq=x, ack=y+1`.
  private(set) var numbers: [Int] = []
  /// Columns that are headed by a flag, and say whether it is set.
  private(set) var bits: [(column: Int, flag: Flags)] = []
  private(set) var others: [Int] = []
  /// Columns of what the one who is named in the row does, where the flags stand in another.
  private(set) var deeds: [Int] = []
  /// Tells whether the column of segments names stages: after which one the states hold.
  private(set) var isStaged = false
  /// Tells whether stages are counted.
  private(set) var isNumbered = false
  /// Tells whether the lengths are those of IP packets or frames.
  private(set) var isOfPackets = false
  /// Tells whether flags are written as `SYN=1`.
  private(set) var setsFlags = false

  init(_ table: Table) {
    cells = table.rows.map { row in
      table.header.indices.map {
        CellMeaning(of: $0 < row.cells.count ? Entities.decoded(row.cells[$0]) : "")
      }
    }
    for column in table.header.indices where !TableColumns.areClaims(table.header[column]) {
      place(column, header: table.header[column].lowercased())
    }
    // One such column alone is of acknowledgment numbers.
    if bits.count == 1, bits[0].flag == .ack, acknowledgment == nil {
      acknowledgment = bits[0].column
      bits = []
    }
    // Arrows of both directions beside segments, in two columns, are two cases.
    if let directionColumn, let found = direction, found.isBare, !segments.isEmpty,
      found.rows.contains(where: { !($0?.label.isEmpty ?? true) })
    {
      direction = nil
      segments = (segments + [directionColumn]).sorted()
    }
    findSender(table.header)
    chooseSegments(table.header)
    // Sender and receiver have columns of their own: `54321 → 80 [SYN]` is a packet analyzer's summary.
    if let directionColumn, receiver != nil {
      direction = nil
      segments = [directionColumn]
    } else if segments.count == 2, direction?.isBare == true {
      direction = nil
    }
    deeds = findDeeds()
    isStaged = findsStages()
    isNumbered = findsOrdinals()
    isOfPackets = findsLengthsOfPackets()
    setsFlags = cells.contains { $0.contains { SegmentPattern.setsFlags($0.text) } }
  }

  private mutating func place(_ column: Int, header: String) {
    if Words.flags.areIn(header) { readLetters(column) }
    let filled = cells.map { $0[column] }.filter { !$0.isSilent }
    let flagged = filled.count { $0.hasFlags || !$0.label.nearFlags.isEmpty }
    let plain = header.filter { $0.isLetter }
    if let flag = Flags(name: plain),
      filled.allSatisfy({ Self.setBits.contains($0.text) || Self.clearBits.contains($0.text) })
    {
      bits.append((column, flag))
    } else if flagged == 0, Words.sequence.areIn(header), sequence == nil {
      sequence = column
    } else if flagged == 0, Words.acknowledgment.areIn(header), acknowledgment == nil {
      acknowledgment = column
    } else if direction == nil, let found = DirectionColumn(cells.map { $0[column].text }),
      found.names.count >= 2, !found.isBare || flagged == 0 || found.hasBothWays
    {
      direction = found
      directionColumn = column
    } else if !filled.isEmpty, filled.count(where: { $0.isState || $0.isMisspelledState }) * 2 > filled.count
    {
      states.append(column)
    } else if flagged * 2 >= filled.count, flagged > 0 {
      segments.append(column)
    } else if flagged == 0, length == nil, Words.length.areIn(header) {
      length = column
    } else if flagged == 0, !filled.isEmpty,
      filled.count(where: { $0.segment?.sequence != nil || $0.segment?.acknowledgment != nil }) * 2
        >= filled.count
    {
      numbers.append(column)
    } else {
      others.append(column)
    }
  }

  /// Reads `S`, `[S.]`, `SA` in a column of flags that has nothing else.
  private mutating func readLetters(_ column: Int) {
    let flags = cells.map { row in
      row[column].text.isEmpty
        ? Flags() : Flags(letters: row[column].text.filter { !"[]()`, ".contains($0) })
    }
    guard flags.allSatisfy({ $0 != nil }),
      flags.contains(where: { $0?.contains(.syn) ?? false || $0?.contains(.fin) ?? false })
    else { return }
    for (place, found) in flags.enumerated() {
      if let found, !found.isEmpty { cells[place][column] = CellMeaning(of: found.description) }
    }
  }

  static let setBits: Set = ["1", "✓", "✔", "✅", "x", "X", "yes", "set", "true"]
  private static let clearBits: Set = ["0", "✗", "✘", "❌", "no", "false"]

  /// Finds the column of two names, of which one sends in each row.
  private mutating func findSender(_ header: [String]) {
    let places = others.filter { !TableColumns.leadingNotes.contains(header[$0].lowercased()) }
    func names(_ column: Int) -> Set<String> {
      Set(cells.map { $0[column] }.filter { !$0.isSilent }.map { Self.name($0.text) })
    }
    func areParties(_ column: Int) -> Bool {
      names(column).allSatisfy { name in
        Words.parties.areIn(name)
          || states.contains { PartyTitle.matches(PartyTitle.name(of: header[$0]), name) }
      }
    }
    let candidates = places.filter { column in
      let names = names(column)
      return (1...4).contains(names.count)
        && names.allSatisfy { $0.count <= 40 && $0.contains(where: \.isLetter) || $0.contains(".") }
        && names.count * 2 <= cells.count + 1
    }
    sender =
      candidates.first {
        Words.sender.areIn(header[$0].lowercased()) && (names($0).count > 1 || candidates.count > 1)
      }
      ?? candidates.first { names($0).count == 2 && areParties($0) }
    guard let sender else { return }
    others.removeAll { $0 == sender }
    receiver =
      places.first { $0 != sender && Words.receiver.areIn(header[$0].lowercased()) }
      ?? candidates.first { column in
        column != sender && names(column).union(names(sender)).count == 2
          && !names(column).isDisjoint(with: names(sender))
          && cells.allSatisfy {
            $0[column].isSilent || Self.name($0[column].text) != Self.name($0[sender].text)
          }
      }
    others.removeAll { $0 == receiver }
  }

  /// A party's name as it is compared.
  static func name(_ text: String) -> String { Markdown.unwrapped(text[...]).lowercased() }

  /// Two columns of segments are the parties' where hardly a row has both; else the one that tells the step in fewer
  /// words is meant, and the other is a remark.
  private mutating func chooseSegments(_ header: [String]) {
    guard segments.count >= 2, !(segments.count == 2 && arePairs(segments, header)) else { return }
    func words(_ column: Int) -> Int {
      cells.reduce(0) { $0 + $1[column].label.others }
    }
    let named = segments.filter { Words.flags.areIn(header[$0].lowercased()) }
    guard let best = (named.isEmpty ? segments : named).min(by: { words($0) < words($1) }) else { return }
    others += segments.filter { $0 != best }
    segments = [best]
  }

  private func arePairs(_ columns: [Int], _ header: [String]) -> Bool {
    guard direction?.isBare ?? true, sender == nil else { return false }
    let parties = states.map { PartyTitle.name(of: header[$0]) }
    let senders = columns.map { PartyTitle.name(of: header[$0]) }
    if Set(parties) == Set(senders), parties.count == 2 { return true }
    let filled = cells.filter { row in columns.contains { row[$0].hasFlags } }
    let both = filled.count { row in columns.allSatisfy { row[$0].hasFlags } }
    return both * 2 <= filled.count
  }
}
