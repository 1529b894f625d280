package import Documents
package import TCP

/// A segment of a connection in a capture, with what was known of the connection when it passed.
package struct CapturedSegment: Equatable, Sendable {
  /// The number of its packet in the file, from 1.
  package var number: Int
  /// Nanoseconds since 1970.
  package var time: Int64
  package var from: Party
  package var flags: Flags
  package var sequence: SequenceNumber
  /// The acknowledgment field, whether or not the ACK flag gives it a meaning.
  package var acknowledgment: SequenceNumber
  /// The window as it was meant, where both SYNs were seen; else as it stands in the header.
  package var window: Int
  /// Octets of data, by the headers.
  package var length: Int
  package var marks: Marks = []
  /// Type and code of an ICMP error about this segment, which was sent towards `from`.
  package var icmp: UInt16?

  /// The marks of a segment by the segments before it.
  package struct Marks: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// All of it, or its front, has passed before.
    package static let retransmission = Marks(rawValue: 1)
    /// It had been acknowledged before it came again: the ACK was lost, or was under way.
    package static let needless = Marks(rawValue: 2)
    /// Octets before it have not passed.
    package static let behindGap = Marks(rawValue: 4)
    /// It brings octets that were missing: they were lost before the capture point, or overtaken.
    package static let fillsGap = Marks(rawValue: 8)
    /// It acknowledges octets that have not passed: the capture has not all segments.
    package static let acknowledgesUnseen = Marks(rawValue: 16)
    /// One octet or none before the next one to be sent, so that the other end must answer.
    package static let keepAlive = Marks(rawValue: 32)
    /// The same while the other end's window is closed.
    package static let windowProbe = Marks(rawValue: 64)
    /// It closes the window, or keeps it closed.
    package static let zeroWindow = Marks(rawValue: 128)
    /// More octets than a segment may have: the network device cuts or joined it.
    package static let superSegment = Marks(rawValue: 256)
    /// A text gives no sequence number of it.
    package static let unnumbered = Marks(rawValue: 512)
  }

  /// The number that it acknowledges; nil where it has no ACK flag.
  package var acknowledged: SequenceNumber? { flags.contains(.ack) ? acknowledgment : nil }
  package var sequenceLength: Int {
    length + (flags.contains(.syn) ? 1 : 0) + (flags.contains(.fin) ? 1 : 0)
  }
  package var end: SequenceNumber { sequence + sequenceLength }
  /// The segment without its options, which a capture's reader does not keep.
  package var segment: Segment {
    Segment(
      flags: flags, sequence: sequence, acknowledgment: acknowledgment, window: UInt16(clamping: window),
      length: length)
  }
}
