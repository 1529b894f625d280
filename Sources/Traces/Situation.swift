package import TCP

/// The state of a socket, and the contents of its queues, when a program does something with it.
package enum Situation: String, CaseIterable, Sendable {
  case unconnected
  case bound
  case listening = "LISTEN"
  case waited = "LISTEN with a connection"
  case synSent = "SYN_SENT"
  /// Of two ends that connect to each other: what a listener has in this state, no program sees.
  case synReceived = "SYN_RECV"
  case refused
  case established = "ESTABLISHED"
  case unread = "ESTABLISHED with data"
  case full = "ESTABLISHED with a full send buffer"
  case finWait1 = "FIN_WAIT_1"
  case finWait2 = "FIN_WAIT_2"
  case closing = "CLOSING"
  case timeWait = "TIME_WAIT"
  case closeWait = "CLOSE_WAIT"
  case unreadCloseWait = "CLOSE_WAIT with data"
  case lastAck = "LAST_ACK"
  case ended = "closed by both ends"
  case reset
  case unreadReset = "reset with data"

  /// The state of a socket that is in it.
  package var state: State {
    switch self {
    case .unconnected, .bound, .refused, .ended, .reset, .unreadReset: .closed
    case .listening, .waited: .listen
    case .synSent: .synSent
    case .synReceived: .synReceived
    case .established, .unread, .full: .established
    case .finWait1: .finWait1
    case .finWait2: .finWait2
    case .closing: .closing
    case .timeWait: .timeWait
    case .closeWait, .unreadCloseWait: .closeWait
    case .lastAck: .lastAck
    }
  }

  /// True if segments must be held back for it, or more than one socket takes part in a race.
  package var needsWire: Bool {
    switch self {
    case .synSent, .synReceived, .finWait1, .closing, .lastAck: true
    default: false
    }
  }
}

extension Condition {
  /// The situation of the socket that a program does something with.
  package static func socket(_ situation: Situation) -> Condition { Condition("socket", situation.rawValue) }
}

extension [Condition] {
  /// The situation that the conditions name, or nil.
  package var situation: Situation? {
    first { $0.name == "socket" }.flatMap { Situation(rawValue: $0.value) }
  }
}

extension Condition {
  /// The call that a thread waits in while another does something to its socket.
  package static func waiting(_ call: String) -> Condition { Condition("waiting call", call) }

  /// The ICMP error that arrives.
  package static func icmp(_ error: ICMP) -> Condition { Condition("ICMP", error.rawValue) }

  /// The first of two sockets that want one port: what has become of it, and the options that it has.
  package static func first(_ situation: Situation) -> Condition {
    Condition("first socket", situation.rawValue)
  }
  package static func firstHas(_ options: PortOptions) -> Condition { Condition("it has", options.rawValue) }
  package enum PortOptions: String, CaseIterable, Sendable {
    case none = "no option"
    case address = "SO_REUSEADDR"
    case port = "SO_REUSEPORT"
    case both = "both options"
  }

  /// The address that the first of two listeners has.
  package static func listens(_ place: ListeningPlace) -> Condition {
    Condition("first listens at", place.rawValue)
  }
  package enum ListeningPlace: String, CaseIterable, Sendable {
    case ipv4 = "127.0.0.1"
    case otherIPv4 = "127.0.0.2"
    case anyIPv4 = "0.0.0.0"
    case ipv6 = "::1"
    case anyIPv6 = "::"
    case onlyIPv6 = ":: with IPV6_V6ONLY"
    case mapped = "::ffff:127.0.0.1"
    case anyMapped = "::ffff:0.0.0.0"
  }
}
