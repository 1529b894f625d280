import Benches
import Documents
import TCP
import Traces

extension MatrixSegment.Kind {
  /// The figure of the answers to such segments that have no figure of their own.
  var figure: Figure {
    let states = State.answering.filter { state in
      MatrixSegment.all(in: state).contains {
        $0.kind == self && !$0.hasOldTimestamp && $0.strange(in: state) == nil
      }
    }
    return Figure(
      "answers to \(rawValue) by sequence and acknowledgment number", .packets,
      in: .underAny(states.map { .arrivesIn($0) }),
      settings: ["tcp_challenge_ack_limit", "tcp_sack", "tcp_dsack", "tcp_rfc1337"]
        + (self == .syn ? [Influence("tcp_ecn", under: .arrivesIn(.synReceived))] : []))
  }

  /// The figure of the answer to one whose timestamp is old; nil where another figure has it.
  var figureOfOldTimestamp: Figure? {
    let cell = MatrixSegment(self, at: .leftEdge, hasAck ? .current : nil, hasOldTimestamp: true)
    guard cell.strange(in: .established) == nil else { return nil }
    return Figure(
      "answer to \(rawValue) with an old timestamp", .packets,
      in: .underNone([.arrivesIn(.closed), .arrivesIn(.listen), .arrivesIn(.synSent)]),
      settings: ["tcp_timestamps", "tcp_challenge_ack_limit"]
        + (flags.contains(.rst) ? [Influence("tcp_rfc1337", under: .arrivesIn(.timeWait))] : []))
  }
}

extension MatrixSegment {
  /// The strange segment that this one is in the state; nil where it has no figure of its own.
  func strange(in state: State) -> StrangeSegment? {
    StrangeSegment.allCases.first { $0.isMeant(for: state) && $0.cell(in: state) == self }
  }

  /// The segment for an end that is at these numbers.
  func segment(at numbers: StrangeSegment.Place) -> Segment {
    let length = Segment(flags: kind.flags, sequence: numbers.next, length: kind.length).sequenceLength
    let offset =
      switch place {
      case nil, .leftEdge: 0
      case .left: -max(1, length)
      case .inside: 1
      case .rightEdge: numbers.window - 1
      case .right: StrangeSegment.far
      }
    let number =
      switch acknowledgment {
      case nil, .current: numbers.acceptable
      case .old: numbers.acknowledged + -50
      case .beyond: numbers.sent + 1000
      }
    return Segment(
      flags: kind.flags, sequence: numbers.next + offset,
      acknowledgment: kind.hasAck ? number : SequenceNumber(0), window: 1000,
      options: hasOldTimestamp ? [numbers.oldTimestamp] : [])
  }
}

extension StrangeSegment {
  /// The cell of the matrix that this segment stands in; nil for one that the matrix has not.
  fileprivate func cell(in state: State) -> MatrixSegment? {
    switch state {
    case .closed, .listen:
      switch self {
      case .syn: MatrixSegment(.syn)
      case .reset: MatrixSegment(.reset)
      case .ackAhead: MatrixSegment(.ack)
      case .finAlone: MatrixSegment(.fin)
      default: nil
      }
    case .synSent:
      switch self {
      case .syn: MatrixSegment(.syn)
      case .synAckOfAnother: MatrixSegment(.synAck, .beyond)
      case .reset: MatrixSegment(.resetAck, .current)
      case .resetOfAnother: MatrixSegment(.resetAck, .beyond)
      case .ackAhead: MatrixSegment(.ack, .beyond)
      case .finAlone: MatrixSegment(.fin)
      default: nil
      }
    default: cellWithWindow
    }
  }

  private var cellWithWindow: MatrixSegment? {
    switch self {
    case .syn: MatrixSegment(.syn, at: .leftEdge)
    case .synAck: MatrixSegment(.synAck, at: .leftEdge, .current)
    case .resetBefore: MatrixSegment(.reset, at: .left)
    case .reset: MatrixSegment(.reset, at: .leftEdge)
    case .resetWithin: MatrixSegment(.reset, at: .inside)
    case .resetBeyond: MatrixSegment(.reset, at: .right)
    case .emptyBefore: MatrixSegment(.ack, at: .left, .current)
    case .ackAgain: MatrixSegment(.ack, at: .leftEdge, .old)
    case .ackAhead: MatrixSegment(.ack, at: .leftEdge, .beyond)
    case .dataBefore: MatrixSegment(.data, at: .left, .current)
    case .dataBeyond: MatrixSegment(.data, at: .right, .current)
    case .dataOld: MatrixSegment(.data, at: .leftEdge, .current, hasOldTimestamp: true)
    case .finBeyond: MatrixSegment(.finAck, at: .right, .current)
    case .finAlone: MatrixSegment(.fin, at: .leftEdge)
    default: nil
    }
  }
}
