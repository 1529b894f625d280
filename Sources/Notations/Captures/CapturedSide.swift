package import TCP

/// All that a capture tells of one end of a connection, however long the connection was.
package struct CapturedSide: Sendable {
  /// The first number that was seen of it: of its SYN where ``syn`` is there.
  package var first: SequenceNumber?
  /// The number behind the last that was seen.
  package var next: SequenceNumber?
  /// The last number that it acknowledged.
  package var acknowledged: SequenceNumber?
  package var window: Int?
  /// The shift of its windows, by its SYN; nil where its SYN was not seen or had no such option.
  package var scale: UInt8?
  package var maximumSegmentSize: Int?

  package var segments = 0
  package var retransmissions = 0
  package var superSegments = 0
  /// Segments that brought octets behind later ones, or behind their ACK.
  package var gapsFilled = 0
  /// Octets that the other end acknowledged, and that did not pass.
  package var unseenOctets = 0

  /// Its first SYN and FIN, and its first RST.
  package var syn: CapturedSegment?
  package var fin: CapturedSegment?
  package var rst: CapturedSegment?
  package var last: CapturedSegment?
  /// The last segment that brought data or FIN, not counting what passed before.
  package var lastNew: CapturedSegment?
  /// The number of times that its FIN passed.
  package var finCount = 0
  package var synCount = 0
  /// The segment that closed its window, while it is closed.
  package var closedWindow: CapturedSegment?
  /// Keep-alive probes of this end since the other was heard last, by their packets.
  package var keepAlives: [Int] = []
  /// Repetitions of this end since the other was heard last.
  package var unanswered: [CapturedSegment] = []
  /// The hole in the numbers that is not filled: from one number up to before the other.
  var gap: (from: SequenceNumber, to: SequenceNumber)?
  /// Octets of the hole that are in ``unseenOctets``.
  var unseenInGap = 0
  /// The place where the packets of this direction were captured first.
  var passage: UInt64?
}
