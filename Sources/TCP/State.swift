/// A state of a TCP connection (RFC 9293 section 3.3.2).
///
/// The raw value is the one spelling that tcpprobe writes; ``init(name:)`` reads the others.
package enum State: String, Codable, CaseIterable, Sendable {
  case closed = "CLOSED"
  case listen = "LISTEN"
  case synSent = "SYN_SENT"
  case synReceived = "SYN_RECV"
  case established = "ESTABLISHED"
  case finWait1 = "FIN_WAIT_1"
  case finWait2 = "FIN_WAIT_2"
  case closeWait = "CLOSE_WAIT"
  case closing = "CLOSING"
  case lastAck = "LAST_ACK"
  case timeWait = "TIME_WAIT"

  /// The state that the kernel writes as this number (`enum` in `include/net/tcp_states.h`).
  ///
  /// `TCP_NEW_SYN_RECV` (12), the request minisocket of a passive open, is SYN_RECV here: the RFC knows one state.
  /// `TCP_BOUND_INACTIVE` (13) is a closed socket that has a port.
  package init?(linux number: UInt8) {
    switch number {
    case 1: self = .established
    case 2: self = .synSent
    case 3, 12: self = .synReceived
    case 4: self = .finWait1
    case 5: self = .finWait2
    case 6: self = .timeWait
    case 7, 13: self = .closed
    case 8: self = .closeWait
    case 9: self = .lastAck
    case 10: self = .listen
    case 11: self = .closing
    default: return nil
    }
  }

  /// The state of this name in any usual spelling: `FIN-WAIT-1` (RFC 9293, ss), `FIN_WAIT1` (Linux),
  /// `TCP_FIN_WAIT1` (tracepoints), `SYN-RCVD`, `SYN_RECEIVED`, `CLOSE`. Case does not matter.
  package init?(name: some StringProtocol) {
    var folded = name.uppercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    if folded.hasPrefix("TCP") { folded.removeFirst(3) }
    switch folded {
    case "CLOSED", "CLOSE": self = .closed
    case "LISTEN", "LISTENING": self = .listen
    case "SYNSENT": self = .synSent
    case "SYNRECV", "SYNRCVD", "SYNRECEIVED", "NEWSYNRECV": self = .synReceived
    case "ESTABLISHED", "ESTAB": self = .established
    case "FINWAIT1": self = .finWait1
    case "FINWAIT2": self = .finWait2
    case "CLOSEWAIT": self = .closeWait
    case "CLOSING": self = .closing
    case "LASTACK": self = .lastAck
    case "TIMEWAIT": self = .timeWait
    default: return nil
    }
  }
}

extension State: Comparable {
  /// By name: for lists that are to be the same each time.
  package static func < (first: State, second: State) -> Bool { first.rawValue < second.rawValue }
}
