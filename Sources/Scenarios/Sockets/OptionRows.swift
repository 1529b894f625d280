import Linux
import TCP
import Traces

/// An option in the table of all that bear on TCP.
struct OptionRow {
  /// The name in the kernel's headers; both names where IPv6 has another one.
  var name: String
  private var ipv4: NumberedOption?
  private var ipv6: NumberedOption
  var settings: [Influence] = []
  var circumstances: Set<Circumstance> = []
  /// True if its values are microseconds.
  var isTime = false
  /// The sysctl of the machine, of which twice the value is the largest.
  var limit: String?

  /// Nil where the family has no such option.
  func option(of family: Family) -> NumberedOption? { family == .ipv4 ? ipv4 : ipv6 }

  var figure: Figure {
    Figure(name, .programs, settings: settings, circumstances: circumstances)
  }

  private static func tcp(
    _ name: String, _ number: CInt, _ settings: [Influence] = [], _ circumstances: Set<Circumstance> = [],
    isTime: Bool = false
  ) -> OptionRow {
    let option = NumberedOption(.tcp, number)
    return OptionRow(
      name: name, ipv4: option, ipv6: option, settings: settings, circumstances: circumstances, isTime: isTime
    )
  }

  private static func socket(
    _ name: String, _ number: CInt, _ settings: [Influence] = [], _ circumstances: Set<Circumstance> = [],
    limit: String? = nil
  ) -> OptionRow {
    let option = NumberedOption(.socket, number)
    return OptionRow(
      name: name, ipv4: option, ipv6: option, settings: settings, circumstances: circumstances, limit: limit)
  }

  private static func ip(
    _ name: String, _ ipv4: CInt, _ ipv6: CInt, _ settings: [Influence] = [],
    _ circumstances: Set<Circumstance> = []
  ) -> OptionRow {
    OptionRow(
      name: name, ipv4: NumberedOption(.ipv4, ipv4), ipv6: NumberedOption(.ipv6, ipv6), settings: settings,
      circumstances: circumstances)
  }

  /// An option of IPv4, which a socket of IPv6 has as well.
  private static func ipv4(_ name: String, _ number: CInt) -> OptionRow {
    let option = NumberedOption(.ipv4, number)
    return OptionRow(name: name, ipv4: option, ipv6: option)
  }

  private static func ipv6(_ name: String, _ number: CInt, _ settings: [Influence] = []) -> OptionRow {
    OptionRow(name: name, ipv4: nil, ipv6: NumberedOption(.ipv6, number), settings: settings)
  }

  /// In the order of their numbers. What would take a connection out of the kernel's hands (TCP_REPAIR), or changes more
  /// than the socket (TCP_TX_DELAY), is left out.
  static let all: [OptionRow] = [
    .tcp("TCP_NODELAY", 1),
    // The MTU is that of the bench, and with it the size of a segment and what is derived from it.
    .tcp("TCP_MAXSEG", 2, ["tcp_timestamps", "tcp_mtu_probing", "tcp_rmem"], [.bench]),
    .tcp("TCP_CORK", 3),
    .tcp("TCP_KEEPIDLE", 4, ["tcp_keepalive_time"]),
    .tcp("TCP_KEEPINTVL", 5, ["tcp_keepalive_intvl"]),
    .tcp("TCP_KEEPCNT", 6, ["tcp_keepalive_probes"]),
    .tcp("TCP_SYNCNT", 7, ["tcp_syn_retries"]),
    .tcp("TCP_LINGER2", 8, ["tcp_fin_timeout"]),
    .tcp("TCP_DEFER_ACCEPT", 9, ["tcp_rto_max_ms"]),
    .tcp(
      "TCP_WINDOW_CLAMP", 10, ["tcp_rmem", "tcp_window_scaling", "tcp_app_win", "tcp_timestamps"], [.bench]),
    .tcp("TCP_QUICKACK", 12),
    .tcp("TCP_THIN_LINEAR_TIMEOUTS", 16),
    .tcp("TCP_THIN_DUPACK", 17),
    .tcp("TCP_USER_TIMEOUT", 18),
    .tcp("TCP_FASTOPEN", 23, ["tcp_fastopen", "somaxconn"]),
    .tcp("TCP_NOTSENT_LOWAT", 25),
    .tcp("TCP_SAVE_SYN", 27),
    .tcp("TCP_FASTOPEN_CONNECT", 30, ["tcp_fastopen"]),
    .tcp("TCP_FASTOPEN_NO_COOKIE", 34),
    .tcp("TCP_INQ", 36),
    .tcp("TCP_IS_MPTCP", 43),
    .tcp("TCP_RTO_MAX_MS", 44, ["tcp_rto_max_ms"]),
    .tcp("TCP_RTO_MIN_US", 45, ["tcp_rto_min_us"], isTime: true),
    .tcp("TCP_DELACK_MAX_US", 46, isTime: true),
    .socket("SO_REUSEADDR", 2),
    .socket("SO_DONTROUTE", 5),
    .socket(
      "SO_SNDBUF", 7, ["tcp_wmem", "wmem_max", "tcp_congestion_control", "tcp_reordering"], [.bench],
      limit: "wmem_max"),
    .socket("SO_RCVBUF", 8, ["tcp_rmem", "rmem_max"], limit: "rmem_max"),
    .socket("SO_KEEPALIVE", 9),
    .socket("SO_OOBINLINE", 10),
    .socket("SO_PRIORITY", 12, [], [.privileges]),
    .socket("SO_REUSEPORT", 15),
    .socket("SO_RCVLOWAT", 18, ["tcp_rmem"]),
    .socket("SO_SNDLOWAT", 19),
    .socket("SO_MARK", 36, [], [.privileges]),
    .socket("SO_PEEK_OFF", 42),
    .socket("SO_ZEROCOPY", 60),
    .socket("SO_BUF_LOCK", 72),
    .socket("SO_TXREHASH", 74, ["txrehash"]),
    .ip("IP_TOS or IPV6_TCLASS", 1, 67),
    .ip("IP_TTL or IPV6_UNICAST_HOPS", 2, 16, ["ip_default_ttl"]),
    .ip("IP_MTU_DISCOVER or IPV6_MTU_DISCOVER", 10, 23, ["ip_no_pmtu_disc"]),
    .ip("IP_RECVERR or IPV6_RECVERR", 11, 25),
    .ip("IP_MTU or IPV6_MTU", 14, 24, [], [.bench]),
    .ip("IP_FREEBIND or IPV6_FREEBIND", 15, 78),
    .ip("IP_TRANSPARENT or IPV6_TRANSPARENT", 19, 75, [], [.privileges]),
    .ip("IP_MINTTL or IPV6_MINHOPCOUNT", 21, 73),
    .ipv4("IP_BIND_ADDRESS_NO_PORT", 24),
    .ipv4("IP_LOCAL_PORT_RANGE", 51),
    .ipv6("IPV6_V6ONLY", 26, ["ipv6.bindv6only"]),
    .ipv6("IPV6_DONTFRAG", 62),
    .ipv6("IPV6_AUTOFLOWLABEL", 70, ["auto_flowlabels"]),
  ]
}
