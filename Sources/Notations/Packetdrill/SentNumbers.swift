import Documents
import TCP

/// The sequence numbers of one party in a written script, counted from its SYN, which is 0; and what a page calls them.
struct SentNumbers {
  /// The number of the first octet that was not sent yet.
  var next: UInt32 = 0
  /// The first number that the other end has not received, or only behind a gap.
  private(set) var arrived: UInt32 = 0
  /// The numbers that the other end has received behind a gap, in order.
  private(set) var ahead: [Range<UInt32>] = []
  /// The number that the other end has acknowledged, as far as this party knows.
  var acknowledged: UInt32 = 0
  /// Tells whether this party has sent a SYN+ACK.
  var hasAnswered = false
  /// The number of the FIN.
  var fin: UInt32?
  /// The places in the stream at which a write ends.
  var writes: Set<UInt32> = []
  /// The number of octets that a call of the other end's has read.
  var read: UInt32 = 0
  /// The difference of the page's literals from these numbers.
  private var offset: UInt32?
  private var names: [String: UInt32] = [:]

  /// - Parameter first: the page's literal for the number at which this party begins to send.
  init(isOpen: Bool, first: UInt32?) {
    if isOpen { (next, arrived, acknowledged) = (1, 1, 1) }
    offset = first.map { $0 &- next }
  }

  /// Takes one octet that the page does not know: its numbers begin behind it.
  mutating func prime() {
    (next, arrived, read) = (2, 2, 1)
    offset = offset.map { $0 &- 1 }
  }

  /// The number of octets that have arrived and were not read.
  var unread: UInt32 {
    let taken: UInt32 = (fin.map { $0 < arrived ? 1 : 0 } ?? 0) + 1
    return arrived - min(arrived, read &+ taken)
  }

  /// The number that the page means, where it says one; it is bound to the expected one where it stands first.
  mutating func number(_ number: SegmentPattern.Number?, expected: UInt32) -> UInt32 {
    switch number {
    case nil: return expected
    case .literal(let value)?:
      let offset = offset ?? value &- expected
      self.offset = offset
      return value &- offset
    case .variable(let name, let plus)?:
      let plus = UInt32(truncatingIfNeeded: plus)
      let value = names[name] ?? expected &- plus
      names[name] = value
      return value &+ plus
    }
  }

  /// Forgets what the page calls the numbers, as behind steps that it leaves out.
  mutating func bindAgain() { (offset, names) = (nil, [:]) }

  /// Notes that these numbers have arrived.
  mutating func arrive(_ start: UInt32, _ count: UInt32) {
    guard count > 0, start <= UInt32.max - count, start + count > arrived else { return }
    ahead.append(max(start, arrived)..<(start + count))
    ahead.sort { $0.lowerBound < $1.lowerBound }
    while let first = ahead.first, first.lowerBound <= arrived {
      arrived = max(arrived, first.upperBound)
      ahead.removeFirst()
    }
  }

  /// The options by which the other end tells of what it has behind a gap.
  var selective: [OptionItem] {
    guard !ahead.isEmpty else { return [] }
    let blocks = ahead.prefix(3).map {
      Option.Block(left: SequenceNumber($0.lowerBound), right: SequenceNumber($0.upperBound))
    }
    return [.noOperation, .noOperation, .option(.sack(blocks))]
  }
}
