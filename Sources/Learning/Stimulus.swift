/// The end of a connection whose machine is learned.
package enum Side: String, Codable, CaseIterable, Sendable {
  case client, server
}

/// An input: a call of the program, or a segment of the peer. The raw value is its one spelling.
///
/// A segment has the numbers that the kernel expects next, by what it sent last, unless its name says something else.
package enum Stimulus: String, Codable, CaseIterable, Sendable {
  case connect = "connect()"
  case listen = "listen()"
  case accept = "accept()"
  case send = "send()"
  case receive = "recv()"
  case shutdown = "shutdown(WR)"
  case close = "close()"
  case syn = "SYN"
  case synAck = "SYN+ACK"
  case ack = "ACK"
  case data = "data"
  case fin = "FIN+ACK"
  case reset = "RST+ACK"
  case ackBeyond = "ACK beyond"
  case dataOld = "data old"
  case finOld = "FIN+ACK old"
  case resetBeyond = "RST+ACK beyond"

  /// The meaning of a segment whose numbers are not those that are expected next; nil for all others.
  package var note: String? {
    switch self {
    case .ackBeyond: "acknowledges 1,000 octets more than were sent"
    case .dataOld: "one octet before the one that is expected"
    case .finOld: "acknowledges all but the last octet that was sent"
    case .resetBeyond: "1,000 octets behind the expected number, inside the window"
    default: nil
    }
  }
}

extension Side {
  /// The inputs in the order in which machines have them.
  package var alphabet: [Stimulus] {
    switch self {
    case .client:
      [
        .connect, .send, .receive, .shutdown, .close, .syn, .synAck, .ack, .data, .fin, .reset, .ackBeyond,
        .dataOld, .finOld, .resetBeyond,
      ]
    case .server:
      [
        .listen, .accept, .send, .receive, .shutdown, .close, .syn, .ack, .data, .fin, .reset, .ackBeyond,
        .dataOld, .finOld, .resetBeyond,
      ]
    }
  }
}
