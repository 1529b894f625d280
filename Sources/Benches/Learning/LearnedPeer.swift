import Learning
import TCP

/// The other end of a connection whose machine is learned: it forges segments, and reads those of the kernel.
///
/// It has no state of its own but the numbers that the kernel told last, so that what is learned is the kernel's. As the
/// peer of a server it opens no other connection after it has reset one: any number of them could wait for accept().
struct LearnedPeer {
  /// The kernel's.
  let side: Side
  let kernel: Endpoint
  let own: Endpoint
  /// The sequence number that the kernel expects, as its last ACK said.
  private var next: SequenceNumber
  /// The sequence number that the kernel uses next.
  private var expected: SequenceNumber
  /// The first number of the kernel's last SYN.
  private var first: SequenceNumber?

  /// The progress of the connection that this end opens.
  private var opening = Opening.none

  private enum Opening {
    /// There is none; its SYN was answered; its handshake is done; this end has reset it.
    case none, answered, done, over
  }

  init(of side: Side, kernel: Endpoint, own: Endpoint) {
    self.side = side
    self.kernel = kernel
    self.own = own
    next = SequenceNumber(0x2000_0000)
    expected = SequenceNumber(0x6000_0000)
  }

  /// The octets of a segment; nil for a call, and for one that this end does not send now.
  mutating func bytes(of stimulus: Stimulus) -> [UInt8]? {
    if stimulus == .syn, opening == .over { return nil }
    willSend(stimulus)
    return octets(of: stimulus)
  }

  private mutating func willSend(_ stimulus: Stimulus) {
    switch stimulus {
    case .ack, .data, .fin:
      if opening == .answered { opening = .done }
    case .reset:
      opening = opening == .done ? .over : opening == .answered ? .none : opening
    default: break
    }
  }

  private func octets(of stimulus: Stimulus) -> [UInt8]? {
    guard let sent = stimulus.segment else { return nil }
    let segment = Segment(
      flags: sent.flags, sequence: next + sent.later,
      acknowledgment: sent.flags.contains(.ack) ? expected + sent.acknowledgedMore : SequenceNumber(0),
      window: .max)
    return Packet(
      source: own, destination: kernel, segment: segment,
      payload: [UInt8](repeating: 0, count: sent.length)
    ).bytes
  }

  /// True if the kernel has sent its SYN again, which only a timer makes it do: an ACK of what was not sent sets it to two
  /// ticks.
  private(set) var sawTimer = false

  /// The segment beside what is expected, which it may change; nil for one of another connection, and for what a timer
  /// sent.
  mutating func answer(_ packet: Packet) -> Response.Answer? {
    guard packet.source == kernel, packet.destination == own else { return nil }
    let segment = packet.segment
    if segment.flags.contains(.syn), segment.sequence == first, segment.acknowledged ?? next == next {
      sawTimer = true
      return nil
    }
    let flags = segment.flags.intersection([.syn, .fin, .rst, .ack])
    let answer = Response.Answer(
      flags: flags, hasData: segment.length > 0, sequence: place(of: segment),
      acknowledgment: segment.acknowledged.map { Self.place($0, beside: next) })
    note(segment)
    return answer
  }

  private func place(of segment: Segment) -> Response.Place {
    if segment.flags.contains(.syn) { return segment.sequence == first ? .old : .first }
    if segment.flags.contains(.rst), segment.sequence.rawValue == 0 { return .zero }
    return Self.place(segment.sequence, beside: expected)
  }

  private static func place(_ number: SequenceNumber, beside next: SequenceNumber) -> Response.Place {
    number == next ? .next : number < next ? .old : .new
  }

  private mutating func note(_ segment: Segment) {
    // A reset answers a segment: its numbers are no place in a connection.
    if segment.flags.contains(.rst) { return }
    if side == .server, segment.flags.isSuperset(of: [.syn, .ack]) { opening = .answered }
    if segment.flags.contains(.syn), segment.sequence != first {
      first = segment.sequence
      expected = segment.end
    } else if expected < segment.end {
      expected = segment.end
    }
    if let acknowledged = segment.acknowledged { next = acknowledged }
  }
}
