/// The kinds of observers of a connection.
package enum ObserverKind: String, Codable, CaseIterable, Sendable {
  /// The probe's own hands: every packet between the two hosts goes through them.
  case wire
  /// A packet socket on loopback, with the kernel's timestamps.
  case capture
  /// `sock:inet_sock_set_state`: every transition of a full socket.
  case stateTracepoint = "state tracepoint"
  /// `timer:timer_start`: which kernel timer was armed, for how long.
  case timerTracepoint = "timer tracepoint"
  /// `skb:kfree_skb` and `tcp:tcp_send_reset`: the reasons for which the kernel discards a segment and sends an RST.
  case reasonTracepoint = "reason tracepoint"
  /// Netlink's exact look-up: full sockets and minisockets.
  case sockDiag = "sock_diag"
  /// getsockopt on the descriptor.
  case tcpInfo = "TCP_INFO"
  /// /proc/net/tcp and tcp6.
  case proc = "/proc/net/tcp"

  /// True if it tells of everything that happens; false if it only tells of what it finds when it looks.
  ///
  /// What a sampled observer did not see may have happened all the same.
  package var isComplete: Bool {
    switch self {
    case .wire, .capture, .stateTracepoint, .timerTracepoint, .reasonTracepoint: true
    case .sockDiag, .tcpInfo, .proc: false
    }
  }
}

/// An observer in one run: whether it ran, and what it lost.
package struct ObserverReport: Codable, Equatable, Sendable {
  package var kind: ObserverKind
  /// The reason why it did not run, in one line; nil where it ran.
  package var reason: String?
  /// Observations that the kernel says it could not hand over.
  package var lost: Int
  /// The observer that sees the same on this bench, and is why this one is not needed; nil where it is missed.
  package var replacedBy: ObserverKind?
  /// The part of its evidence that this kernel does not have, in one line; nil where there is none.
  package var limit: String?

  package init(
    kind: ObserverKind, reason: String? = nil, lost: Int = 0, replacedBy: ObserverKind? = nil,
    limit: String? = nil
  ) {
    self.kind = kind
    self.reason = reason
    self.lost = lost
    self.replacedBy = replacedBy
    self.limit = limit
  }

  package var ran: Bool { reason == nil }
}
