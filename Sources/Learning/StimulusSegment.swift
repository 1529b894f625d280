package import TCP

/// The segment that an input is, beside the numbers that the kernel expects next.
package struct StimulusSegment: Hashable, Sendable {
  package var flags: Flags
  /// The distance of its sequence number from the one that the kernel expects.
  package var later = 0
  /// The number of octets that it acknowledges beyond what the kernel has sent.
  package var acknowledgedMore = 0
  /// The number of octets of data.
  package var length = 0

  /// A distance that is inside of any window, and larger than all that is sent.
  fileprivate static let beyond = 1000
}

extension Stimulus {
  /// Nil for a call.
  package var segment: StimulusSegment? {
    switch self {
    case .syn: StimulusSegment(flags: .syn)
    case .synAck: StimulusSegment(flags: [.syn, .ack])
    case .ack: StimulusSegment(flags: .ack)
    case .data: StimulusSegment(flags: [.psh, .ack], length: 1)
    case .fin: StimulusSegment(flags: [.fin, .ack])
    case .reset: StimulusSegment(flags: [.rst, .ack])
    case .ackBeyond: StimulusSegment(flags: .ack, acknowledgedMore: StimulusSegment.beyond)
    case .dataOld: StimulusSegment(flags: [.psh, .ack], later: -1, length: 1)
    case .finOld: StimulusSegment(flags: [.fin, .ack], acknowledgedMore: -1)
    case .resetBeyond: StimulusSegment(flags: [.rst, .ack], later: StimulusSegment.beyond)
    case .connect, .listen, .accept, .send, .receive, .shutdown, .close: nil
    }
  }

  package var isCall: Bool { segment == nil }
}
