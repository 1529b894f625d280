import Documents
import TCP

/// A segment beside what a document says of it.
struct SegmentComparison {
  /// The names of all fields that differ, in the order of a header.
  private(set) var differing: [String] = []
  /// The document's segment and the one that was seen, in one notation.
  let expected: SegmentPattern
  private(set) var seen: SegmentPattern

  /// Compares by the rules of the notation: SYN, FIN and RST exactly, ACK by the ack field or an explicit flag, all
  /// else only where it is named.
  ///
  /// A written record names all that there was but PSH: there data or a flag that it does not name is extra.
  init(
    _ pattern: SegmentPattern, _ segment: Segment, of party: Party, _ numbering: inout Numbering,
    isExhaustive: Bool
  ) {
    expected = pattern
    // Numbers first: the first one binds, and only then can the kernel's be written in the document's way.
    var badSequence = false
    if let number = pattern.sequence { badSequence = !numbering.matches(number, segment.sequence, of: party) }
    var badAcknowledgment = false
    if case .number(let number)? = pattern.acknowledgment, let acknowledged = segment.acknowledged {
      badAcknowledgment = !numbering.matches(number, acknowledged, of: party.other)
    }

    let exact: Flags = isExhaustive ? [.control, .urg, .ece, .cwr] : .control
    let named = pattern.flags.intersection([.psh, .urg, .ece, .cwr])
    if pattern.flags.intersection(exact) != segment.flags.intersection(exact)
      || !segment.flags.isSuperset(of: named)
    {
      differing.append("flags")
    }
    if let wantsAck = pattern.wantsAck, wantsAck != segment.flags.contains(.ack) {
      differing.append("ACK flag")
    }
    if badSequence { differing.append("SEQ") }
    if badAcknowledgment { differing.append("ACK") }
    if let length = pattern.length ?? (isExhaustive && !pattern.isData ? 0 : nil), length != segment.length {
      differing.append("length")
    } else if pattern.isData, segment.length == 0 {
      differing.append("length")
    }

    // Only what is named or differs is shown: two texts that differ in nothing else point at what does.
    var shown = pattern.flags.union(exact)
    if differing.contains("ACK flag") { shown.insert(.ack) }
    seen = SegmentPattern(flags: segment.flags.intersection(shown))
    seen.isData = pattern.isData && segment.length > 0
    if pattern.sequence != nil {
      seen.sequence = numbering.written(segment.sequence, like: pattern.sequence, of: party)
    }
    if let field = pattern.acknowledgment {
      var number: SegmentPattern.Number?
      if case .number(let named) = field { number = named }
      seen.acknowledgment =
        segment.acknowledged.map { .number(numbering.written($0, like: number, of: party.other)) } ?? .absent
    }
    if pattern.length != nil || differing.contains("length") { seen.length = segment.length }
  }

  /// The fields that differ, in a sentence; empty if none does.
  var difference: String {
    let names = differing.map { ["SEQ", "ACK"].contains($0) ? "\($0) number" : $0 }
    guard let last = names.last else { return "" }
    if names.count == 1 { return "the \(last) differ\(last == "flags" ? "" : "s")" }
    return "\(names.dropLast().joined(separator: ", ")) and \(last) differ"
  }

  /// The document only leaves the ACK out that all segments but the first have.
  var isSimplified: Bool {
    differing == ["ACK flag"] && expected.acknowledgment == .absent
      && expected.flags.isDisjoint(with: [.syn, .rst])
  }
}

extension SegmentPattern {
  /// True if the document has the ACK flag, false if it denies it; nil if it does not say.
  ///
  /// A bare SYN is a pure SYN.
  fileprivate var wantsAck: Bool? {
    switch acknowledgment {
    case .absent: false
    case .number: true
    case nil: flags.contains(.ack) ? true : flags.contains(.syn) ? false : nil
    }
  }
}
