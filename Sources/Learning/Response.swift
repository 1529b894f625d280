package import TCP

/// An output: the end of a call, and the segments that the kernel sent.
package struct Response: Hashable, Codable, Sendable {
  /// Nil for an input that is no call, or that was not made.
  package var call: Result?
  package var segments: [Answer]

  package init(call: Result? = nil, segments: [Answer] = []) {
    self.call = call
    self.segments = segments
  }

  /// The end of a call.
  package enum Result: Hashable, Sendable {
    /// It succeeded.
    case done
    /// It gave octets.
    case octets
    /// It gave none: the end of the stream.
    case end
    /// It failed with this errno, by name.
    case failed(String)
  }

  /// A segment with its numbers beside those that the peer expected.
  package struct Answer: Hashable, Codable, Sendable {
    /// SYN, FIN, RST and ACK.
    package var flags: Flags
    package var hasData: Bool
    package var sequence: Place
    /// Nil for a segment that acknowledges nothing.
    package var acknowledgment: Place?

    package init(flags: Flags, hasData: Bool, sequence: Place, acknowledgment: Place?) {
      self.flags = flags
      self.hasData = hasData
      self.sequence = sequence
      self.acknowledgment = acknowledgment
    }

    private enum CodingKeys: String, CodingKey {
      case flags
      case hasData = "data"
      case sequence = "seq"
      case acknowledgment = "ack"
    }
  }

  /// The place of a number.
  package enum Place: String, Codable, Sendable {
    /// A sequence number that is expected; an acknowledgment of nothing new.
    case next
    /// Less than that.
    case old
    /// More than that: an acknowledgment of something new.
    case new
    /// Zero.
    case zero
    /// The first of a connection.
    case first
  }
}

extension Response.Result: Codable {
  package init(from decoder: any Decoder) throws {
    self = Self(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Response.Result: CustomStringConvertible {
  /// `ok`, `data`, `end of stream`, or the name of an errno.
  package var description: String {
    switch self {
    case .done: "ok"
    case .octets: "data"
    case .end: "end of stream"
    case .failed(let name): name
    }
  }

  init(_ description: String) {
    self = [Self.done, .octets, .end].first { $0.description == description } ?? .failed(description)
  }
}

extension Response.Answer: CustomStringConvertible {
  /// `ACK seq=next ack=new`, `data ACK seq=next ack=next`.
  package var description: String {
    let name = hasData ? "data \(flags)" : "\(flags)"
    return "\(name) seq=\(sequence.rawValue)" + (acknowledgment.map { " ack=\($0.rawValue)" } ?? "")
  }

  /// `ACK`, `data`: the segment without its numbers.
  package var name: String { hasData ? (flags == .ack ? "data" : "data \(flags)") : "\(flags)" }
}

extension Response: CustomStringConvertible {
  /// `EAGAIN`, `ok, FIN+ACK seq=next ack=next`, `-` for nothing.
  package var description: String { text { $0.description } }

  /// The same without the numbers of segments.
  package var summary: String { text { $0.name } }

  private func text(_ word: (Answer) -> String) -> String {
    let parts = (call.map { [$0.description] } ?? []) + segments.map(word)
    return parts.isEmpty ? "-" : parts.joined(separator: ", ")
  }
}
