import Documents
import TCP

/// The relation of a document's numbers to the kernel's: one offset for each party's numbers, bound once, and what each
/// variable was bound to.
struct Numbering: Equatable {
  /// The difference to add to a number of the document to get the kernel's.
  private(set) var offsets: Both<Int?> = Both(nil)
  private var variables: [String: SequenceNumber] = [:]
  /// Tells whether rows were left out, so that no offset holds for all of the ladder.
  private(set) var isBoundAgain = false

  /// Binds nothing for a party that was placed at the document's own number: it must be that number.
  init(placed: Both<SequenceNumber?>) {
    for party in Party.allCases where placed[party] != nil { offsets[party] = 0 }
  }

  /// Behind rows that the document leaves out its numbers stand for themselves: the first ones bind again.
  mutating func bindAgain() {
    offsets = Both(nil)
    variables = [:]
    isBoundAgain = true
  }

  /// The party's next connection has numbers of its own.
  mutating func bindAgain(_ party: Party) {
    offsets[party] = nil
    isBoundAgain = true
  }

  /// Tells whether the document's number is the kernel's, among the numbers of this party. The first number binds.
  mutating func matches(_ number: SegmentPattern.Number, _ seen: SequenceNumber, of party: Party) -> Bool {
    switch number {
    case .literal(let literal):
      guard let offset = offsets[party] else {
        offsets[party] = seen - SequenceNumber(literal)
        return true
      }
      return SequenceNumber(literal) + offset == seen
    case .variable(let name, let plus):
      guard let bound = variables[name] else {
        variables[name] = seen + -plus
        return true
      }
      return bound + plus == seen
    }
  }

  /// The kernel's number that the document's stands for; nil where nothing binds it yet.
  func value(of number: SegmentPattern.Number, of party: Party) -> SequenceNumber? {
    switch number {
    case .literal(let literal): offsets[party].map { SequenceNumber(literal) + $0 }
    case .variable(let name, let plus): variables[name].map { $0 + plus }
    }
  }

  /// The kernel's number where the document says nothing of it: as the document would write it, else as a picture of the
  /// run does, by a name of the party's first.
  func named(_ seen: SequenceNumber, of party: Party, from first: SequenceNumber) -> SegmentPattern.Number {
    if offsets[party] != nil { return written(seen, like: nil, of: party) }
    let near = variables.filter { 0..<1_000_000 ~= seen - $0.value }
    if let (name, bound) = near.min(by: { (seen - $0.value, $0.key) < (seen - $1.value, $1.key) }) {
      return .variable(name: name, plus: seen - bound)
    }
    return .variable(name: party == .left ? "x" : "y", plus: seen - first)
  }

  /// The kernel's number as the document would write it: shifted back, or by the name that stands in its place.
  func written(_ seen: SequenceNumber, like number: SegmentPattern.Number?, of party: Party)
    -> SegmentPattern.Number
  {
    if case .variable(let name, _)? = number, let bound = variables[name], abs(seen - bound) < 1_000_000 {
      return .variable(name: name, plus: seen - bound)
    }
    return .literal((seen + -(offsets[party] ?? 0)).rawValue)
  }
}
