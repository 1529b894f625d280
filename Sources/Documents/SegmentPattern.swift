package import TCP

/// A segment as a document tells it: only what it names is held against the kernel's.
package struct SegmentPattern: Equatable, Sendable {
  /// The flags that are named, ACK included where it is written as a flag.
  package var flags: Flags
  package var sequence: Number?
  package var acknowledgment: Acknowledgment?
  /// Octets of data, where they are named.
  package var length: Int?
  /// True if it is called `packet` or `data`: it carries data, of whatever length.
  package var isData: Bool

  package init(
    flags: Flags = [], sequence: Number? = nil, acknowledgment: Acknowledgment? = nil, length: Int? = nil,
    isData: Bool = false
  ) {
    self.flags = flags
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.length = length
    self.isData = isData
  }

  /// A sequence number as a document writes it.
  package enum Number: Equatable, Hashable, Sendable {
    /// A number of the document's own; the party's numbers may be shifted against the kernel's by one offset.
    case literal(UInt32)
    /// `x`, `x+1`, `x-1`: bound where the name first stands.
    case variable(name: String, plus: Int)
  }

  package enum Acknowledgment: Equatable, Hashable, Sendable {
    /// `ACK:-`: the segment acknowledges nothing.
    case absent
    case number(Number)
  }

  /// True if the document means a segment that carries data. PSH says so too: no kernel sets it without.
  package var carriesData: Bool {
    isData || (length ?? 0) > 0 || (length == nil && flags.contains(.psh) && flags.isDisjoint(with: .control))
  }

  /// Tells whether the document says that the segment acknowledges something.
  package var namesAck: Bool {
    if case .number? = acknowledgment { return true }
    return flags.contains(.ack)
  }

  /// True if the document can mean a pure ACK here.
  ///
  /// Where it cannot, pure ACKs are passed over on the way to the segment that this cell is compared with.
  package var mayBePureAck: Bool { !carriesData && flags.isDisjoint(with: .control) }

  /// Tells whether this cell is compared with this segment, its party's next: anything but a pure ACK is.
  package func isCompared(with segment: Segment) -> Bool { mayBePureAck || !segment.isPureAck }

  /// The pattern of what is left of this one behind a segment that is a part of it: octets may leave in several
  /// segments. Nil where nothing is left.
  package func rest(behind segment: Segment) -> SegmentPattern? {
    guard let octets = length, segment.length > 0, segment.length < octets else { return nil }
    var rest = self
    rest.length = octets - segment.length
    return rest
  }
}
