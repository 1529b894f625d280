package import Documents
package import TCP

/// The segments of one connection in a capture: the first and the last ones, and what is known of those between.
package struct CapturedConnection: Sendable {
  /// The place of its first packet among the connections of the file, from 1.
  package let number: Int
  /// On the left stands who opened it; where that was not seen, the end with the higher port.
  package let names: Both<String>
  /// The family of its ends' addresses; nil where a text has no such addresses.
  package let family: Family?
  /// The first segments, and the last ones in their order.
  package var segments: [CapturedSegment] { head + tail[oldest...] + tail[..<oldest] }
  /// Segments between the first and the last ones that were not kept.
  package private(set) var omitted = 0
  package private(set) var sides = Both(CapturedSide())
  /// Packets that passed a second place of the capture, which are no segments of their own.
  package internal(set) var copies = 0
  /// ICMP errors about its segments.
  package private(set) var errors: [CapturedSegment] = []
  /// The details that a text leaves out of it; none are left out of a capture file.
  package internal(set) var untold: Set<Untold> = []
  /// The time of the last packet of its own capture, where a text has several; nil where the file is one.
  package internal(set) var captureEnd: Int64?
  /// The number of the connection of the same ends that followed; nil where none did.
  package internal(set) var successor: Int?
  /// Tells whether the end with the lower address stands on the left.
  let isLowLeft: Bool
  /// Nanoseconds since 1970 of its first and last packet.
  package private(set) var times: ClosedRange<Int64>

  /// A detail that a text may leave out.
  package enum Untold: Sendable {
    /// The lengths of segments with data, where those around them do not show them either.
    case lengths
    /// The sequence numbers of segments with data, or of an RST that answers a segment.
    case numbers
    /// The time of a packet, or an order of times.
    case times
  }

  private var head: [CapturedSegment] = []
  private var tail: [CapturedSegment] = []
  /// The place of the oldest segment in `tail`, which goes round.
  private var oldest = 0

  /// The first segments that are kept of each connection.
  static let headLength = 24

  init(number: Int, names: Both<String>, family: Family?, isLowLeft: Bool, at time: Int64) {
    self.number = number
    self.names = names
    self.family = family
    self.isLowLeft = isLowLeft
    times = time...time
  }

  /// Tells whether the capture has the connection's first SYN.
  package var isFromBeginning: Bool { sides.left.syn != nil || sides.right.syn != nil }
  package var count: Int { head.count + tail.count + omitted }
  /// The place among ``segments`` before which some are left out; nil where none are.
  package var gap: Int? { omitted > 0 ? head.count : nil }

  /// Marks a segment by those before it, and takes it into account.
  mutating func take(_ segment: inout CapturedSegment) {
    if segment.from == .left {
      segment.take(into: &sides.left, against: &sides.right)
    } else {
      segment.take(into: &sides.right, against: &sides.left)
    }
  }

  /// Tells whether a packet from another place of the capture tells nothing that is not known.
  func isCopy(_ segment: CapturedSegment) -> Bool {
    let (mine, theirs) = (sides[segment.from], sides[segment.from.other])
    return mine.knows(segment, window: segment.window(from: mine, to: theirs))
  }

  /// The place where this direction's packets are captured, which the first one sets.
  mutating func passage(of party: Party, or first: UInt64) -> UInt64 {
    if let known = sides[party].passage { return known }
    sides[party].passage = first
    return first
  }

  /// Sets what a SYN's options say of its sender.
  mutating func setOptions(of party: Party, scale: UInt8?, maximumSegmentSize: Int?) {
    (sides[party].scale, sides[party].maximumSegmentSize) = (scale, maximumSegmentSize)
  }

  /// The number of the first SYN of this end; nil where none was seen.
  func firstNumber(of party: Party) -> UInt32? { sides[party].first?.rawValue }

  /// Keeps a segment; `mostKept` bounds what is kept, if the oldest of the last ones is to go.
  ///
  /// - Returns: true where that needs more memory than before.
  mutating func keep(_ segment: CapturedSegment, mostKept: Int) -> Bool {
    pass(segment)
    if head.count < Self.headLength {
      head.append(segment)
      return true
    }
    if omitted == 0, tail.count + Self.headLength < mostKept {
      tail.append(segment)
      return true
    }
    omitted += 1
    tail[oldest] = segment
    oldest = (oldest + 1) % tail.count
    return false
  }

  /// Notes the time of a segment of which nothing else is kept.
  mutating func pass(_ segment: CapturedSegment) {
    if segment.time > times.upperBound { times = times.lowerBound...segment.time }
    if segment.time < times.lowerBound { times = segment.time...times.upperBound }
  }

  /// The most ICMP errors that are kept.
  private static let mostErrors = 8

  mutating func add(error: CapturedSegment) {
    pass(error)
    if errors.count < Self.mostErrors { errors.append(error) }
  }
}
