import Traces

/// What programs read of the kernel, by its form.
extension Declaration {
  static let programsView = Declaration(
    [
      Figure(
        "length of struct tcp_info", .programs,
        known: Known(
          "It grows: 232 bytes in Linux 5.10 and 6.1, 248 in 6.12, 280 in 6.18.", .between("6.1", "6.12"),
          .between("6.12", "6.18"))),
      Figure("sock_diag's attributes in ESTABLISHED", .programs, circumstances: [.privileges]),
      Figure("sock_diag's attributes in LISTEN", .programs, circumstances: [.privileges]),
      Figure(
        "sock_diag's attributes in TIME_WAIT", .programs, settings: ["tcp_max_tw_buckets"],
        circumstances: [.privileges]),
      Figure("columns of /proc/net/tcp", .programs),
      Figure("columns of /proc/net/tcp6", .programs),
      Figure("counters of TcpExt in /proc/net/netstat", .operators),
      Figure("counters of Tcp in /proc/net/snmp", .operators),
    ], given: [.init("TCP_CONGESTION", "cubic")])

  static let tracepoints = Declaration(
    [
      "tracepoints of events/tcp", "tracepoints of events/sock", "fields of sock:inet_sock_set_state",
      "fields of tcp:tcp_retransmit_skb", "fields of tcp:tcp_send_reset", "fields of tcp:tcp_receive_reset",
      "fields of tcp:tcp_probe",
    ].map { Figure($0, .operators) })
}
