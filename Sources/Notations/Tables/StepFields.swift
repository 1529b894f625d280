import Documents
import TCP

/// The fields of a segment that stand in columns of their own.
extension StepColumns {
  /// Adds what the columns of numbers say of a row's segment. false where one of them was not read.
  func complete(_ pattern: inout SegmentPattern, by row: [CellMeaning]) -> Bool {
    if setsFlags { pattern.setAcknowledgmentFlag() }
    for (column, flag) in bits where Self.setBits.contains(row[column].text) { pattern.flags.insert(flag) }
    for column in numbers {
      guard let more = row[column].segment else { continue }
      pattern.flags.formUnion(more.flags)
      pattern.sequence = pattern.sequence ?? more.sequence
      pattern.acknowledgment = pattern.acknowledgment ?? more.acknowledgment
      pattern.length = pattern.length ?? more.length
    }
    if let sequence, !row[sequence].isSilent, pattern.sequence == nil {
      guard let number = Self.field("seq", in: row[sequence])?.sequence else { return false }
      pattern.sequence = number
    }
    if let acknowledgment, !row[acknowledgment].isSilent, pattern.acknowledgment == nil {
      guard let number = Self.field("ack", in: row[acknowledgment])?.acknowledgment else { return false }
      // 0 beside no flag ACK is none.
      let isNone = number == .number(.literal(0)) && !pattern.flags.contains(.ack)
      if !isNone { pattern.acknowledgment = number }
    }
    if let length, !isOfPackets, pattern.length == nil, !row[length].isSilent {
      setLength(&pattern, row[length])
    }
    return true
  }

  /// The reading of a cell that has only the field's value: `x+1`, `(70)`, `1000 (relative)`.
  private static func field(_ name: String, in cell: CellMeaning) -> SegmentPattern? {
    if let segment = cell.segment, segment.sequence != nil || segment.acknowledgment != nil { return segment }
    let label = Label(reading: "\(name)=\(cell.text)")
    return label.unread == nil ? label.segment : nil
  }

  private func setLength(_ pattern: inout SegmentPattern, _ cell: CellMeaning) {
    let text = cell.text.drop { !$0.isNumber && !$0.isLetter }
    let digits = text.filter { $0 != "," }.prefix { $0.isASCII && $0.isNumber }
    if let count = Int(digits) {
      if count > 0, count <= SegmentReader.longest { pattern.length = count }
    } else if pattern.flags.isDisjoint(with: .control) {
      // The column holds the data itself: `GET /`.
      pattern.isData = true
    }
  }

  /// Tells whether stages are counted: `第二次挥手`.
  func findsOrdinals() -> Bool {
    others.contains { column in cells.contains { Ordinal(in: $0[column].text)?.isStep == true } }
  }

  /// Tells whether the lengths are those of IP packets or frames: then those of a SYN are not 0.
  func findsLengthsOfPackets() -> Bool {
    guard let length, let segments = segments.first else { return false }
    return cells.contains { row in
      guard row[segments].segment?.flags.contains(.syn) == true else { return false }
      return (Int(row[length].text.prefix { $0.isNumber }) ?? 0) > 0
    } || cells.contains { $0[segments].segment?.length != nil }
  }

  /// Tells whether a remark of this row says that the segment is lost.
  func isLost(_ row: [CellMeaning]) -> Bool {
    others.contains { row[$0].text.count <= 40 && row[$0].label.isLost && row[$0].segment == nil }
  }

  /// Columns of what the one who is named in the row does, where the flags stand in another.
  func findDeeds() -> [Int] {
    others.filter { column in
      let filled = cells.map { $0[column] }.filter { !$0.isSilent }
      return filled.count { $0.hasFlags } * 2 >= filled.count && filled.contains(where: \.hasFlags)
    }
  }

  /// Tells whether the column of segments names stages: after which one the states hold.
  func findsStages() -> Bool {
    guard let column = segments.first else { return false }
    let flagged = cells.map { $0[column] }.filter(\.hasFlags)
    return flagged.count { cell in
      let text = cell.text.lowercased()
      return Words.after.areIn(text) || Words.before.areIn(text)
    } * 2 >= flagged.count
  }

  /// The names of those who send and receive, in the order in which they come.
  var partyNames: [String] {
    var names: [String] = []
    for row in cells {
      for column in [sender, receiver].compactMap({ $0 }) where !row[column].isSilent {
        let name = Markdown.unwrapped(row[column].text[...])
        let isKnown = names.contains { Self.name($0) == Self.name(name) }
        if !isKnown, !Words.both.areIn(name.lowercased()) { names.append(name) }
      }
    }
    return names
  }
}

extension SegmentPattern {
  /// Tells whether this segment acknowledges that one, by its number; without numbers, by its flags.
  func answers(_ cause: SegmentPattern) -> Bool {
    guard namesAck else { return false }
    let takesNumber = !cause.flags.isDisjoint(with: [.syn, .fin])
    if case .number(let number)? = acknowledgment, let sent = cause.sequence {
      let length = (cause.length ?? 0) + (takesNumber ? 1 : 0)
      switch (number, sent) {
      case (.literal(let number), .literal(let sent)):
        return number == sent &+ UInt32(clamping: length) && length > 0
      case (.variable(let name, let plus), .variable(let known, let before)):
        return name == known && plus > before
      default: return false
      }
    }
    if flags.contains(.syn) { return cause.flags.contains(.syn) && !cause.flags.contains(.ack) }
    if flags.contains(.fin) { return cause.flags.contains(.fin) && !cause.flags.contains(.ack) }
    return takesNumber || cause.carriesData
  }
}
