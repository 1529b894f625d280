/// A TCP segment without its data (RFC 9293 section 3.1); the data's length is kept.
package struct Segment: Hashable, Sendable {
  package var flags: Flags
  package var sequence: SequenceNumber
  /// The acknowledgment field, whether or not the ACK flag gives it a meaning; see ``acknowledged``.
  package var acknowledgment: SequenceNumber
  /// The window field as it stands in the header, unscaled.
  package var window: UInt16
  package var options: [Option]
  /// Octets of data, 0 to 65,495.
  package var length: Int

  package init(
    flags: Flags, sequence: SequenceNumber, acknowledgment: SequenceNumber = SequenceNumber(0),
    window: UInt16 = 0, options: [Option] = [], length: Int = 0
  ) {
    self.flags = flags
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.window = window
    self.options = options
    self.length = length
  }

  /// The number that this segment acknowledges, or nil where the ACK flag is not set.
  package var acknowledged: SequenceNumber? { flags.contains(.ack) ? acknowledgment : nil }

  /// Sequence numbers that this segment takes up: its data, and one each for SYN and FIN.
  package var sequenceLength: Int {
    length + (flags.contains(.syn) ? 1 : 0) + (flags.contains(.fin) ? 1 : 0)
  }

  /// The number after this segment's last.
  package var end: SequenceNumber { sequence + sequenceLength }

  /// An ACK that carries nothing else: no data, no SYN, FIN or RST.
  package var isPureAck: Bool {
    flags.contains(.ack) && flags.isDisjoint(with: .control) && length == 0
  }
}

extension Segment: CustomStringConvertible {
  /// `FIN+ACK seq=5000 ack=7500 len=0`, as a person reads a capture.
  package var description: String {
    var text = "\(flags) seq=\(sequence)"
    if let acknowledged { text += " ack=\(acknowledged)" }
    if length > 0 { text += " len=\(length)" }
    return text
  }
}

extension Segment: Codable {
  private enum Key: String, CodingKey { case flags, seq, ack, window, options, length }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let optionBytes = try container.decode([UInt8].self, forKey: .options)
    guard let options = Option.read(optionBytes[...]) else {
      throw DecodingError.dataCorruptedError(
        forKey: .options, in: container, debugDescription: "these bytes are no TCP options")
    }
    self.init(
      flags: try container.decode(Flags.self, forKey: .flags),
      sequence: try container.decode(SequenceNumber.self, forKey: .seq),
      acknowledgment: try container.decode(SequenceNumber.self, forKey: .ack),
      window: try container.decode(UInt16.self, forKey: .window),
      options: options,
      length: try container.decode(Int.self, forKey: .length))
    guard 0...65535 ~= length else {
      throw DecodingError.dataCorruptedError(
        forKey: .length, in: container, debugDescription: "\(length) is no length of a segment")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(flags, forKey: .flags)
    try container.encode(sequence, forKey: .seq)
    try container.encode(acknowledgment, forKey: .ack)
    try container.encode(window, forKey: .window)
    try container.encode(options.flatMap(\.bytes), forKey: .options)
    try container.encode(length, forKey: .length)
  }
}
