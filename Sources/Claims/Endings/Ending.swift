package import Documents

/// The reason why a connection of a capture ended, with the packets that prove it.
package struct Ending: Equatable, Sendable {
  package var kind: Kind
  /// The party that the kind is about; see ``Kind``.
  package var party: Party
  package var proofs: [Proof]
  package var remarks: [Remark]
  /// Set where the packets leave another explanation open.
  package var isInferred: Bool

  package init(
    _ kind: Kind, of party: Party, _ proofs: [Proof], remarks: [Remark] = [], isInferred: Bool = false
  ) {
    self.kind = kind
    self.party = party
    self.proofs = proofs
    self.remarks = remarks
    self.isInferred = isInferred
  }

  package enum Kind: String, CaseIterable, Sendable {
    // The connection was never made. The party is the opener.
    case noAnswer = "no-answer"
    case refused
    case unreachable
    /// The opener never acknowledged the SYN+ACK.
    case neverAcknowledged = "syn-ack-unanswered"
    /// The opener answered the SYN+ACK with RST.
    case openerReset = "opener-reset"

    // It was closed. The party sent the first FIN.
    case closed
    case closedByBoth = "closed-by-both"
    /// Both FINs passed. The other party's was never acknowledged.
    case lastAckMissing = "last-ack-missing"

    // It was broken. The party sent the RST.
    case unreadData = "unread-data"
    /// The other party sent data behind the FIN of this one.
    case lateWrite = "late-write"
    /// The RST answers a segment of a connection that the party's host does not know.
    case unknownConnection = "unknown-connection"
    case aborted
    case keepAliveReset = "keep-alive-reset"
    case retransmissionReset = "retransmission-reset"

    // The other end was silent, and the party went on trying.
    case retransmissionsUnanswered = "retransmissions-unanswered"
    case finUnanswered = "fin-unanswered"
    case keepAlivesUnanswered = "keep-alives-unanswered"

    /// The party's window is closed, and stays so.
    case zeroWindow = "zero-window"
    /// The party has sent its FIN; the other has acknowledged it and sends none.
    case halfClosed = "half-closed"
    /// Nothing proves an end.
    case undecided
  }

  /// A detail without which the reason cannot be told.
  package enum Untold: Equatable, Sendable {
    case lengths
    case numbers
    /// ACKs without numbers: they may be keep-alive probes.
    case probes
  }

  /// Packets that prove a part of it, by their numbers.
  package struct Proof: Equatable, Sendable {
    package var role: Role
    package var party: Party
    package var packets: [Int]
    /// Octets of data, where the role is about them.
    package var octets: Int?
    /// Nanoseconds that the role lasts.
    package var nanoseconds: Int64?

    package enum Role: String, Sendable {
      case syn, synAck = "syn-ack", synAgain = "syn-again", synAckAgain = "syn-ack-again"
      case fin, finAcknowledged = "fin-acknowledged", finAgain = "fin-again"
      case rst
      case icmp
      case data
      /// The last thing that the party sent of its own, before the other's data.
      case lastOwnData = "last-own-data"
      case lateData = "late-data"
      case trigger
      case closedWindow = "closed-window"
      case windowProbes = "window-probes"
      case retransmissions
      case keepAlives = "keep-alives"
      case lastHeard = "last-heard"
    }

    init(
      _ role: Role, _ party: Party, _ packets: [Int], octets: Int? = nil, nanoseconds: Int64? = nil
    ) {
      self.role = role
      self.party = party
      self.packets = packets
      self.octets = octets
      self.nanoseconds = nanoseconds
    }
  }

  /// The limits of the capture that a reader must know to judge the reason.
  package enum Remark: Equatable, Sendable {
    /// It has no SYN of the connection.
    case beganBefore
    /// It has no packet of this party, and the other acknowledges some.
    case unheard(Party)
    /// Segments between the first and the last were not kept.
    case omitted(Int)
    case retransmissions(Party, Int)
    /// Segments of this party came behind later ones, or behind their ACK: they were lost before the capture point, or
    /// overtaken.
    case gapsFilled(Party, Int)
    /// Octets of this party were acknowledged that the capture does not have.
    case unseen(Party, octets: Int)
    case superSegments(Party, Int)
    case copies(Int)
    /// An RST behind the close changes nothing.
    case lateReset(Party, packet: Int)
    /// The party went on sending after its own RST: it had no effect, or is another host's.
    case uselessReset(Party, packet: Int)
    /// The window of the party was closed when the connection was broken.
    case windowWasClosed(Party, packet: Int)
    /// The party's FIN came again after it was acknowledged: the ACK was lost behind the capture point.
    case ackLost(Party, packets: [Int])
    /// The sender of the late data cannot have known that the other had closed.
    case crossed
    /// A text leaves out what would tell why it ended.
    case untold(Untold)
    /// Nanoseconds that the capture goes on behind the last packet of the connection.
    case captureGoesOn(Int64)
    case nextConnection(Int)
  }
}
