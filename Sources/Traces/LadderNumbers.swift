import Documents
import TCP

/// The numbers of a ladder that is written from events: each that the kernel chose is bound to a name, `x` for the left
/// party's and `y` for the right one's.
struct LadderNumbers {
  /// The lowest number of each party's connections, so that nothing is written as less.
  private var bases: Both<[SequenceNumber]> = Both([])
  /// The number that is written as itself in the place of this one; nil where it gets a name.
  private let literal: (SequenceNumber, _ base: SequenceNumber?, Party) -> UInt32?

  /// The names of the numbers of one connection after another between the same ports.
  private static let names = Both(left: ["x", "u", "p"], right: ["y", "v", "q"])

  /// - Parameter isRenewed: gives the numbers of a SYN that begins another connection a name of their own.
  init(
    _ events: some Sequence<Event>, isRenewed: Bool = false,
    literal: @escaping (SequenceNumber, _ base: SequenceNumber?, Party) -> UInt32?
  ) {
    self.literal = literal
    for event in events {
      guard let party = event.party, let segment = event.segment else { continue }
      let begins = isRenewed && segment.flags.contains(.syn) && !bases[party].contains(segment.sequence)
      if begins, bases[party].count < LadderNumbers.names[party].count, !bases[party].isEmpty {
        bases[party].append(segment.sequence)
        continue
      }
      for (owner, number) in [(party, Optional(segment.sequence)), (party.other, segment.acknowledged)] {
        guard let number else { continue }
        if bases[owner].isEmpty { bases[owner] = [number] }
        if bases[owner].count == 1, number < bases[owner][0] { bases[owner][0] = number }
      }
    }
  }

  func pattern(of segment: Segment, from party: Party) -> SegmentPattern {
    SegmentPattern(
      flags: segment.flags.subtracting(.psh), sequence: number(segment.sequence, of: party),
      acknowledgment: segment.acknowledged.map { .number(number($0, of: party.other)) } ?? .absent,
      length: segment.length > 0 ? segment.length : nil, isData: segment.length > 0)
  }

  private func number(_ value: SequenceNumber, of party: Party) -> SegmentPattern.Number {
    if let literal = literal(value, bases[party].first, party) { return .literal(literal) }
    let distances = bases[party].enumerated().map { ($0.offset, value - $0.element) }
    let nearest = distances.filter { $0.1 >= 0 }.min { $0.1 < $1.1 } ?? distances.first ?? (0, 0)
    return .variable(name: LadderNumbers.names[party][nearest.0], plus: nearest.1)
  }
}
