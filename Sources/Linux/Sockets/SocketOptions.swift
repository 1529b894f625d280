internal import CLinux
import Glibc

/// Every option that the program uses, by its kind of value.

extension Socket.Option<Bool> {
  /// A port whose connections are all in TIME_WAIT may be bound. `SO_REUSEADDR`.
  package static var reuseAddress: Self { Self(.socket, SO_REUSEADDR) }
  /// Several sockets may have one endpoint, if all say so. `SO_REUSEPORT`.
  package static var reusePort: Self { Self(.socket, SO_REUSEPORT) }
  /// A silent connection is probed. `SO_KEEPALIVE`.
  package static var keepAlive: Self { Self(.socket, SO_KEEPALIVE) }
  /// Small segments do not wait for an ACK: Nagle's algorithm is off. `TCP_NODELAY`.
  package static var noDelay: Self { Self(.tcp, TCP_NODELAY) }
  /// Segments that are not full are held back. `TCP_CORK`.
  package static var cork: Self { Self(.tcp, TCP_CORK) }
  /// ACKs are not delayed, until the kernel thinks otherwise. `TCP_QUICKACK`.
  package static var quickAck: Self { Self(.tcp, CLINUX_TCP_QUICKACK) }
  /// connect() waits for data to go with the SYN. `TCP_FASTOPEN_CONNECT`.
  package static var fastOpenConnect: Self { Self(.tcp, CLINUX_TCP_FASTOPEN_CONNECT) }
  /// The timeouts of a connection with little in flight do not grow at first. `TCP_THIN_LINEAR_TIMEOUTS`.
  package static var thinLinearTimeouts: Self { Self(.tcp, CLINUX_TCP_THIN_LINEAR_TIMEOUTS) }
  /// A listener keeps the SYN of each connection. `TCP_SAVE_SYN`.
  package static var saveSyn: Self { Self(.tcp, CLINUX_TCP_SAVE_SYN) }
  /// recvmsg() tells how much is left to read. `TCP_INQ`.
  package static var tellsRest: Self { Self(.tcp, CLINUX_TCP_INQ) }
  /// The urgent octet stays in the stream. `SO_OOBINLINE`.
  package static var urgentInline: Self { Self(.socket, SO_OOBINLINE) }
  /// An IPv6 socket takes no IPv4. `IPV6_V6ONLY`.
  package static var v6Only: Self { Self(.ipv6, IPV6_V6ONLY) }
  /// Reports ICMP errors at once. `IP_RECVERR`.
  package static var receiveErrors: Self { Self(.ipv4, CLINUX_IP_RECVERR) }
  /// The same of ICMPv6. `IPV6_RECVERR`.
  package static var receiveErrorsV6: Self { Self(.ipv6, CLINUX_IPV6_RECVERR) }
  /// bind() to port 0 leaves the port to connect(). `IP_BIND_ADDRESS_NO_PORT`.
  package static var bindAddressNoPort: Self { Self(.ipv4, CLINUX_IP_BIND_ADDRESS_NO_PORT) }
}

