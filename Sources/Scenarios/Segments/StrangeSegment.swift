import TCP

/// A segment that does not belong where it arrives, made up so that it seems to come from the other end.
enum StrangeSegment: String, CaseIterable {
  case syn = "a SYN"
  case synAgain = "the SYN of the connection itself"
  case synAck = "a SYN+ACK"
  case synAckOfAnother = "a SYN+ACK of another SYN"
  case reset = "an RST with the expected sequence number"
  case resetWithin = "an RST elsewhere in the window"
  case resetBefore = "an RST one sequence number before the window"
  case resetBeyond = "an RST beyond the window"
  case resetOfAnother = "an RST of another SYN"
  case ackAhead = "an ACK of data not yet sent"
  case ackAgain = "an ACK of data already acknowledged"
  case ackBefore = "an ACK below the initial sequence number"
  case ackOld = "an ACK far below the initial sequence number"
  case emptyBefore = "an empty segment before the window"
  case dataBefore = "data before the window"
  case dataBeyond = "data beyond the window"
  case dataOld = "data with an old timestamp"
  case echoAhead = "an ACK that echoes a timestamp not yet sent"
  case finBeyond = "a FIN beyond the window"
  case finAlone = "a FIN without ACK"
  case null = "a segment without flags"
  case christmas = "a segment with FIN, PSH and URG"

  /// The name that it had in earlier versions; nil where it had none.
  var formerName: String? {
    switch self {
    case .reset: "an RST with the right number"
    case .resetBefore: "an RST one number before the window"
    case .ackAhead: "an ACK of what was not sent"
    case .ackAgain: "an ACK of what is acknowledged"
    case .ackBefore: "an ACK of what came before the connection"
    case .ackOld: "an ACK of long ago"
    case .echoAhead: "an ACK with an echo of what was not sent"
    default: nil
    }
  }

  /// Tells whether the segment exists in this state, and is strange there.
  func isMeant(for state: State) -> Bool {
    switch self {
    case .synAgain, .resetWithin, .resetBefore, .resetBeyond, .ackOld, .dataOld, .emptyBefore, .dataBefore,
      .dataBeyond, .finBeyond, .synAck:
      ![.closed, .listen, .synSent].contains(state)
    case .ackBefore, .ackAgain: ![.closed, .listen, .synSent, .synReceived].contains(state)
    case .synAckOfAnother, .resetOfAnother: state == .synSent
    case .echoAhead: state == .synReceived
    default: true
    }
  }

  /// Octets of data in it.
  var payload: [UInt8] {
    switch self {
    case .dataBefore, .dataBeyond, .dataOld: [0]
    default: []
    }
  }

  /// The segment for an end that is at these numbers.
  func segment(at place: Place) -> Segment {
    let (next, ack) = (place.next, place.acceptable)
    func with(
      _ flags: Flags, _ number: SequenceNumber, _ acknowledgment: SequenceNumber = SequenceNumber(0),
      _ options: [Option] = []
    ) -> Segment {
      Segment(
        flags: flags, sequence: number, acknowledgment: acknowledgment, window: 1000, options: options)
    }
    return switch self {
    case .syn: with(.syn, next)
    case .synAgain: with(.syn, place.first)
    case .synAck: with([.syn, .ack], next, ack)
    case .synAckOfAnother: with([.syn, .ack], next, ack + 1000)
    case .reset: place.isAsking ? with([.rst, .ack], next, ack) : with(.rst, next)
    case .resetWithin: with(.rst, next + 1)
    case .resetBefore: with(.rst, next + -1)
    case .resetBeyond: with(.rst, next + Self.far)
    case .resetOfAnother: with([.rst, .ack], next, ack + 1000)
    case .ackAhead: with(.ack, next, place.sent + 1000)
    case .ackAgain: with(.ack, next, place.acknowledged + -50)
    case .ackBefore: with(.ack, next, place.acknowledged + -1000)
    case .ackOld: with(.ack, next, place.acknowledged + -Self.far)
    case .emptyBefore: with(.ack, next + -1, ack)
    case .dataBefore: with(.ack, next + -1, ack)
    case .dataBeyond: with(.ack, next + Self.far, ack)
    case .dataOld: with(.ack, next, ack, [place.oldTimestamp])
    case .echoAhead: with(.ack, next, ack, [.timestamps(value: place.clock, echo: place.echo &+ 1_000_000)])
    case .finBeyond: with([.fin, .ack], next + Self.far, ack)
    case .finAlone: with(.fin, next)
    case .null: with([], next)
    case .christmas: with([.fin, .psh, .urg], next)
    }
  }

  /// Farther than any window reaches.
  static let far = 1 << 29

  /// The numbers of the end that such a segment arrives at.
  struct Place {
    /// The first number of the other end, and the next that is expected of it.
    var first: SequenceNumber
    var next: SequenceNumber
    /// The next number that this end sends, and the first that was not acknowledged.
    var sent: SequenceNumber
    var acknowledged: SequenceNumber
    /// The acknowledgment number that changes nothing, or where only one is possible, that one.
    var acceptable: SequenceNumber
    /// The other end's last timestamp, and this end's.
    var clock: UInt32
    var echo: UInt32
    /// True if this end has asked for a connection, and nothing else is known.
    var isAsking: Bool
    /// The window that this end offers, in octets.
    var window = 1

    /// A timestamp of long before the other end's last.
    var oldTimestamp: Option { .timestamps(value: clock &- 1_000_000, echo: echo) }
  }
}
