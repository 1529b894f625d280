import Claims
import Documents
import TCP
import Traces

/// The notation of the kernel's sequence numbers: as the document has them, else with a name for the first.
struct Numbering: Equatable {
  private let placed: Both<Bool>
  private let offsets: Both<Int?>
  private let names: Both<String>
  /// The first number that was met of each party that neither a document nor the bench gave one.
  private var base: Both<SequenceNumber?> = Both(nil)

  init(trace: Trace, offsets: Both<Int?>) {
    placed = trace.placed.map { $0 != nil }
    self.offsets = offsets
    names = trace.names
  }

  /// A segment as `Segment.description` writes it, in these numbers.
  mutating func label(_ segment: Segment, from party: Party) -> String {
    // An RST that answers a segment without an ACK has 0: its sender has chosen no number (RFC 9293, section 3.10.7.1).
    let hasNone = segment.flags.contains(.rst) && segment.sequence.rawValue == 0 && base[party] == nil
    var text = "\(segment.flags) seq=\(hasNone ? "0" : number(segment.sequence, of: party))"
    if let acknowledged = segment.acknowledged { text += " ack=\(number(acknowledged, of: party.other))" }
    if segment.length > 0 { text += " len=\(segment.length)" }
    return text
  }

  mutating func number(_ value: SequenceNumber, of party: Party) -> String {
    if let offset = offsets[party] { return (value + (0 &- offset)).description }
    if placed[party] { return value.description }
    let first = base[party] ?? value
    base[party] = first
    let distance = value - first
    return Numbering.variable(of: party)
      + (distance == 0 ? "" : distance > 0 ? "+\(distance)" : "\(distance)")
  }

  /// The names that a written record uses too.
  private static func variable(of party: Party) -> String { party == .left ? "x" : "y" }

  var footnotes: [String] {
    let shifts: [String] = Party.allCases.compactMap { party in
      // Numbers go round: the shorter way says the same.
      guard let offset = offsets[party].map({ Int(Int32(truncatingIfNeeded: $0)) }), offset != 0 else {
        return nil
      }
      return
        "to match the page, \(grouped(abs(offset))) was \(offset > 0 ? "subtracted from" : "added to") the sequence"
        + " numbers of \(names[party])"
    }
    let bound = Party.allCases.compactMap { party in
      base[party].map { "\(Numbering.variable(of: party)) = \(grouped(Int($0.rawValue)))" }
    }
    return shifts + (bound.isEmpty ? [] : [bound.joined(separator: " and ") + " in this run"])
  }
}
