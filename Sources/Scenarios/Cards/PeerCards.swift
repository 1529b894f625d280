import Traces

/// Which timeout ends a connection, and what holds where a path or a cookie takes something away.
extension Declaration {
  static let userTimeout = Declaration(
    [
      Figure("window that stays 0 under TCP_USER_TIMEOUT", .programs),
      Figure("keepalive under a longer TCP_USER_TIMEOUT", .programs),
      Figure("keepalive under a shorter TCP_USER_TIMEOUT", .programs),
    ], wait: 6, isDrawn: false)

  static let cookieOptions = Declaration(
    [
      Figure("options of a SYN+ACK with a SYN cookie", .packets, settings: kept),
      Figure("options of a connection that a SYN cookie made", .operators, settings: kept + ["tcp_ecn"]),
      Figure(
        "window scale of the client after a SYN cookie", .operators,
        settings: ["tcp_timestamps", "tcp_window_scaling"]),
      Figure("MSS of the client after a SYN cookie", .operators),
      Figure("counters of a connection that a SYN cookie made", .operators),
    ],
    under: [[], [.setting("tcp_timestamps", "0")], [.setting("tcp_sack", "0")]],
    given: [
      .init("TCP_MAXSEG", "1400"), .init("tcp_syncookies", "2"), .init("tcp_rmem", "4096 131072 6291456"),
    ])
  private static let kept: [Influence] = ["tcp_timestamps", "tcp_sack", "tcp_window_scaling"]

  static let smallMTU = Declaration(
    [
      Figure("MSS option of a SYN over a device with a small MTU", .packets),
      Figure("MSS option of a SYN+ACK to a client with a small MTU", .packets),
      Figure(
        "largest segment to a client with a small MTU", .packets,
        settings: ["tcp_timestamps", "tcp_syncookies", "tcp_min_snd_mss"]),
      Figure(
        "largest segment of a client with a small MTU", .packets,
        settings: ["tcp_timestamps", "tcp_min_snd_mss"]),
      Figure(
        "largest segment once the path's MTU is known", .packets,
        settings: ["ip_no_pmtu_disc", "tcp_timestamps", "tcp_rmem", "tcp_min_snd_mss"]),
    ], isDrawn: false)
}
