/// Names that mean things of one kind, so that one can stand for another.
enum ExchangeGroups {
  private static let states = [
    "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT",
    "LAST_ACK", "LISTEN", "CLOSING", "NEW_SYN_RECV",
  ]

  private static let groups: [[String]] = [
    states.map { "TCP_" + $0 },
    states.map { "TCPF_" + $0 },
    ["Open", "Disorder", "CWR", "Recovery", "Loss"].map { "TCP_CA_" + $0 },
    ["RETRANS", "DACK", "PROBE0", "LOSS_PROBE", "REO_TIMEOUT"].map { "ICSK_TIME_" + $0 },
    ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"].map { "TCPHDR_" + $0 },
    ["SCHED", "TIMER", "PUSHED", "PUSHED2", "NOW"].map { "ICSK_ACK_" + $0 },
    [
      "DATA", "WIN_UPDATE", "DATA_ACKED", "RETRANS_DATA_ACKED", "SYN_ACKED", "DATA_SACKED", "ECE", "SLOWPATH",
      "ORIG_SACK_ACKED", "SND_UNA_ADVANCED", "DSACKING_ACK", "SACK_RENEGING", "UPDATE_TS_RECENT",
    ].map { "FLAG_" + $0 },
    ["TCPCB_SACKED_ACKED", "TCPCB_SACKED_RETRANS", "TCPCB_LOST"],
    ["OK", "QUEUE_CWR", "DEMAND_CWR", "SEEN"].map { "TCP_ECN_" + $0 },
    ["TCP_NAGLE_OFF", "TCP_NAGLE_CORK", "TCP_NAGLE_PUSH"],
    ["RCV_SHUTDOWN", "SEND_SHUTDOWN"],
    ["SOCK_DEAD", "SOCK_DONE", "SOCK_NOSPACE", "SOCK_LINGER", "SOCK_KEEPOPEN"],
    ["EPOLLIN", "EPOLLOUT", "EPOLLRDNORM", "EPOLLWRNORM", "EPOLLHUP", "EPOLLERR", "EPOLLRDHUP", "EPOLLPRI"],
    ["POLL_IN", "POLL_OUT", "POLL_HUP", "POLL_ERR"],
    [
      "EINVAL", "EAGAIN", "EPIPE", "ECONNRESET", "ECONNREFUSED", "ECONNABORTED", "ETIMEDOUT", "ENOTCONN",
      "EISCONN", "EADDRINUSE", "EADDRNOTAVAIL", "EINPROGRESS", "EALREADY", "ENOPROTOOPT", "EPERM", "EACCES",
      "ENOENT", "ENOMEM", "ENOBUFS", "EFAULT", "EBUSY", "EOPNOTSUPP", "EAFNOSUPPORT", "EHOSTUNREACH",
      "ENETUNREACH", "EPROTO", "EEXIST", "ERANGE", "EMSGSIZE", "EDESTADDRREQ",
    ],
    ["TCP_RTO_MIN", "TCP_RTO_MAX", "TCP_DELACK_MIN", "TCP_DELACK_MAX", "TCP_TIMEOUT_INIT", "TCP_ATO_MIN"],
    ["true", "false"],
  ]

  private static let index: [String: Int] = Dictionary(
    groups.enumerated().flatMap { number, names in names.map { ($0, number) } },
    uniquingKeysWith: { first, _ in first })

  static func group(of name: String) -> [String]? { index[name].map { groups[$0] } }
}