extension Socket.Option<Int> {
  /// Octets; the kernel doubles what is set. `SO_RCVBUF`.
  package static var receiveBuffer: Self { Self(.socket, SO_RCVBUF) }
  /// Octets; the kernel doubles what is set. `SO_SNDBUF`.
  package static var sendBuffer: Self { Self(.socket, SO_SNDBUF) }
  /// Seconds of silence before the first keepalive probe, 1 to 32,767. `TCP_KEEPIDLE`.
  package static var keepIdle: Self { Self(.tcp, TCP_KEEPIDLE) }
  /// Seconds between keepalive probes, 1 to 32,767. `TCP_KEEPINTVL`.
  package static var keepInterval: Self { Self(.tcp, TCP_KEEPINTVL) }
  /// Keepalive probes without answer before the connection is given up, 1 to 127. `TCP_KEEPCNT`.
  package static var keepCount: Self { Self(.tcp, TCP_KEEPCNT) }
  /// Milliseconds that data may stay unacknowledged; 0 leaves it to the retries. `TCP_USER_TIMEOUT`.
  package static var userTimeout: Self { Self(.tcp, CLINUX_TCP_USER_TIMEOUT) }
  /// The largest segment, 88 to 32,767 octets; it goes into the SYN. `TCP_MAXSEG`.
  package static var maximumSegment: Self { Self(.tcp, TCP_MAXSEG) }
  /// The number of retransmissions of a SYN, 1 to 127. `TCP_SYNCNT`.
  package static var synRetries: Self { Self(.tcp, CLINUX_TCP_SYNCNT) }
  /// Seconds that an orphan stays in FIN_WAIT_2; 0 is tcp_fin_timeout's, less does away with the state. `TCP_LINGER2`.
  package static var finTimeout: Self { Self(.tcp, CLINUX_TCP_LINGER2) }
  /// Seconds that a listener waits for data before it accepts; 0 is off. `TCP_DEFER_ACCEPT`.
  package static var deferAccept: Self { Self(.tcp, CLINUX_TCP_DEFER_ACCEPT) }
  /// The largest window that is offered, in octets; 0 is no limit. `TCP_WINDOW_CLAMP`.
  package static var windowClamp: Self { Self(.tcp, CLINUX_TCP_WINDOW_CLAMP) }
  /// The number of unsent octets below which a socket is writable. `TCP_NOTSENT_LOWAT`.
  package static var unsentLimit: Self { Self(.tcp, CLINUX_TCP_NOTSENT_LOWAT) }
  /// Octets a second that the socket sends at most. `SO_MAX_PACING_RATE`.
  package static var pacingRate: Self { Self(.socket, CLINUX_SO_MAX_PACING_RATE) }
  /// The number of octets from which on a socket is readable. `SO_RCVLOWAT`.
  package static var receiveThreshold: Self { Self(.socket, SO_RCVLOWAT) }
  /// The offset of the next MSG_PEEK, which each moves on; -1 is off. `SO_PEEK_OFF`.
  package static var peekOffset: Self { Self(.socket, CLINUX_SO_PEEK_OFF) }
  /// Fast Open on a listener: how many requests may wait that the third ACK has not confirmed. `TCP_FASTOPEN`.
  package static var fastOpen: Self { Self(.tcp, CLINUX_TCP_FASTOPEN) }
  /// Ports that the kernel chooses from for this socket: the first, and the last times 65,536. `IP_LOCAL_PORT_RANGE`.
  package static var localPortRange: Self { Self(.ipv4, CLINUX_IP_LOCAL_PORT_RANGE) }
}

extension Socket.Option<String> {
  /// The congestion control's name, `cubic` or `reno`. `TCP_CONGESTION`.
  package static var congestion: Self { Self(.tcp, CLINUX_TCP_CONGESTION) }
}

extension Socket.Option<Linger> {
  /// The treatment of unsent data by close(). `SO_LINGER`.
  package static var linger: Self { Self(.socket, SO_LINGER) }
}

/// The treatment by close() of data that the other end does not have yet.
package enum Linger: Hashable, Sendable, SocketOptionValue {
  /// The kernel sends it, and close() returns at once.
  case off
  /// close() waits so long (a non-blocking socket does not); 0 resets the connection at once.
  case seconds(Int)

  package var octets: [UInt8] {
    switch self {
    case .off: CInt(0).octets + CInt(0).octets
    case .seconds(let seconds): CInt(1).octets + CInt(clamping: seconds).octets
    }
  }

  package init?(octets: [UInt8]) {
    guard let on = CInt(octets: octets), let seconds = CInt(octets: octets.dropFirst(4)) else { return nil }
    self = on == 0 ? .off : .seconds(Int(seconds))
  }
}
